//! What the terminal knows of its replicas: their receipts, read anew at moments that come anyway.

use std::io;
use std::path::{Path, PathBuf};

use super::config::Settings;
use crate::app::msg::Replica;
use crate::app::port::Head;
use crate::domain::id::{Epoch, TerminalId};
use crate::domain::time::At;
use crate::ledger::reader::Stream;
use crate::replicate::address::Address;
use crate::replicate::age::{Limits, worst};
use crate::replicate::state::{TargetState, read_targets};

/// What is known of the replicas of a ledger.
#[derive(Debug)]
pub struct Replicas {
    state: PathBuf,
    /// The targets that the configuration asks for.
    addresses: Vec<String>,
    limits: Limits,
    known: Result<Vec<TargetState>, io::ErrorKind>,
}

impl Replicas {
    /// What the receipts of a ledger say now.
    pub fn of(settings: &Settings, ledger: &Path) -> Self {
        let replicate = &settings.replicate;
        let addresses = replicate.to.iter().map(|target| address(target)).collect();
        let mut replicas =
            Self { state: settings.state_dir(ledger), addresses, limits: replicate.limits, known: Ok(Vec::new()) };
        replicas.look();
        replicas
    }

    /// Reads the receipts anew.
    pub fn look(&mut self) {
        self.known = read_targets(&self.state).map_err(|e| e.kind());
    }

    /// How the replicas stand; none where the configuration asks for none.
    pub fn now(&self, now: At) -> Option<Replica> {
        worst(&self.addresses, &self.known, now, self.limits)
    }

    /// Up to which event of each stream that the ledger appends to a replica is known to hold it; none where neither
    /// the configuration nor a receipt tells of a replica.
    pub fn held(&self, streams: &[Stream]) -> Option<Vec<(TerminalId, Epoch, u64)>> {
        let known = self.known.as_deref().unwrap_or_default();
        if self.addresses.is_empty() && known.is_empty() {
            return None;
        }
        let held = |stream: &Stream| {
            let unsent = self.unsent(Some(&stream.head()));
            (stream.terminal.clone(), stream.epoch.clone(), stream.seq.saturating_sub(unsent))
        };
        Some(streams.iter().filter(|stream| stream.own).map(held).collect())
    }

    /// Events of the ledger that no replica is known to hold.
    pub fn unsent(&self, head: Option<&Head>) -> u64 {
        let Some(own) = head else { return 0 };
        let receipts = self.known.as_deref().unwrap_or_default().iter().flat_map(|target| &target.heads);
        let receipts = receipts.filter(|receipt| receipt.terminal == own.terminal && receipt.epoch == own.epoch);
        own.seq.saturating_sub(receipts.map(|receipt| receipt.seq).max().unwrap_or(0))
    }
}

/// A target's address, the same however it was written; as the receipts name it. What is none stays as it is: the run
/// that sends there says what is wrong with it.
pub fn address(target: &str) -> String {
    Address::parse(target).map_or_else(|_no_target| target.to_owned(), |address| address.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::replicate::dir::Dir;
    use crate::replicate::state::{HeldHead, write_target};

    #[test]
    fn what_no_target_holds_is_on_this_terminal_alone() {
        let home = tempfile::tempdir().unwrap();
        let head = |epoch: &str, seq| Head {
            terminal: "T1".parse().unwrap(),
            epoch: epoch.parse().unwrap(),
            seq,
            hash: "0".repeat(64),
            at: None,
        };
        let (here, elsewhere) = ("0123456789abcdef", "fedcba9876543210");
        let mut replicas = Replicas {
            state: home.path().join("state"),
            addresses: vec!["dir:/mnt/nas".to_owned()],
            limits: Limits::default(),
            known: Ok(Vec::new()),
        };
        assert_eq!((replicas.unsent(None), replicas.unsent(Some(&head(here, 9)))), (0, 9));
        let dir = Dir::open_or_make(&replicas.state).unwrap();
        for (target, epoch, seq) in [("dir:/mnt/nas", here, 4), ("dir:/mnt/usb", here, 7), ("dir:/old", elsewhere, 9)] {
            let Head { terminal, epoch, seq, hash, .. } = head(epoch, seq);
            let mut state = TargetState::new(target, "0123456789abcdef", At(0));
            state.receipt(HeldHead { terminal, epoch, seq, hash, at: At(0) });
            write_target(&dir, &state).unwrap();
        }
        assert_eq!(replicas.unsent(Some(&head(here, 9))), 9, "as it was looked at last");
        replicas.look();
        assert_eq!(replicas.unsent(Some(&head(here, 9))), 2);
        assert_eq!(replicas.unsent(Some(&head(here, 5))), 0);
    }

    #[test]
    fn an_address_is_the_one_that_receipts_name() {
        assert_eq!(address("/mnt/nas"), "dir:/mnt/nas");
        assert_eq!(address("dir:/mnt/nas"), "dir:/mnt/nas");
        assert_eq!(address("ssh://box/line"), "ssh://box/line");
        assert_eq!(address("ssh://[nas]:22/line"), "ssh://nas:22/line");
        assert_eq!(address("http://no"), "http://no", "what is none is shown as it is");
    }
}
