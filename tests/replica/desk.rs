//! A device with a ledger, and a target beside it.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::shell::{Answer, Shell};

/// A device, and the directory that its replica goes to.
pub(crate) struct Desk {
    pub(crate) shell: Shell,
}

impl Desk {
    /// A device with a few events.
    pub(crate) fn new() -> Self {
        let shell = Shell::new();
        shell.run("operator enrol --badge OP-1001 --name Lead --role lead").done();
        Self { shell }
    }

    /// The same device, seen from a copy of its disk.
    pub(crate) fn copied(&self, to: &Path) -> Self {
        fs::create_dir(to).unwrap();
        for entry in fs::read_dir(self.shell.home.path()).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_file() {
                fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
            }
        }
        Self { shell: Shell::at(to.to_str().unwrap()) }
    }

    /// A few events more.
    pub(crate) fn work(&self, badge: u32) {
        self.shell.run(&format!("operator enrol --badge OP-{badge} --name Op --role operator --by OP-1001")).done();
    }

    pub(crate) fn target(&self) -> PathBuf {
        self.shell.home.path().join("nas")
    }

    pub(crate) fn replicate(&self) -> Answer {
        self.shell.run("replicate --to nas --json")
    }

    pub(crate) fn head(&self) -> u64 {
        self.shell.run("verify --json").json()["ledgers"][0]["events"].as_u64().unwrap()
    }

    /// The segments there, in order.
    pub(crate) fn segments(&self) -> Vec<PathBuf> {
        let found = files(&self.target());
        found.into_iter().filter(|f| f.to_str().unwrap().ends_with(".jsonl.zst")).collect()
    }

    /// The directory of the stream at the target.
    pub(crate) fn stream(&self) -> PathBuf {
        self.segments()[0].parent().unwrap().to_owned()
    }

    /// What is kept of the target.
    pub(crate) fn state(&self) -> Value {
        let kept = files(&self.shell.home.path().join("ledger.db.state"));
        let file = kept.iter().find(|f| f.extension().is_some_and(|e| e == "json")).unwrap();
        serde_json::from_slice(&fs::read(file).unwrap()).unwrap()
    }
}

/// Every file below a directory, in order.
pub(crate) fn files(below: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(below).into_iter().flatten() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_dir() {
            found.extend(files(&entry.path()));
        } else {
            found.push(entry.path());
        }
    }
    found.sort();
    found
}
