//! Settings: from the command line, else the environment, else `traveller.toml`, else a default.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::config_file::{self, ConfigFile, Theme};
use super::override_file::OverrideRule;
use super::replicate_file::Replicate;
use super::scanner_file::Scanner;
use super::shift_file::Work;
use crate::app::lang::Lang;
use crate::domain::ambient::Place;
use crate::domain::id::{StationId, TerminalId};
use crate::domain::packing::sscc::Stem;
use crate::replicate::state::default_dir;

/// Where a device's settings are, unless another file is named: here, else for the whole device.
const CONFIG_FILES: [&str; 2] = ["traveller.toml", "/etc/traveller/traveller.toml"];
/// Where a device's ledger is, once somebody has made the directory.
const STATE_DIR: &str = "/var/lib/traveller";

/// What was asked for on the command line.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// `--ledger`.
    pub ledger: Option<PathBuf>,
    /// `--routes`.
    pub routes: Option<PathBuf>,
    /// `--terminal`.
    pub terminal: Option<TerminalId>,
    /// `--config`.
    pub config: Option<PathBuf>,
}

/// What a run of the program goes by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The configuration file; none where there is none.
    pub config: Option<PathBuf>,
    /// The ledger.
    pub ledger: PathBuf,
    /// Whether nobody named it: then its directory is made where it is missing.
    pub ledger_by_default: bool,
    /// The directory of route files.
    pub routes: PathBuf,
    /// The terminal that the ledger should be of; none: whichever it is of.
    pub terminal: Option<TerminalId>,
    /// The file that keeps the ledger's head outside of it; none: beside the ledger.
    pub head_file: Option<PathBuf>,
    /// The stations that this terminal knows, each with its class; empty: any, see [`Settings::place`].
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

/// Settings that cannot be gone by.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what}; {instead}")]
pub struct BadConfig {
    /// What is wrong, and where.
    pub what: String,
    /// What to write instead.
    pub instead: String,
}

impl BadConfig {
    pub(super) fn new(what: impl Into<String>, instead: impl Into<String>) -> Self {
        Self { what: what.into(), instead: instead.into() }
    }
}

/// The environment, as the process was given it. An empty variable counts as none.
pub trait Environment {
    /// The value of a variable.
    fn var(&self, name: &str) -> Option<OsString>;

    /// The value of a variable as a path.
    fn path(&self, name: &str) -> Option<PathBuf> {
        self.var(name).filter(|v| !v.is_empty()).map(PathBuf::from)
    }
}

/// The environment of this process.
pub struct ProcessEnvironment;

impl Environment for ProcessEnvironment {
    fn var(&self, name: &str) -> Option<OsString> {
        std::env::var_os(name)
    }
}

impl Settings {
    /// The directory of state: the one that is named, else beside the ledger itself, by whatever link that was named.
    pub fn state_dir(&self, ledger: &Path) -> PathBuf {
        let beside = || default_dir(&std::fs::canonicalize(ledger).unwrap_or_else(|_none| ledger.to_owned()));
        self.replicate.state.clone().unwrap_or_else(beside)
    }

    /// Finds and reads the configuration file, and settles what counts.
    pub fn load(asked: Asked, environment: &(impl Environment + ?Sized)) -> Result<Self, BadConfig> {
        let named = asked.config.clone().or_else(|| environment.path("TRAVELLER_CONFIG"));
        let found = || CONFIG_FILES.iter().map(PathBuf::from).find(|f| f.is_file());
        let config = named.or_else(found);
        let file = config.as_deref().map_or_else(|| Ok(ConfigFile::default()), config_file::read)?;
        Ok(Self { config, ..Self::settle(asked, environment, file)? })
    }

    /// Settles what counts: the command line, else the environment, else the file, else the default.
    fn settle(asked: Asked, environment: &(impl Environment + ?Sized), file: ConfigFile) -> Result<Self, BadConfig> {
        let terminal = match environment.var("TRAVELLER_TERMINAL").filter(|v| !v.is_empty()) {
            Some(id) if asked.terminal.is_none() => Some(terminal_of(&id)?),
            _ => None,
        };
        let ledger = asked.ledger.or_else(|| environment.path("TRAVELLER_LEDGER")).or(file.ledger);
        let routes = asked.routes.or_else(|| environment.path("TRAVELLER_ROUTES")).or(file.routes);
        Ok(Self {
            config: None,
            ledger_by_default: ledger.is_none(),
            ledger: ledger.map_or_else(|| default_ledger(environment, Path::new(STATE_DIR)), Ok)?,
            routes: routes.unwrap_or_else(|| PathBuf::from("routes")),
            terminal: asked.terminal.or(terminal).or(file.terminal),
            head_file: file.head_file,
            stations: file.stations,
            scanners: file.scanners,
            pin_at_sign_on: file.pin_at_sign_on,
            idle_minutes: file.idle_minutes,
            language: file.language,
            theme: file.theme,
            overrides: file.overrides,
            cartons: file.cartons,
            replicate: Replicate {
                state: environment.path("TRAVELLER_STATE").or(file.replicate.state),
                ..file.replicate
            },
            work: file.work,
        })
    }

    /// A station and its class. Where the configuration lists no stations, the class is the station's name in
    /// lower case, without a number at its end: `TEST-1` is of the class `test`.
    pub fn place(&self, station: &StationId) -> Result<Place, BadConfig> {
        let class = match self.stations.get(station) {
            Some(class) => class.clone(),
            None if self.stations.is_empty() => class_by_name(station),
            None => {
                let known: Vec<_> = self.stations.keys().map(StationId::as_str).collect();
                return Err(BadConfig::new(
                    format!("the configuration lists no station {station}"),
                    format!("write one of {}, or add [station.{station}] to it", known.join(", ")),
                ));
            }
        };
        Ok(Place { station: station.clone(), class })
    }

    /// The scanners that a program reads which serves these stations: their own, and those that belong to no station.
    /// One of another station is left to the program that serves it.
    pub fn scanners_of(&self, stations: &[&StationId]) -> Vec<Scanner> {
        let here = |scanner: &&Scanner| scanner.station.as_ref().is_none_or(|own| stations.contains(&own));
        self.scanners.iter().filter(here).cloned().collect()
    }
}

fn terminal_of(id: &std::ffi::OsStr) -> Result<TerminalId, BadConfig> {
    let text = id.to_string_lossy();
    TerminalId::parse(&text).map_err(|e| {
        BadConfig::new(format!("TRAVELLER_TERMINAL is {text}, which is no terminal"), format!("{e}, such as T1"))
    })
}

fn class_by_name(station: &StationId) -> StationId {
    let name = station.as_str().to_ascii_lowercase();
    let bare = name.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches(['-', '_', '.', '/']);
    StationId::parse(bare).unwrap_or_else(|_only_a_number| station.clone())
}

/// The device's directory where there is one, else the user's.
fn default_ledger(environment: &(impl Environment + ?Sized), state_dir: &Path) -> Result<PathBuf, BadConfig> {
    if state_dir.is_dir() {
        return Ok(state_dir.join("ledger.db"));
    }
    let data = environment.path("XDG_DATA_HOME").filter(|d| d.is_absolute());
    data.or_else(|| environment.path("HOME").map(|home| home.join(".local/share")))
        .map(|data| data.join("traveller/ledger.db"))
        .ok_or_else(|| {
            BadConfig::new("there is no place for the ledger: HOME is not set", "name one with --ledger PATH")
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fake(&'static [(&'static str, &'static str)]);

    impl Environment for Fake {
        fn var(&self, name: &str) -> Option<OsString> {
            self.0.iter().find(|(n, _)| *n == name).map(|(_, v)| v.into())
        }
    }

    #[test]
    fn a_flag_beats_the_environment_and_that_the_file_and_that_the_default() {
        let home = tempfile::tempdir().unwrap();
        let config = home.path().join("line.toml");
        std::fs::write(&config, "ledger = 'file.db'\nroutes = '/file/routes'\n[terminal]\nid = 'FILE'\n").unwrap();
        let flags = |on: bool| Asked {
            ledger: on.then(|| "flag.db".into()),
            routes: on.then(|| "flag-routes".into()),
            terminal: on.then(|| TerminalId::parse("FLAG").unwrap()),
            config: Some(config.clone()),
        };
        let loud = Fake(&[
            ("TRAVELLER_LEDGER", "env.db"),
            ("TRAVELLER_ROUTES", "env-routes"),
            ("TRAVELLER_TERMINAL", "ENV"),
            ("TRAVELLER_CONFIG", "/nowhere/at/all.toml"),
        ]);
        let quiet = Fake(&[("TRAVELLER_LEDGER", ""), ("TRAVELLER_TERMINAL", ""), ("HOME", "/home/x")]);
        let shown = |s: Settings| {
            let terminal = s.terminal.map_or_else(|| "-".to_owned(), |t| t.to_string());
            format!("{} {} {terminal}", s.ledger.display(), s.routes.display())
        };
        assert_eq!(shown(Settings::load(flags(true), &loud).unwrap()), "flag.db flag-routes FLAG");
        assert_eq!(shown(Settings::load(flags(false), &loud).unwrap()), "env.db env-routes ENV");
        let beside = home.path().join("file.db");
        assert_eq!(
            shown(Settings::load(flags(false), &quiet).unwrap()),
            format!("{} /file/routes FILE", beside.display())
        );
        let none = Settings::settle(Asked::default(), &quiet, ConfigFile::default()).unwrap();
        assert_eq!((none.routes, none.terminal), ("routes".into(), None));

        let missing = Settings::load(Asked::default(), &loud).unwrap_err();
        assert!(missing.what.starts_with("/nowhere/at/all.toml could not be read"), "{missing}");
        let bad = Settings::settle(Asked::default(), &Fake(&[("TRAVELLER_TERMINAL", "t 1")]), ConfigFile::default());
        assert!(bad.unwrap_err().what.contains("TRAVELLER_TERMINAL is t 1"));
    }

    #[test]
    fn the_ledger_lies_with_the_device_or_with_the_user() {
        let device = tempfile::tempdir().unwrap();
        let nowhere = device.path().join("none");
        let user = Fake(&[("HOME", "/home/x"), ("XDG_DATA_HOME", "relative")]);
        assert_eq!(default_ledger(&user, device.path()), Ok(device.path().join("ledger.db")));
        assert_eq!(default_ledger(&user, &nowhere), Ok("/home/x/.local/share/traveller/ledger.db".into()));
        let data = Fake(&[("HOME", "/home/x"), ("XDG_DATA_HOME", "/data")]);
        assert_eq!(default_ledger(&data, &nowhere), Ok("/data/traveller/ledger.db".into()));
        assert!(default_ledger(&Fake(&[]), &nowhere).is_err());
    }

    #[test]
    fn a_station_is_of_the_class_that_the_file_says_or_its_name() {
        let id = |text: &str| StationId::parse(text).unwrap();
        let free = Settings::settle(Asked::default(), &Fake(&[("HOME", "/home/x")]), ConfigFile::default()).unwrap();
        for (station, class) in [("TEST-1", "test"), ("assembly", "assembly"), ("ASM_02", "asm"), ("7", "7")] {
            assert_eq!(free.place(&id(station)).unwrap().class, id(class), "{station}");
        }
        let listed = Settings { stations: [(id("TEST-1"), id("final"))].into(), ..free };
        assert_eq!(listed.place(&id("TEST-1")).unwrap().class, id("final"));
        let unknown = listed.place(&id("TEST-2")).unwrap_err();
        assert!(unknown.instead.contains("TEST-1"), "{unknown}");
    }
}
