//! Percent encoding of addresses (RFC 3986).

/// What a plus sign means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Plus {
    /// Itself.
    Kept,
    /// A space, as in queries.
    Space,
}

/// The text that is meant; none where it holds NUL or is no UTF-8. A percent sign without two hexadecimal digits stands
/// for itself.
pub(super) fn decode(text: &str, plus: Plus) -> Option<String> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [byte, after @ ..] = rest {
        rest = after;
        let meant = match (byte, plus) {
            (b'%', _) => match after {
                [high, low, behind @ ..] => hex(*high, *low).inspect(|_| rest = behind).unwrap_or(b'%'),
                _ => b'%',
            },
            (b'+', Plus::Space) => b' ',
            _ => *byte,
        };
        decoded.push(meant);
    }
    String::from_utf8(decoded).ok().filter(|text| !text.contains('\0'))
}

/// The byte of two hexadecimal digits.
pub(super) fn hex(high: u8, low: u8) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    Some(digit(high)? << 4 | digit(low)?)
}
