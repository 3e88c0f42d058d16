//! A small sound route for tests, and what is found when a piece of it is written differently.

use super::read::read;

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

#[test]
fn explore() {
    assert_eq!(found(SOUND), Vec::<String>::new());
    let id = "id = \"20\"\n";
    for (a, b) in [
        ("title = \"Pump\"", "titel = \"Pump\""),
        ("title = \"Pump\"", "title = 3"),
        ("title = \"Pump\"", "title = \"\""),
        ("title = \"Pump\"", "title = \"a\\u001bb\""),
        ("title = \"Pump\"", "title = \"0123456789012345678901234567890123456789x\""),
        ("route = \"pump\"", "route = \"pümp\""),
        ("revision = \"A\"", ""),
        ("product = [\"P-1\"]", "product = \"P-1\""),
        ("product = [\"P-1\"]", "product = [\"P-1\", \"P-1\"]"),
        ("order = \"none\"", "order = \"require\""),
        ("order = \"none\"", "order = \"zzzzzz\""),
        ("start = \"twice\"", "order = \"none\""),
        ("start = \"twice\"", "gs1 = { gtin = \"9506000134352\" }"),
        ("start = \"twice\"", "gs1 = { gtin = \"09506000134351\" }"),
        ("start = \"twice\"", "gs1 = { gtin = \"A\" }"),
        ("kind = \"serial\"", "kind = \"serail\""),
        ("'PU\\d{6}'", "'PU(\\d{6}'"),
        ("'PU\\d{6}'", "'\\w{500}\\w{500}'"),
        ("'PU\\d{6}'", "'.*a.{200}'"),
        ("'PU\\d{6}'", "'Ü\\d{6}'"),
        ("'PU\\d{6}'", "'[A-Z0-9]{7,8}'"),
        ("'PU\\d{6}'", "'.{80}'"),
        ("'PU\\d{6}'", "'(a|b)*a(a|b){12}'"),
        ("pattern = 'B\\d{7}'", ""),
        ("capture = \"lot\"", "capture = \"lot\"\npattern = 'x'"),
        ("[part.GASKET]", "[part.\"GÄSKET\"]"),
        ("[part.GASKET]", "[part.GASKETT]"),
        ("LEAK = \"Leaks\"", "LEAK = 4\n\"a b\" = \"x\""),
        ("id = \"20\"\n", "id = \"10\"\n"),
        ("id = \"20\"\n", ""),
        ("id = \"20\"\n", "id = 20\n"),
        ("id = \"20\"\n", "id = \"20\"\nadvance = \"atuo\"\n"),
        ("phase = \"assembly\"", "phase = \"dispatch\""),
        ("phase = \"receiving\"", "phase = \"recieving\""),
        ("use = { BOARD-1 = 1, GASKET = 2 }", "use = { BOARD-1 = 0, GASKET = 2000, BORD-1 = 1e308, X = nan }"),
        ("limits = \"2.00 .. 2.40 N.m\"", "limits = 1e308"),
        ("limits = \"2.00 .. 2.40 N.m\"", "limits = nan"),
        ("limits = \"2.00 .. 2.40 N.m\"", "limits = \"2.0 .. 2.40 N.m\""),
        ("limits = \"2.00 .. 2.40 N.m\"", "limits = \"2.50 .. 2.40 N.m\""),
        ("limits = \"2.00 .. 2.40 N.m\"", "limits = \"1e308\""),
        ("limits = \"2.00 .. 2.40 N.m\"", ""),
        ("limits = \"2.00 .. 2.40 N.m\"", "kind = \"number\""),
        ("plausible = \"0.5 .. 5.0\"", "plausible = \"2.1 .. 5.0 kPa\""),
        ("plausible = \"0.5 .. 5.0\"", "plausible = \"<= 5.0\""),
        ("points = [\"A\", \"B\"]", "points = [\"A\", \"A\", 3]"),
        ("kind = \"confirm\"", "kind = \"confirm\"\nequals = \"x\"\nlimits = \">= 1\""),
        ("kind = \"confirm\"", ""),
        ("equals = \"FW-1.2\"", "equals = \"{fw}\""),
        ("equals = \"FW-1.2\"", "equals = \"PU000001\""),
        ("equals = \"FW-1.2\"", "pattern = '.*'"),
        ("equals = \"FW-1.2\"", ""),
        ("equals = \"FW-1.2\"", "equals = \"a\"\npattern = 'b'"),
        ("pass = [\"clear\"]", "pass = [\"dim\"]"),
        ("pass = [\"clear\"]", "pass = []"),
        ("id = \"visual\"", "id = \"torque\""),
        ("on_fail = \"20\"", "on_fail = \"40\""),
        ("rework_to = [\"10\"]", "rework_to = [\"10\", \"10\", \"99\"]"),
        (id, "id = \"20\"\nrework_to = [\"30\"]\n"),
        (id, "id = \"20\"\non_fail = \"30\"\n"),
        (id, "id = \"20\"\nattempts = 0\n"),
        (
            id,
            "id = \"20\"\nminutes_since = { step = \"30\" }\nsample = {one_in = 1}\nwhen = { variant = \"X\" }\nhub_lost = \"refused\"\nnests = -1\n",
        ),
        ("meaning = \"accepted\"", ""),
        ("role = \"inspector\"", "role = \"inspektor\""),
        ("second = true", "second = \"yes\""),
        ("second = true", "second = true\nsecond = false"),
        ("second = true", "second = yes"),
        ("second = true", "second ="),
        ("second = true", "second = [[[[["),
        ("[[step]]\nid = \"30\"", "[[step]\nid = \"30\""),
    ] {
        println!("--- {b}");
        for line in found_with(a, b) {
            println!("    {line}");
        }
    }
}
