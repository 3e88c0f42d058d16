//! `traveller.toml`: what a device is told once. Every key is optional; a key that is not known is an error.

use std::collections::BTreeMap;
use std::io::Read;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use serde::Deserialize;
use toml::Spanned;

use super::config::BadConfig;
use super::override_file::{self, OverrideRule};
use super::packing_file;
use super::replicate_file::{self, Replicate};
use super::scanner_file::{self, Scanner, WrittenScanner};
use super::shift_file::{self, Work, WrittenPlan, WrittenShift};
use crate::app::lang::Lang;
use crate::domain::id::{StationId, TerminalId};
use crate::domain::packing::sscc::Stem;

/// Bytes that the file may have.
const FILE_BYTES_MOST: u64 = 64 * 1_024;
/// Stations that one terminal may know.
const STATIONS_MOST: usize = 200;
/// Minutes without input after which an operator is signed off, unless the file says otherwise.
const IDLE_MINUTES: u32 = 15;
/// The longest that may be chosen: a shift.
const IDLE_MINUTES_MOST: u32 = 12 * 60;

/// What the file says, with defaults where it is silent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigFile {
    /// The ledger.
    pub ledger: Option<PathBuf>,
    /// The directory of route files.
    pub routes: Option<PathBuf>,
    /// The file that keeps the ledger's head outside of it.
    pub head_file: Option<PathBuf>,
    /// The terminal.
    pub terminal: Option<TerminalId>,
    /// The stations, each with its class.
    pub stations: BTreeMap<StationId, StationId>,
    /// The scanners that are read straight from the kernel.
    pub scanners: Vec<Scanner>,
    /// Whether the terminal's screen asks for the PIN at sign-on.
    pub pin_at_sign_on: bool,
    /// Minutes without input after which an operator is signed off.
    pub idle_minutes: u32,
    /// The language that the screen begins with.
    pub language: Lang,
    /// The colours of the screen.
    pub theme: Theme,
    /// Where replicas are.
    pub replicate: Replicate,
    /// What may be overridden; none: nothing.
    pub overrides: Option<OverrideRule>,
    /// What the numbers of cartons begin with that the plant makes itself.
    pub cartons: Option<Stem>,
    /// When people work, what is planned, and why a station may be down.
    pub work: Work,
}

impl Default for ConfigFile {
    fn default() -> Self {
        Self {
            ledger: None,
            routes: None,
            head_file: None,
            terminal: None,
            stations: BTreeMap::new(),
            scanners: Vec::new(),
            pin_at_sign_on: true,
            idle_minutes: IDLE_MINUTES,
            language: Lang::default(),
            theme: Theme::default(),
            replicate: Replicate::default(),
            overrides: None,
            cartons: None,
            work: Work::default(),
        }
    }
}

/// The colours of the screens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the terminal can.
    #[default]
    Auto,
    /// The sixteen colours of the console.
    Sixteen,
    /// None: words and marks alone.
    Mono,
}

/// The file as written.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Written {
    ledger: Option<PathBuf>,
    routes: Option<PathBuf>,
    head_file: Option<PathBuf>,
    time_zone: Option<Spanned<String>>,
    terminal: WrittenTerminal,
    station: BTreeMap<Spanned<String>, WrittenStation>,
    scanner: BTreeMap<Spanned<String>, WrittenScanner>,
    operators: WrittenOperators,
    screen: WrittenScreen,
    replicate: replicate_file::Written,
    r#override: Option<override_file::Written>,
    packing: packing_file::Written,
    shift: Vec<Spanned<WrittenShift>>,
    plan: Vec<Spanned<WrittenPlan>>,
    downtime: BTreeMap<Spanned<String>, Spanned<String>>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct WrittenTerminal {
    id: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenStation {
    class: Spanned<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct WrittenOperators {
    pin_at_sign_on: Option<bool>,
    idle_minutes: Option<Spanned<i64>>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct WrittenScreen {
    language: Option<Spanned<String>>,
    theme: Option<Spanned<String>>,
}

/// Reads a configuration file. Relative paths in it start from where it lies.
pub fn read(path: &Path) -> Result<ConfigFile, BadConfig> {
    let shown = path.display().to_string();
    let unreadable = |why: String| {
        BadConfig::new(
            format!("{shown} could not be read: {why}"),
            "name another file with --config FILE, or leave it out",
        )
    };
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(|e| unreadable(e.to_string()))?;
    file.take(FILE_BYTES_MOST + 1).read_to_end(&mut bytes).map_err(|e| unreadable(e.to_string()))?;
    if u64::try_from(bytes.len()).is_ok_and(|n| n > FILE_BYTES_MOST) {
        return Err(unreadable(format!("it has more than {FILE_BYTES_MOST} bytes")));
    }
    let text = String::from_utf8(bytes).map_err(|_not_utf8| unreadable("it is no UTF-8 text".to_owned()))?;
    let mut config = check(&shown, &text)?;
    let home = path.parent().unwrap_or(Path::new(""));
    for place in [&mut config.ledger, &mut config.routes, &mut config.head_file, &mut config.replicate.state]
        .into_iter()
        .flatten()
    {
        *place = home.join(&*place);
    }
    Ok(config)
}

/// Finds what is wrong with the text of a file that is called so, else what it says.
pub fn check(name: &str, text: &str) -> Result<ConfigFile, BadConfig> {
    Text { name, text }.check()
}

/// The text of a file and its name.
pub(super) struct Text<'a> {
    name: &'a str,
    text: &'a str,
}

impl Text<'_> {
    fn check(&self) -> Result<ConfigFile, BadConfig> {
        let written: Written = toml::from_str(self.text).map_err(|e| self.unread(&e))?;
        if written.station.len() > STATIONS_MOST {
            return Err(self.bad(0..0, "it lists too many stations", &format!("list at most {STATIONS_MOST}")));
        }
        let work = shift_file::Written {
            time_zone: written.time_zone,
            shift: written.shift,
            plan: written.plan,
            downtime: written.downtime,
        };
        let mut stations = BTreeMap::new();
        for (name, station) in written.station {
            let class = self.id(&station.class)?;
            stations.insert(self.id(&name)?, class);
        }
        Ok(ConfigFile {
            ledger: written.ledger,
            routes: written.routes,
            head_file: written.head_file,
            terminal: written.terminal.id.map(|id| self.id(&id)).transpose()?,
            scanners: scanner_file::check(self, written.scanner, &stations)?,
            work: shift_file::check(self, &work, &stations)?,
            stations,
            pin_at_sign_on: written.operators.pin_at_sign_on.unwrap_or(true),
            idle_minutes: written.operators.idle_minutes.map_or(Ok(IDLE_MINUTES), |n| self.minutes(&n))?,
            language: self.word(written.screen.language, &[("en", Lang::English), ("de", Lang::German)])?,
            theme: self
                .word(written.screen.theme, &[("auto", Theme::Auto), ("16", Theme::Sixteen), ("mono", Theme::Mono)])?,
            replicate: replicate_file::check(self, written.replicate)?,
            overrides: override_file::check(self, written.r#override)?,
            cartons: packing_file::check(self, written.packing)?,
        })
    }

    /// An identifier, or what one is.
    pub(super) fn id<T: FromStr<Err = crate::domain::id::BadId>>(
        &self,
        text: &Spanned<String>,
    ) -> Result<T, BadConfig> {
        text.get_ref().parse().map_err(|e: crate::domain::id::BadId| {
            self.bad(text.span(), &format!("\"{}\" is not {}", text.get_ref(), e.sort), &format!("write {}", e.rule))
        })
    }

    fn minutes(&self, minutes: &Spanned<i64>) -> Result<u32, BadConfig> {
        let fits = u32::try_from(*minutes.get_ref()).ok().filter(|n| (1..=IDLE_MINUTES_MOST).contains(n));
        fits.ok_or_else(|| {
            let what = format!("idle_minutes is {}", minutes.get_ref());
            self.bad(minutes.span(), &what, &format!("write a number from 1 to {IDLE_MINUTES_MOST}"))
        })
    }

    fn word<T: Copy + Default>(&self, text: Option<Spanned<String>>, words: &[(&str, T)]) -> Result<T, BadConfig> {
        self.word_or(text, T::default(), words)
    }

    /// One of the words, or what counts where none is written.
    pub(super) fn word_or<T: Copy>(
        &self,
        text: Option<Spanned<String>>,
        unwritten: T,
        words: &[(&str, T)],
    ) -> Result<T, BadConfig> {
        let Some(text) = text else { return Ok(unwritten) };
        words.iter().find(|(word, _)| word == text.get_ref()).map(|(_, value)| *value).ok_or_else(|| {
            let known: Vec<_> = words.iter().map(|(word, _)| format!("\"{word}\"")).collect();
            self.bad(
                text.span(),
                &format!("\"{}\" is none of its values", text.get_ref()),
                &format!("write {}", known.join(" or ")),
            )
        })
    }

    /// What the reader of TOML found, in our words where it is a key that is not known.
    fn unread(&self, error: &toml::de::Error) -> BadConfig {
        let message = error.message().replace('\n', ", ");
        let span = error.span().unwrap_or(0..0);
        let Some((key, known)) = message.strip_prefix("unknown field ").and_then(|m| m.split_once(", expected "))
        else {
            return self.bad(span, &message, "mend the line; the README has a whole file to copy from");
        };
        let instead = if ["`ledger`", "`routes`", "`head_file`", "`time_zone`"].contains(&key) {
            format!("write {key} above the first [table]")
        } else {
            format!("write {}", known.trim_start_matches("one of "))
        };
        self.bad(span, &format!("{key} is no key of this place"), &instead)
    }

    /// What is wrong at a place, and what to write instead.
    pub(super) fn bad(&self, span: Range<usize>, what: &str, instead: &str) -> BadConfig {
        let before = self.text.get(..span.start).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |l| l.chars().count()) + 1;
        BadConfig::new(format!("{}:{line}:{column}: {what}", self.name), instead)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Result<ConfigFile, BadConfig> {
        super::check("traveller.toml", text)
    }

    #[test]
    fn a_whole_file_reads() {
        let config = check(
            r#"
ledger = "/var/lib/traveller/ledger.db"
routes = "/etc/traveller/routes"
head_file = "/boot/traveller/ledger.head"
[terminal]
id = "T7"
[station.TEST-1]
class = "test"
[station."PACK.1"]
class = "packing"
[operators]
pin_at_sign_on = false
idle_minutes = 5
[screen]
language = "de"
theme = "16"
[replicate]
to = ["dir:/mnt/nas/traveller"]
state = "/var/lib/traveller/state"
"#,
        )
        .unwrap();
        let id = |text: &str| StationId::parse(text).unwrap();
        assert_eq!(
            config,
            ConfigFile {
                ledger: Some("/var/lib/traveller/ledger.db".into()),
                routes: Some("/etc/traveller/routes".into()),
                head_file: Some("/boot/traveller/ledger.head".into()),
                terminal: Some(TerminalId::parse("T7").unwrap()),
                stations: [(id("TEST-1"), id("test")), (id("PACK.1"), id("packing"))].into(),
                scanners: Vec::new(),
                pin_at_sign_on: false,
                idle_minutes: 5,
                language: Lang::German,
                theme: Theme::Sixteen,
                cartons: None,
                replicate: Replicate {
                    to: vec!["dir:/mnt/nas/traveller".to_owned()],
                    state: Some("/var/lib/traveller/state".into()),
                    ..Replicate::default()
                },
                overrides: None,
                work: Work::default(),
            }
        );
        assert_eq!(check("").unwrap(), ConfigFile::default());
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place_and_what_to_write() {
        let cases = [
            ("[terminal]\nname = 'T1'", "2:1: `name` is no key of this place", "write `id`"),
            (
                "[operators]\nidle = 5",
                "2:1: `idle` is no key of this place",
                "write `pin_at_sign_on` or `idle_minutes`",
            ),
            (
                "[terminal]\nid = 'T1'\nledger = 'x'",
                "3:1: `ledger` is no key",
                "write `ledger` above the first [table]",
            ),
            ("[terminal]\nid = 't1'", "2:6: \"t1\" is not a terminal", "write 1 to 16 of A-Z, 0-9 and -"),
            ("[station.'A B']\nclass = 'a'", "1:10: \"A B\" is not a station", "write 1 to 16 letters"),
            ("[station.A]\n", "1:1: missing field `class`", "mend the line"),
            ("[operators]\nidle_minutes = 0", "2:16: idle_minutes is 0", "write a number from 1 to 720"),
            ("[operators]\nidle_minutes = '5'", "2:16: invalid type", "mend the line"),
            ("[screen]\nlanguage = 'fr'", "2:12: \"fr\" is none of its values", "write \"en\" or \"de\""),
            ("[screen]\ntheme = 256", "2:9: invalid type", "mend the line"),
            ("ledger = ", "1:10:", "mend the line"),
        ];
        for (text, what, instead) in cases {
            let bad = check(text).unwrap_err();
            assert!(bad.what.starts_with(&format!("traveller.toml:{what}")), "{text:?}: {}", bad.what);
            assert!(bad.instead.starts_with(instead), "{text:?}: {}", bad.instead);
        }
    }

    #[test]
    fn a_file_is_read_within_limits_and_paths_start_where_it_lies() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("traveller.toml");
        std::fs::write(&file, "ledger = 'data/ledger.db'\nroutes = '/etc/routes'\n").unwrap();
        let config = read(&file).unwrap();
        assert_eq!(config.ledger, Some(home.path().join("data/ledger.db")));
        assert_eq!(config.routes, Some("/etc/routes".into()));
        std::fs::write(&file, "#".repeat(70_000)).unwrap();
        assert!(read(&file).unwrap_err().what.contains("more than 65536 bytes"));
        std::fs::write(&file, b"ledger = '\xff'").unwrap();
        assert!(read(&file).unwrap_err().what.contains("no UTF-8"));
        assert!(read(home.path()).unwrap_err().what.contains("could not be read"));
    }
}
