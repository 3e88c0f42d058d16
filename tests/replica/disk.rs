//! A small disk of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A mount that is gone with this value.
pub(crate) struct Mount(PathBuf);

impl Mount {
    /// None, and said, where this user may not mount anything.
    pub(crate) fn at(place: &Path, options: &str) -> Option<Self> {
        fs::create_dir_all(place).unwrap();
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", options, "none"]).arg(place).output();
        let mounted = mounted.is_ok_and(|m| m.status.success());
        if !mounted {
            println!("SKIPPED: this user may not mount a small disk");
        }
        mounted.then(|| Self(place.to_owned()))
    }

    /// The same, and nobody may write any more.
    pub(crate) fn read_only(&self) {
        assert!(Command::new("mount").args(["-o", "remount,ro"]).arg(&self.0).status().unwrap().success());
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        let _gone_anyway = Command::new("umount").arg("-l").arg(&self.0).output();
    }
}
