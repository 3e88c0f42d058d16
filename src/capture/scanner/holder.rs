//! Which programs have a device open: one of them is keeping it for itself.

use std::fs;
use std::path::Path;

/// Programs that are named; whoever holds it is among the first.
const NAMED_MOST: usize = 3;

/// The programs that have a file open, besides this one, such as `actkbd (412)`. `proc` is where procfs is.
///
/// None where none is found: what belongs to another person can be looked into by root alone.
pub fn holders(proc: &Path, file: &Path, own: u32) -> Option<String> {
    let processes = fs::read_dir(proc).ok()?.flatten();
    let ids = processes.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let mut ids: Vec<_> = ids.filter(|id| *id != own).collect();
    ids.sort_unstable();
    let holding = ids.into_iter().filter(|id| has_open(&proc.join(id.to_string()), file));
    let named: Vec<_> = holding.take(NAMED_MOST).map(|id| program(&proc.join(id.to_string()), id)).collect();
    (!named.is_empty()).then(|| named.join(", "))
}

fn has_open(process: &Path, file: &Path) -> bool {
    let Ok(open) = fs::read_dir(process.join("fd")) else { return false };
    open.flatten().any(|fd| fs::read_link(fd.path()).is_ok_and(|target| target == file))
}

fn program(process: &Path, id: u32) -> String {
    match fs::read(process.join("comm")) {
        Ok(name) => format!("{} ({id})", String::from_utf8_lossy(&name).trim_end()),
        Err(_left_meanwhile) => format!("process {id}"),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn whoever_has_it_open_is_named_but_not_this_program() {
        let root = tempfile::tempdir().unwrap();
        let open = |id: u32, name: &str, files: &[&str]| {
            let fds = root.path().join(id.to_string()).join("fd");
            fs::create_dir_all(&fds).unwrap();
            fs::write(root.path().join(id.to_string()).join("comm"), format!("{name}\n")).unwrap();
            for (n, file) in files.iter().enumerate() {
                symlink(file, fds.join(n.to_string())).unwrap();
            }
        };
        open(7, "traveller", &["/dev/input/event3"]);
        open(412, "actkbd", &["/dev/null", "/dev/input/event3"]);
        open(90, "logind", &["/dev/input/event1", "/dev/input/event31"]);
        fs::create_dir_all(root.path().join("sys/fd")).unwrap();
        let holding = |node: &str, own| holders(root.path(), Path::new(node), own);
        assert_eq!(holding("/dev/input/event3", 7).as_deref(), Some("actkbd (412)"));
        assert_eq!(holding("/dev/input/event3", 1).as_deref(), Some("traveller (7), actkbd (412)"));
        assert_eq!(holding("/dev/input/event9", 7), None);
        assert_eq!(holders(Path::new("/nowhere/at/all"), Path::new("/dev/input/event3"), 7), None);
    }
}
