//! GS1-128: the bars of a logistic label (GS1 General Specifications, section 5.4). All digits, so Code Set C does.

/// Widths of three bars and three spaces, by the value of the character (ISO/IEC 15417, table 1).
const WIDTHS: [&str; 106] = [
    "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212", "221213", "221312",
    "231212", "112232", "122132", "122231", "113222", "123122", "123221", "223211", "221132", "221231", "213212",
    "223112", "312131", "311222", "321122", "321221", "312212", "322112", "322211", "212123", "212321", "232121",
    "111323", "131123", "131321", "112313", "132113", "132311", "211313", "231113", "231311", "112133", "112331",
    "132131", "113123", "113321", "133121", "313121", "211331", "231131", "213113", "213311", "213131", "311123",
    "311321", "331121", "312113", "312311", "332111", "314111", "221411", "431111", "111224", "111422", "121124",
    "121421", "141122", "141221", "112214", "112412", "122114", "122411", "142112", "142211", "241211", "221114",
    "413111", "241112", "134111", "111242", "121142", "121241", "114212", "124112", "124211", "411212", "421112",
    "421211", "212141", "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113", "411311",
    "113141", "114131", "311141", "411131", "211412", "211214", "211232",
];
/// Begins in Code Set C.
const START_C: usize = 105;
/// Says that the data is by GS1.
const FNC1: usize = 102;
/// What the check character is the remainder of.
const CHECK_MODULUS: usize = 103;
/// Ends it.
const STOP: &str = "2331112";

/// The modules of pairs of digits, the Application Identifier in front; none where the text is none.
pub(super) fn modules(digits: &str) -> Option<Vec<bool>> {
    if !digits.len().is_multiple_of(2) {
        return None;
    }
    let mut values = vec![START_C, FNC1];
    for at in (0..digits.len()).step_by(2) {
        values.push(digits.get(at..at + 2).filter(|pair| pair.bytes().all(|b| b.is_ascii_digit()))?.parse().ok()?);
    }
    // The start counts once, as the first character does.
    let weighted = values.iter().enumerate().map(|(at, value)| at.max(1) * value);
    values.push(weighted.sum::<usize>() % CHECK_MODULUS);
    let widths = values.iter().map(|value| WIDTHS.get(*value).copied().unwrap_or_default()).chain([STOP]);
    let runs = widths.flat_map(str::bytes).map(|digit| usize::from(digit & 15));
    Some(runs.zip([true, false].into_iter().cycle()).flat_map(|(n, dark)| std::iter::repeat_n(dark, n)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bars_are_those_of_code_set_c_with_fnc1_in_front() {
        let digits = "00306141411234567893";
        let ours = modules(digits).unwrap();
        let code = code128::Code128::encode(digits.as_bytes());
        let bars = code.bars().flat_map(|b| [(true, b.width), (false, b.space)]);
        let theirs: Vec<bool> = bars.flat_map(|(d, w)| std::iter::repeat_n(d, usize::from(w))).collect();
        // The same start, the same pairs behind FNC1, the same stop; the check character differs.
        assert_eq!(ours[..11], theirs[..11]);
        assert_eq!(ours[22..132], theirs[11..121]);
        assert_eq!(ours[ours.len() - 13..], theirs[theirs.len() - 13..]);
        assert_eq!(ours.len(), theirs.len() + 11);
        assert!(modules("123").is_none() && modules("12A4").is_none());
    }
}
