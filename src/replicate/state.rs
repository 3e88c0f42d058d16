//! Receipts: what a target is known to hold, and how the last run and the last drill ended. State beside the ledger,
//! never events: it says what is true of other disks.

use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::dir::Dir;
use crate::domain::id::{Epoch, TerminalId};
use crate::domain::time::At;
use crate::ledger::chain::Hash;

/// Bytes that a file of state may have.
const FILE_BYTES_MOST: u64 = 1 << 20;
/// Characters of an address's hash that name its file.
const NAME_CHARS: usize = 16;
/// The file that says that another ledger goes on.
pub const SUPERSEDED: &str = "superseded.json";
/// The drill's file.
const DRILL: &str = "drill.json";
/// The drills of recalls.
const RECALL_DRILLS: &str = "recall-drills.json";

/// What is known of a target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetState {
    /// Its address, as it was given.
    pub target: String,
    /// The mark that it was given at its first use.
    pub mark: String,
    /// What it was seen to hold: what was sent and the newest segment were read back and proven, older ones go by name.
    pub heads: Vec<HeldHead>,
    /// When it was last tried.
    pub tried: At,
    /// When it last held everything that the ledger had.
    pub done: Option<At>,
    /// Why the last try failed.
    pub failed: Option<Failed>,
}

/// A head that a target was seen to hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldHead {
    /// The device.
    pub terminal: TerminalId,
    /// The ledger's life.
    pub epoch: Epoch,
    /// The last event.
    pub seq: u64,
    /// Its hash.
    pub hash: String,
    /// When it was seen.
    pub at: At,
}

/// Why a try failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failed {
    /// When.
    pub at: At,
    /// What failed.
    pub what: String,
    /// What to do.
    pub instead: String,
    /// Whether it contradicts the ledger: that does not mend itself, however new the replica is.
    #[serde(default)]
    pub contradicts: bool,
}

/// Another ledger goes on as this terminal: this one was replaced, and must not be worked on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Superseded {
    /// The device.
    pub terminal: TerminalId,
    /// The life of this ledger.
    pub epoch: Epoch,
    /// The life that goes on.
    pub by: Epoch,
    /// The last event of this ledger that the other one knows.
    pub after: u64,
    /// Where that was seen.
    pub target: String,
    /// When.
    pub at: At,
}

impl fmt::Display for Superseded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { terminal, epoch, by, after, target, at } = self;
        write!(f, "this ledger, {terminal} {epoch}, was replaced: ")?;
        write!(f, "{by} goes on after its event {after}, as was seen at {target} on {at}")
    }
}

/// How a drill ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DrillOutcome {
    /// The replica can be restored, and is what was receipted.
    Ok,
    /// It cannot, or is not.
    Bad,
    /// It can, but nothing says how far it should reach.
    Inconclusive,
}

/// The last drill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrillState {
    /// The replica.
    pub from: String,
    /// How it ended.
    pub outcome: DrillOutcome,
    /// When.
    pub at: At,
    /// Milliseconds that it took.
    pub took_ms: u64,
    /// When the newest event in the replica was recorded.
    pub newest_event: Option<At>,
    /// What was found.
    pub what: String,
}

impl TargetState {
    /// A target that was not tried before.
    pub fn new(target: &str, mark: &str, tried: At) -> Self {
        let (target, mark) = (target.to_owned(), mark.to_owned());
        Self { target, mark, heads: Vec::new(), tried, done: None, failed: None }
    }

    /// Takes note of a head that was seen.
    pub fn receipt(&mut self, receipt: HeldHead) {
        self.heads.retain(|head| (&head.terminal, &head.epoch) != (&receipt.terminal, &receipt.epoch));
        self.heads.push(receipt);
    }
}

/// The directory of state of a ledger, where none is named.
pub fn default_dir(ledger: &Path) -> PathBuf {
    let mut name = ledger.as_os_str().to_owned();
    name.push(".state");
    PathBuf::from(name)
}

/// The file of a target, by its address.
pub fn file_of(address: &str) -> String {
    let hash = Hash::of(address.as_bytes()).hex();
    format!("target-{}.json", hash.get(..NAME_CHARS).unwrap_or(&hash))
}

/// What is known of a target; none where it was never tried.
pub fn read_target(dir: &Dir, address: &str) -> io::Result<Option<TargetState>> {
    read(dir, &file_of(address))
}

/// What is known of all targets, in the order of their addresses; nothing where there is no directory.
pub fn read_targets(path: &Path) -> io::Result<Vec<TargetState>> {
    let dir = match Dir::open(path) {
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        other => other?,
    };
    let mut targets: Vec<TargetState> = Vec::new();
    for name in target_files(&dir)? {
        targets.extend(read(&dir, &name)?);
    }
    targets.sort_by(|a, b| a.target.cmp(&b.target));
    Ok(targets)
}

/// What is known of the ledger by all of its targets. A file of another target that cannot be read tells nothing here:
/// its own run says so.
pub fn receipts(dir: &Dir, own: &[HeldHead]) -> io::Result<Vec<HeldHead>> {
    let mut heads = own.to_vec();
    for name in target_files(dir)? {
        if let Ok(Some(state)) = read::<TargetState>(dir, &name) {
            heads.extend(state.heads);
        }
    }
    Ok(heads)
}

/// The files of targets.
fn target_files(dir: &Dir) -> io::Result<Vec<String>> {
    let is_state = |name: &&str| name.strip_prefix("target-").is_some_and(|n| n.strip_suffix(".json").is_some());
    let named = |name: &std::ffi::OsString| name.to_str().filter(is_state).map(str::to_owned);
    Ok(dir.names()?.iter().filter_map(named).collect())
}

/// How the last drill ended; none where there was none.
pub fn read_drill(path: &Path) -> io::Result<Option<DrillState>> {
    match Dir::open(path) {
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
        other => read(&other?, DRILL),
    }
}

/// Which ledger replaced this one; none where it is the one to work on.
pub fn read_superseded(path: &Path) -> io::Result<Option<Superseded>> {
    match Dir::open(path) {
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
        other => read(&other?, SUPERSEDED),
    }
}

/// Keeps that this ledger was replaced.
pub fn write_superseded(dir: &Dir, state: &Superseded) -> io::Result<()> {
    write(dir, SUPERSEDED, state)
}

/// Keeps what is known of a target.
pub fn write_target(dir: &Dir, state: &TargetState) -> io::Result<()> {
    write(dir, &file_of(&state.target), state)
}

/// Keeps how a drill ended.
pub fn write_drill(dir: &Dir, state: &DrillState) -> io::Result<()> {
    write(dir, DRILL, state)
}

/// The drills of recalls that are remembered.
pub fn read_recall_drills<T: DeserializeOwned>(path: &Path) -> io::Result<Option<T>> {
    match Dir::open(path) {
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
        other => read(&other?, RECALL_DRILLS),
    }
}

/// Keeps the drills of recalls.
pub fn write_recall_drills(dir: &Dir, drills: &impl Serialize) -> io::Result<()> {
    write(dir, RECALL_DRILLS, drills)
}

fn read<T: DeserializeOwned>(dir: &Dir, name: &str) -> io::Result<Option<T>> {
    let Some(bytes) = dir.read(name, FILE_BYTES_MOST)? else { return Ok(None) };
    let damaged = |e: serde_json::Error| io::Error::new(ErrorKind::InvalidData, format!("{name} is damaged: {e}"));
    serde_json::from_slice(&bytes).map(Some).map_err(damaged)
}

fn write(dir: &Dir, name: &str, state: &impl Serialize) -> io::Result<()> {
    let mut text = serde_json::to_vec(state)?;
    text.push(b'\n');
    dir.replace(name, &text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_by_anybody() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("ledger.db.state");
        assert_eq!(default_dir(&home.path().join("ledger.db")), path);
        assert_eq!((read_targets(&path).unwrap(), read_drill(&path).unwrap()), (Vec::new(), None));
        let dir = Dir::open_or_make(&path).unwrap();
        let mut state = TargetState::new("dir:/mnt/nas", "0123456789abcdef", At(5));
        let receipt = |seq: u64| HeldHead {
            terminal: TerminalId::parse("T1").unwrap(),
            epoch: Epoch::parse("0123456789abcdef").unwrap(),
            seq,
            hash: Hash::of(&seq.to_be_bytes()).hex(),
            at: At(6),
        };
        state.receipt(receipt(4));
        state.receipt(receipt(9));
        write_target(&dir, &state).unwrap();
        assert_eq!(state.heads, [receipt(9)], "one for each stream");
        assert_eq!(read_target(&dir, "dir:/mnt/nas").unwrap(), Some(state.clone()));
        assert_eq!(read_target(&dir, "dir:/mnt/usb").unwrap(), None);
        std::fs::write(path.join("target-x.txt"), "no state").unwrap();
        assert_eq!(read_targets(&path).unwrap(), [state]);
        let drill = DrillState {
            from: "/mnt/nas".to_owned(),
            outcome: DrillOutcome::Inconclusive,
            at: At(7),
            took_ms: 12,
            newest_event: None,
            what: "no receipt".to_owned(),
        };
        write_drill(&dir, &drill).unwrap();
        assert_eq!(read_drill(&path).unwrap(), Some(drill));
    }

    #[test]
    fn half_a_file_is_told_and_not_taken() {
        let home = tempfile::tempdir().unwrap();
        let dir = Dir::open(home.path()).unwrap();
        std::fs::write(home.path().join(file_of("x")), "{\"target\":").unwrap();
        assert!(read_target(&dir, "x").unwrap_err().to_string().contains("is damaged"));
    }
}
