//! A directory for a drill, which goes with it. What a drill leaves that was killed, the next one removes.

use std::fs::{self, DirBuilder, File};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _};
use std::path::{Path, PathBuf};

use super::dir::Dir;

/// How the name of such a directory begins.
const PREFIX: &str = "traveller-drill-";

/// A directory of its own, gone at the end.
#[derive(Debug)]
pub struct Passing {
    path: PathBuf,
    /// Held for as long as the process lives: by that others know whether anybody needs it.
    _turn: File,
}

impl Passing {
    /// Makes one, under a name that nobody else has, and removes those that nobody needs any more.
    pub fn make(above: &Path, name: &str) -> io::Result<Self> {
        // One that cannot be removed hinders nothing.
        let _left = sweep(above);
        let path = above.join(format!("{PREFIX}{name}"));
        DirBuilder::new().mode(0o700).create(&path)?;
        let turn = Dir::open(&path)?.own_turn()?;
        // Another drill that began in this moment may have taken it for one that was left.
        let turn = turn.filter(|_| path.is_dir()).ok_or_else(|| io::Error::from(ErrorKind::ResourceBusy))?;
        Ok(Self { path, _turn: turn })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Passing {
    fn drop(&mut self) {
        // Nothing in it is needed; what cannot be removed the next drill tries again.
        let _left = fs::remove_dir_all(&self.path);
    }
}

/// Removes what own drills left whose process is gone.
fn sweep(above: &Path) -> io::Result<()> {
    let within = Dir::open(above)?;
    let me = rustix::process::geteuid().as_raw();
    for name in within.names()? {
        let Some(name) = name.to_str().filter(|name| name.starts_with(PREFIX)) else { continue };
        let path = above.join(name);
        let is_mine = fs::symlink_metadata(&path).is_ok_and(|about| about.is_dir() && about.uid() == me);
        let free = if is_mine { within.sub(name)?.map(|dir| dir.own_turn()).transpose()?.flatten() } else { None };
        if free.is_some() {
            fs::remove_dir_all(&path)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_goes_and_what_is_in_use_stays() {
        let above = tempfile::tempdir().unwrap();
        let path = |name: &str| above.path().join(name);
        let first = Passing::make(above.path(), "1").unwrap();
        for left in ["traveller-drill-0", "traveller-drill-00"] {
            fs::create_dir(path(left)).unwrap();
            fs::write(path(left).join("0.db"), "half").unwrap();
        }
        fs::create_dir(path("somebody-elses")).unwrap();
        std::os::unix::fs::symlink(path("somebody-elses"), path("traveller-drill-link")).unwrap();
        fs::write(path("traveller-drill-file"), "theirs").unwrap();
        let second = Passing::make(above.path(), "2").unwrap();
        assert!(!path("traveller-drill-0").exists() && !path("traveller-drill-00").exists());
        for stays in ["somebody-elses", "traveller-drill-link", "traveller-drill-file"] {
            assert!(path(stays).exists(), "{stays}");
        }
        assert!(first.path().is_dir() && second.path().is_dir());
        drop((first, second));
        assert!(!path("traveller-drill-1").exists() && !path("traveller-drill-2").exists());
    }
}
