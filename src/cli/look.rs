//! `traveller look`: what a technician's key is good for. It is the forced command of ssh, and does what the technician
//! asked for where that is one of a few commands that only read. It starts no other program, and what it does depends
//! on no variable that came over the line.

use std::ffi::OsString;
use std::io::IsTerminal as _;

use super::context::Context;
use super::failure::{Failure, Outcome};
use super::inspect::{self, From};
use super::look_args::{BoardArgs, InspectArgs};
use super::unit_args::{UnitArg, WhereUsedArgs};
use super::{board, show, trace, where_used};
use crate::domain::id::UnitId;
use crate::domain::text::{clipped, display_safe};
use crate::station::config::Environment;

/// The variables that count here: what sshd says, and how the terminal looks.
const COUNTING: [&str; 3] = ["SSH_ORIGINAL_COMMAND", "TERM", "NO_COLOR"];
/// Bytes of a command that is taken.
const COMMAND_BYTES_MOST: usize = 512;
/// Characters of a wrong one that are told.
const TOLD_MOST: usize = 60;
/// Units that one answer of where-used lists.
const USED_MOST: u32 = 1_000;

const ALLOWED: &str =
    "here are: inspect [QUERY], board, show UNIT, trace UNIT, where-used X, export UNIT; --json behind them";

/// The environment as far as it counts.
pub(super) struct Narrow<'e>(pub(super) &'e dyn Environment);

impl Environment for Narrow<'_> {
    fn var(&self, name: &str) -> Option<OsString> {
        COUNTING.contains(&name).then(|| self.0.var(name)).flatten()
    }
}

/// What a technician may ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Asked {
    Inspect(Vec<String>),
    Show(UnitId),
    Trace(UnitId),
    WhereUsed(String),
    Export(UnitId),
    Board,
}

pub(super) fn run(cx: &mut Context<'_>) -> Result<Outcome, Failure> {
    let said = cx.environment.var("SSH_ORIGINAL_COMMAND").unwrap_or_default();
    let said = said.to_str().ok_or_else(|| refused("what is no text"))?.to_owned();
    let (asked, json) = read(&said).ok_or_else(|| refused(&said))?;
    cx.json |= json;
    match asked {
        Asked::Inspect(query) => inspect::run(cx, &InspectArgs { query }, From::ForcedCommand),
        Asked::Show(unit) => show::run(cx, &UnitArg { unit }),
        Asked::Trace(unit) => trace::run(cx, &UnitArg { unit }),
        Asked::WhereUsed(number) => {
            let args = WhereUsedArgs { what: Some(number), supplier: None, after: None, limit: USED_MOST };
            where_used::run(cx, &args)
        }
        Asked::Board => {
            // Without a terminal it is told once.
            let once = !std::io::stdout().is_terminal();
            board::run(cx, &BoardArgs { once, ..BoardArgs::default() })
        }
        Asked::Export(unit) => {
            cx.json = true;
            show::run(cx, &UnitArg { unit })
        }
    }
}

fn refused(said: &str) -> Failure {
    let said = display_safe(&clipped(said, TOLD_MOST)).into_owned();
    Failure::wrong_use(format!("this key is not good for: {said}"), ALLOWED)
}

/// The command and whether it is to answer in JSON; none for what is not allowed. Words are parted by spaces and mean
/// themselves: there is no quoting, no variable and no option but one.
fn read(said: &str) -> Option<(Asked, bool)> {
    if said.len() > COMMAND_BYTES_MOST {
        return None;
    }
    let mut words: Vec<&str> = said.split_ascii_whitespace().collect();
    if words.first() == Some(&"traveller") {
        words.remove(0);
    }
    let json = words.contains(&"--json");
    words.retain(|word| *word != "--json");
    if words.iter().any(|word| word.starts_with('-')) {
        return None;
    }
    let unit = |word: &str| UnitId::parse(word).ok();
    let asked = match words.as_slice() {
        [] | ["inspect"] => Asked::Inspect(Vec::new()),
        ["inspect", query @ ..] => Asked::Inspect(query.iter().map(|word| (*word).to_owned()).collect()),
        ["show", number] => Asked::Show(unit(number)?),
        ["trace", number] => Asked::Trace(unit(number)?),
        ["where-used", number] => Asked::WhereUsed((*number).to_owned()),
        ["board"] => Asked::Board,
        ["export", number] => Asked::Export(unit(number)?),
        _ => return None,
    };
    Some((asked, json))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_commands_are_read_and_nothing_else() {
        let unit = || UnitId::parse("PC226-000417").unwrap();
        assert_eq!(read(""), Some((Asked::Inspect(Vec::new()), false)));
        assert_eq!(
            read("inspect 417 state:held"),
            Some((Asked::Inspect(vec!["417".into(), "state:held".into()]), false))
        );
        assert_eq!(read("traveller show PC226-000417 --json"), Some((Asked::Show(unit()), true)));
        assert_eq!(read("export PC226-000417"), Some((Asked::Export(unit()), false)));
        for wrong in [
            "sh",
            "inspect; sh",
            "show",
            "show A B",
            "show A --ledger /etc/shadow",
            "inspect --config=/tmp/x",
            "--ledger x",
            "traveller run",
            "traveller look",
            "operator enrol --badge X",
            "rebuild",
            "show -h",
            "scp -t /tmp",
            "/usr/lib/openssh/sftp-server",
            "internal-sftp",
            "traveller traveller show A",
            &format!("inspect {}", "x".repeat(600)),
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
        // A word behind `inspect` is searched for and never run.
        assert_eq!(read("inspect $(reboot)"), Some((Asked::Inspect(vec!["$(reboot)".into()]), false)));
    }
}
