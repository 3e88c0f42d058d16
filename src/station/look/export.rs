//! What shows, written to a new file where the inspector was started. Nothing that is there is written over.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::PathBuf;

use crate::app::inspect::model::Model;
use crate::app::inspect::page::Page;
use crate::app::port::Fault;
use crate::ui::inspect::plain;

/// Names that are tried for one file.
const NAMES_MOST: u32 = 1_000;

/// Writes what shows; the name of the file.
pub(super) fn export(model: &Model) -> Result<String, Fault> {
    let lines = plain(model).join("\n");
    let about = match model.page().map(|open| &open.page) {
        None => "search".to_owned(),
        Some(Page::Unit(page)) => page.record.unit.to_string(),
        Some(Page::Lot(page)) => page.look.lot.to_string(),
        Some(Page::Load(load)) => load.load.clone(),
        Some(Page::Used(used)) => used.of.clone(),
        Some(Page::Event(logged)) => format!("event-{}", logged.id.seq),
        Some(Page::Ledger(_)) => "ledger".to_owned(),
    };
    let about: String = about.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).collect();
    for n in 1..=NAMES_MOST {
        let name = if n == 1 { format!("traveller-{about}.txt") } else { format!("traveller-{about}-{n}.txt") };
        match OpenOptions::new().write(true).create_new(true).open(PathBuf::from(&name)) {
            Ok(mut file) => {
                file.write_all(format!("{lines}\n").as_bytes()).map_err(|e| failed(&name, &e))?;
                return Ok(name);
            }
            Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(e) => return Err(failed(&name, &e)),
        }
    }
    Err(Fault::new("a thousand files of that name are there", "move some of them away"))
}

fn failed(name: &str, error: &std::io::Error) -> Fault {
    Fault::new(format!("{name} could not be written: {error}"), "start the inspector in a directory of your own")
}
