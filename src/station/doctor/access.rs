//! Who may look at the ledger, and whether looking could harm it. By names and modes alone: no file is opened.

use std::ffi::OsString;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use super::checks::Check;
use crate::app::port::Fault;

/// `S_ISGID` of a directory: what is made in it is of its group.
const SET_GROUP: u32 = 0o2000;
const GROUP_READS: u32 = 0o040;
const GROUP_ENTERS: u32 = 0o050;
const WRITES: u32 = 0o022;
const OTHERS: u32 = 0o007;

/// The rights of a file, and whose it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rights {
    /// The mode, the bits of rights alone.
    pub mode: u32,
    /// The user.
    pub owner: u32,
    /// The group.
    pub group: u32,
}

/// The rights of the ledger's directory and of the files that SQLite has to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rightful {
    /// The directory.
    pub directory: (PathBuf, Rights),
    /// The ledger, its `-wal` and its `-shm`; without rights where there is no such file.
    pub files: Vec<(String, Option<Rights>)>,
}

/// Who may look at a ledger; none where there is no ledger.
pub fn access(ledger: &Path) -> Option<Check> {
    let ledger = std::fs::canonicalize(ledger).ok()?;
    let rights = |path: &Path| {
        let about = std::fs::metadata(path).ok()?;
        Some(Rights { mode: about.mode() & 0o7777, owner: about.uid(), group: about.gid() })
    };
    let directory = ledger.parent()?.to_owned();
    let of_directory = rights(&directory)?;
    let files = ["", "-wal", "-shm"].map(|end| {
        let mut name = OsString::from(ledger.file_name().unwrap_or_default());
        name.push(end);
        (name.to_string_lossy().into_owned(), rights(&directory.join(&name)))
    });
    Some(judge(&Rightful { directory: (directory, of_directory), files: files.into() }))
}

/// What to say about rights.
fn judge(of: &Rightful) -> Check {
    let (path, directory) = &of.directory;
    let path = path.display();
    let ill = |what: String, instead: String| Check::ill("access", Fault::new(what, instead));
    if directory.mode & WRITES != 0 && directory.mode & 0o1000 == 0 {
        let what = format!("others than its owner may write the directory {path}: a reader that dies may stop work");
        return ill(what, format!("chmod g-w,o-w {path}"));
    }
    // In a directory that everybody writes to, each file is whose it is.
    let is_shared = directory.mode & WRITES != 0;
    let is_strange = |rights: Rights| !is_shared && rights.owner != directory.owner;
    let strange = of.files.iter().find(|(_, rights)| rights.is_some_and(is_strange));
    if let Some((name, _)) = strange {
        let what = format!("{name} is of another user than its directory {path}: the terminal may not write it");
        let ledger = of.files.first().map_or(name, |(ledger, _)| ledger);
        return ill(what, format!("chown --reference={path} {path}/{ledger}*"));
    }
    for (name, rights) in &of.files {
        let Some(rights) = rights else {
            let what = format!("{name} is not there: nobody can look who may not write");
            return ill(what, "start the terminal on it once; it leaves the file there".to_owned());
        };
        if rights.mode & (WRITES | OTHERS) != 0 {
            let what = format!("{name} has the rights {:04o}: more may read or write it than should", rights.mode);
            return ill(what, format!("chmod 0640 {path}/{name}"));
        }
    }
    if directory.mode & GROUP_ENTERS != GROUP_ENTERS {
        return Check::well("access", "only the owner of the ledger may look at it");
    }
    for (name, rights) in &of.files {
        let Some(rights) = rights else { continue };
        if rights.mode & GROUP_READS == 0 {
            let what = format!("the group of {path} may not read {name}");
            return ill(what, format!("chmod 0640 {path}/{name}"));
        }
        if rights.group != directory.group {
            let what = format!("{name} is of another group than its directory {path}");
            return ill(what, format!("chgrp --reference={path} {path}/{name}, and chmod g+s {path}"));
        }
    }
    if directory.mode & SET_GROUP == 0 {
        let what = format!("what is made in {path} is not of its group: who looks now may not look tomorrow");
        return ill(what, format!("chmod g+s {path}"));
    }
    Check::well("access", format!("the group {} may look at the ledger and not write it", directory.group))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(directory: (u32, u32), files: [Option<(u32, u32)>; 3]) -> (String, Option<String>) {
        let rights = |(mode, group)| Rights { mode, owner: 5, group };
        let names = ["ledger.db", "ledger.db-wal", "ledger.db-shm"].map(str::to_owned);
        let files = names.into_iter().zip(files.map(|file| file.map(rights))).collect();
        let check = judge(&Rightful { directory: ("/var/lib/traveller".into(), rights(directory)), files });
        (check.what, check.instead)
    }

    #[test]
    fn who_enrolled_people_as_root_is_told_before_the_terminal_cannot_record() {
        let of = |owner| {
            let rights = Rights { mode: 0o640, owner, group: 7 };
            let files = [("ledger.db", rights), ("ledger.db-wal", rights)];
            let files = files.map(|(name, rights)| (name.to_owned(), Some(rights)));
            let directory = Rights { mode: 0o2750, owner: 5, group: 7 };
            judge(&Rightful { directory: ("/var/lib/traveller".into(), directory), files: files.into() })
        };
        assert_eq!(of(5).instead, None);
        let told = of(0);
        assert!(told.what.starts_with("ledger.db is of another user"), "{told:?}");
        assert_eq!(told.instead.as_deref(), Some("chown --reference=/var/lib/traveller /var/lib/traveller/ledger.db*"));
    }

    #[test]
    fn a_group_may_look_where_nothing_can_come_of_it() {
        let right = Some((0o640, 7));
        assert_eq!(told((0o2750, 7), [right; 3]).1, None);
        let alone = told((0o700, 7), [right; 3]);
        assert_eq!(alone, ("only the owner of the ledger may look at it".to_owned(), None));
        let cases = [
            (told((0o2770, 7), [right; 3]), "chmod g-w,o-w /var/lib/traveller"),
            (told((0o2757, 7), [right; 3]), "chmod g-w,o-w"),
            (told((0o2750, 7), [right, None, right]), "start the terminal on it once"),
            (told((0o2750, 7), [right, Some((0o600, 7)), right]), "chmod 0640 /var/lib/traveller/ledger.db-wal"),
            (told((0o2750, 7), [Some((0o644, 7)), right, right]), "chmod 0640 /var/lib/traveller/ledger.db"),
            (told((0o2750, 7), [right, right, Some((0o660, 7))]), "chmod 0640 /var/lib/traveller/ledger.db-shm"),
            (told((0o2750, 7), [right, right, Some((0o640, 0))]), "chgrp --reference"),
            (told((0o750, 7), [right; 3]), "chmod g+s /var/lib/traveller"),
        ];
        for ((what, instead), said) in cases {
            assert!(instead.as_deref().unwrap_or_default().contains(said), "{what}: {instead:?}");
        }
    }
}
