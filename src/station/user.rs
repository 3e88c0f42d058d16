//! Who runs the program, as the system calls them.

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use rustix::process::geteuid;

use crate::app::port::Fault;
use crate::domain::text::{clipped, is_safe};

/// Characters of a name that are told.
const NAME_CHARS_MOST: usize = 32;

/// The user of this process: the name that the system has for it, and its number.
pub fn owner() -> Result<String, Fault> {
    let uid = geteuid().as_raw();
    // A system without that file has no names, and numbers all the same.
    let known = fs::read_to_string("/etc/passwd").unwrap_or_default();
    let name = known.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        let is_it = fields.nth(1)?.parse() == Ok(uid);
        is_it.then(|| clipped(name, NAME_CHARS_MOST).into_owned()).filter(|name| name.chars().all(is_safe))
    });
    Ok(name.map_or_else(|| format!("the user {uid}"), |name| format!("the user {name} ({uid})")))
}

/// Whether a file is the user's own.
pub fn owns(file: &Path) -> Result<bool, Fault> {
    let about = fs::metadata(file)
        .map_err(|e| Fault::new(format!("nobody can say whose {} is: {e}", file.display()), "check its directory"))?;
    Ok(about.uid() == geteuid().as_raw())
}
