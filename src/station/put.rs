//! A file that others read while it is written anew: it is there whole, as it was or as it is.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use crate::app::port::Fault;

/// Who may read it: everybody; a browser has a user of its own.
const MODE: u32 = 0o644;

/// Puts a file in its place.
pub fn put(file: &Path, bytes: &[u8]) -> Result<(), Fault> {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let new = file.with_file_name(name);
    let placed = write(&new, bytes).and_then(|()| fs::rename(&new, file));
    placed.map_err(|e| {
        // What is half written is nobody's; that it cannot be removed either adds nothing.
        let _gone = fs::remove_file(&new);
        Fault::new(
            format!("{} could not be written: {e}", file.display()),
            "name a file in a directory that you may write, with room on its disk",
        )
    })
}

fn write(new: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(MODE).open(new)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_whole_and_nothing_else_is_left() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("board.html");
        put(&file, b"one").unwrap();
        put(&file, b"two").unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"two");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
        assert!(put(&dir.path().join("none/board.html"), b"x").unwrap_err().what.contains("could not be written"));
        fs::create_dir(dir.path().join("taken")).unwrap();
        assert!(put(&dir.path().join("taken"), b"x").is_err(), "a directory lies there");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 2, "and what was half done is gone");
    }
}
