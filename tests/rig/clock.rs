//! The machine's own clock is wrong by decades, and is set back: the program by the clock that it has.

use super::machine::run;
use crate::faults::cell::{furnish, lines_of};
use crate::support::shell::Shell;

/// What the clock is set to, one unit after the other: right, sixty years ahead, thirty years behind, right again.
const SAID: [&str; 4] = ["202611300600.00", "208611300600.00", "199611300600.00", "202611300700.00"];

#[ignore = "runs in the rig"]
#[test]
fn a_clock_that_is_wrong_by_decades_loses_nothing_and_sends_nothing_twice() {
    let shell = Shell::new();
    run(&format!("date -s {}", SAID[0]));
    furnish(&shell);
    for (unit, said) in (1..).zip(SAID) {
        run(&format!("date -s {said}"));
        let lines = lines_of(unit);
        let told: Vec<&str> = ["OP-1001"].into_iter().chain(lines.iter().map(String::as_str)).collect();
        let answers = shell.pipe("CELL-1", &told);
        assert_eq!(answers.last().unwrap()["did"], "unit-dispatched", "at {said}: {answers:?}");
        shell.run("replicate --to nas").done();
        let again = shell.run("replicate --to nas --json").json();
        assert!(again.to_string().contains(r#""sent":0"#), "at {said}: {again}");
        let held = shell.run("verify --against nas --json").json();
        assert_eq!(
            (&held["ok"], &held["against"]["streams"][0]["missing"]),
            (&true.into(), &0.into()),
            "at {said}: {held}"
        );
    }
    // What was recorded after the clock went back says that the clock is in doubt.
    let told = shell.run("events --unit C000003 --json").done();
    assert!(told.lines().all(|event| event.contains(r#""clock":"doubt""#)), "{told}");
    let drilled = shell.run("drill --from nas --json").json();
    assert_eq!(drilled["outcome"], "ok", "{drilled}");
    let replayed = shell.run("replay --all --json").json();
    assert_eq!(replayed["same"], replayed["decisions"], "{}", replayed["different"]);
}
