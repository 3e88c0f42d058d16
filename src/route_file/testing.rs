//! A small sound route for tests, and what is found when a piece of it is written differently.

use super::read::read;

/// Every key of the format.
pub(super) const EVERY_KEY: &str = include_str!("every_key.toml");

/// Every table of the format, and nothing that is not enforced yet.
pub(super) const SOUND: &str = r#"route = "pump"
revision = "A"
product = ["P-1"]
title = "Pump"
order = "none"

[identifier]
kind = "serial"
pattern = 'PU\d{6}'
start = "twice"

[part.BOARD-1]
title = "Board"
capture = "serial"
pattern = 'B\d{7}'
[part.GASKET]
capture = "lot"

[defect]
LEAK = "Leaks"

[[step]]
id = "10"
title = "Kit"
phase = "receiving"
station = "receiving"
use = { BOARD-1 = 1, GASKET = 2 }

[[step]]
id = "20"
title = "Close"
phase = "assembly"
station = "assembly"
[[step.check]]
id = "torque"
limits = "2.00 .. 2.40 N.m"
plausible = "0.5 .. 5.0"
points = ["A", "B"]
[[step.check]]
id = "visual"
kind = "confirm"

[[step]]
id = "30"
title = "Test"
phase = "test"
station = "test"
on_fail = "20"
rework_to = ["10"]
retest = { max = 1, reasons = ["reseat"] }
[[step.check]]
id = "fw"
kind = "scan"
equals = "FW-1.2"
[[step.check]]
id = "display"
kind = "choice"
pass = ["clear"]
fail = ["dim"]
[[step.check]]
id = "note"
kind = "text"
pattern = '[a-z ]+'
[step.sign_off]
role = "inspector"
meaning = "accepted"
second = true
"#;

/// The sound route with one piece of it written differently. The piece is there exactly once.
pub(super) fn with(piece: &str, instead: &str) -> String {
    assert_eq!(SOUND.matches(piece).count(), 1, "{piece}");
    SOUND.replace(piece, instead)
}

/// What is found in a text: one line each, without the file's name.
pub(super) fn found(text: &str) -> Vec<String> {
    let findings = read("r.toml", text).err().unwrap_or_default();
    findings.iter().map(|f| f.to_string().trim_start_matches("r.toml:").to_owned()).collect()
}

/// What is found when a piece of the sound route is written differently.
pub(super) fn found_with(piece: &str, instead: &str) -> Vec<String> {
    found(&with(piece, instead))
}

/// What is not enforced yet, one line each, when a piece of the sound route is written differently.
pub(super) fn not_yet_with(piece: &str, instead: &str) -> Vec<String> {
    let file = read("r.toml", &with(piece, instead)).unwrap();
    file.unenforced.iter().map(|f| f.to_string().trim_start_matches("r.toml:").to_owned()).collect()
}

/// A piece of text for each number.
pub(super) fn each(numbers: std::ops::Range<usize>, piece: impl Fn(usize) -> String) -> String {
    numbers.map(piece).collect::<Vec<_>>().concat()
}
