//! The ledger of a station, opened to write, with the settings that count.

use std::fs::{DirBuilder, Permissions, set_permissions};
use std::io::ErrorKind;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt as _};

use super::clock::StationClock;
use super::config::Settings;
use crate::app::port::Fault;
use crate::domain::ambient::Given;
use crate::ledger::birth::Birth;
use crate::ledger::open::{Options, open_writer};
use crate::ledger::open_error::OpenError;
use crate::ledger::writer::Writer;
use crate::replicate::run::state_failed;
use crate::replicate::state;
use crate::route_file;

/// Who may look into the directory of a user's ledger: the user, and the directory's group, to which all that is made
/// in it belongs.
const DIRECTORY_MODE: u32 = 0o2750;

/// Whether to make a ledger where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Make {
    /// It must be there.
    Never,
    /// A new one, for work.
    ForWork,
    /// A new one, for a demonstration.
    ForDemo,
}

/// How a ledger begins that is made now.
pub fn birth(clock: &StationClock, demo: bool) -> Birth {
    let now = clock.ambient(None, Given::default(), None);
    Birth { at: now.at, clock: now.clock, boot: now.boot, mono: now.mono, demo, after: None }
}

/// Opens the ledger that the settings name. The directory of the default place is made too; any other must be there,
/// since it may be a disk that is not mounted.
pub fn writer(settings: &Settings, clock: &StationClock, make: Make) -> Result<Writer, OpenError> {
    if make != Make::Never && settings.ledger_by_default {
        make_directory(settings)?;
    }
    let options = Options {
        create: (make != Make::Never).then(|| birth(clock, make == Make::ForDemo)),
        terminal: settings.terminal.clone(),
        head_file: settings.head_file.clone(),
        ..Options::new(route_file::released)
    };
    let writer = open_writer(&settings.ledger, &options)?;
    is_not_replaced(settings, &writer)?;
    Ok(writer)
}

/// A ledger that another one replaced is not worked on: its events would be those of nobody.
fn is_not_replaced(settings: &Settings, writer: &Writer) -> Result<(), Fault> {
    let dir = settings.state_dir(writer.reader().path());
    let replaced = match state::read_superseded(&dir) {
        Ok(replaced) => replaced,
        // Whoever may not look there cannot know it; the next replication says it again.
        Err(e) if e.kind() == ErrorKind::PermissionDenied => None,
        Err(e) => return Err(state_failed(&e)),
    };
    // A state that was carried over to the new ledger still speaks of the old one.
    let own = writer.reader().head()?;
    let Some(replaced) = replaced.filter(|r| own.is_some_and(|own| own.epoch == r.epoch)) else { return Ok(()) };
    Err(Fault::new(
        replaced.to_string(),
        format!(
            "work on that one; keep this file, and show it to whoever keeps the replicas; {} says so, and goes with it",
            dir.join(state::SUPERSEDED).display()
        ),
    ))
}

fn make_directory(settings: &Settings) -> Result<(), Fault> {
    let Some(directory) = settings.ledger.parent() else { return Ok(()) };
    let was_there = directory.is_dir();
    let made = DirBuilder::new().recursive(true).mode(DIRECTORY_MODE).create(directory);
    // The kernel makes no directory whose group is handed on; that is a step of its own.
    let made = made.and_then(|()| {
        if was_there { Ok(()) } else { set_permissions(directory, Permissions::from_mode(DIRECTORY_MODE)) }
    });
    made.map_err(|e| {
        Fault::new(
            format!("the directory {} could not be made: {e}", directory.display()),
            "name a ledger with --ledger PATH",
        )
    })
}
