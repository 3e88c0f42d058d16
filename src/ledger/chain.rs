//! The chain: every event's hash covers the hash before it and the exact bytes stored.
//!
//! Anybody can check it without this program: `printf '%s\n%s' "$previous" "$body" | sha256sum`.

use std::fmt;

use sha2::{Digest, Sha256};

/// Characters of a hash in hex.
pub const HEX_CHARS: usize = 64;

/// A link of the chain: SHA-256.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash([u8; 32]);

impl Hash {
    /// What the first event of a stream follows.
    pub const ZERO: Self = Self([0; 32]);

    /// The hash of a body that follows another event.
    pub fn after(previous: Self, body: &[u8]) -> Self {
        let mut digest = Sha256::new();
        digest.update(previous.hex_bytes());
        digest.update(b"\n");
        digest.update(body);
        Self(digest.finalize().into())
    }

    /// The hash of bytes alone.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The hash as it is stored.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Takes stored bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// Takes 64 lowercase hexadecimal digits.
    pub fn parse(hex: &str) -> Option<Self> {
        let mut hash = [0; 32];
        let (pairs, rest) = hex.as_bytes().as_chunks::<2>();
        if pairs.len() != hash.len() || !rest.is_empty() {
            return None;
        }
        for (byte, &[high, low]) in hash.iter_mut().zip(pairs) {
            *byte = (value(high)? << 4) | value(low)?;
        }
        Some(Self(hash))
    }

    /// The hash in lowercase hex.
    pub fn hex(self) -> String {
        String::from_utf8_lossy(&self.hex_bytes()).into_owned()
    }

    fn hex_bytes(self) -> [u8; HEX_CHARS] {
        let mut hex = [0; HEX_CHARS];
        let (pairs, _rest) = hex.as_chunks_mut::<2>();
        for (pair, byte) in pairs.iter_mut().zip(self.0) {
            *pair = [digit(byte >> 4), digit(byte & 15)];
        }
        hex
    }
}

fn digit(n: u8) -> u8 {
    if n < 10 { b'0' + n } else { b'a' + n - 10 }
}

fn value(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.hex())
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hash({self})")
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;
    use std::process::{Command, Stdio};

    use super::*;

    fn sha256sum(input: &str) -> String {
        let mut child = Command::new("sha256sum").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let out = child.wait_with_output().unwrap();
        String::from_utf8(out.stdout).unwrap().split(' ').next().unwrap().to_owned()
    }

    #[test]
    fn the_chain_is_what_sha256sum_says() {
        let first = Hash::after(Hash::ZERO, br#"{"v":1}"#);
        assert_eq!(first.hex(), sha256sum(&format!("{}\n{}", "0".repeat(64), r#"{"v":1}"#)));
        let second = Hash::after(first, "Gerät".as_bytes());
        assert_eq!(second.hex(), sha256sum(&format!("{first}\nGerät")));
    }

    #[test]
    fn a_hash_survives_its_hex() {
        let hash = Hash::of(b"x");
        assert_eq!(Hash::parse(&hash.hex()), Some(hash));
        assert_eq!(Hash::from_bytes(hash.bytes()), Some(hash));
        for bad in [hash.hex().to_uppercase(), "0".repeat(63), "0".repeat(66), "g".repeat(64)] {
            assert_eq!(Hash::parse(&bad), None, "{bad}");
        }
    }
}
