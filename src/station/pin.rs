//! A PIN: which ones may be chosen, and how one is hashed.

pub use crate::app::secret::{PIN_DIGITS_LEAST, PIN_DIGITS_MOST};
use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};

use super::random;
use crate::app::port::Fault;
use crate::app::secret::reads_like_a_pin;

/// Memory of one hash, in KiB.
const MEMORY_KIB: u32 = 7_168;
/// Passes over it.
const PASSES: u32 = 5;
/// Lanes.
const LANES: u32 = 1;
/// Memory that a stored hash may ask for, in KiB, and passes: a damaged file does not bring the terminal down.
const MEMORY_KIB_MOST: u32 = 65_536;
const PASSES_MOST: u32 = 16;
/// Address space that the blocks are taken from, in blocks of 1 KiB. Beyond 32 MiB the C library maps memory for that
/// request alone and gives it back at once, so a check leaves nothing resident. Only what is hashed with is touched.
const MAPPED_KIB: usize = 33 * 1_024;

/// PINs that are among the first to be tried.
const KNOWN: [&str; 14] = [
    "100200", "101010", "102030", "112233", "121212", "123123", "123321", "131313", "147258", "159753", "252525",
    "258369", "696969", "789456",
];

/// A PIN as somebody gave it. It is never shown, and wiped when it is dropped.
pub struct Pin(String);

impl Pin {
    /// What somebody gave as a PIN. Anything may be given; only what was chosen can be right.
    pub fn given(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Whether nothing was given.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the two are the same.
    pub fn same(&self, other: &Self) -> bool {
        self.0 == other.0
    }

    /// The PIN as one that somebody may have from now on.
    pub fn chosen(self) -> Result<ChosenPin, BadPin> {
        let digits = self.0.as_bytes();
        if !reads_like_a_pin(&self.0) {
            return Err(BadPin::Form);
        }
        let each_follows_by =
            |step: u8| digits.windows(2).all(|w| matches!(w, [a, b] if (a - b'0' + step) % 10 == b - b'0'));
        if each_follows_by(0) {
            Err(BadPin::Repeat)
        } else if each_follows_by(1) || each_follows_by(9) {
            Err(BadPin::Run)
        } else if KNOWN.contains(&self.0.as_str()) {
            Err(BadPin::Known)
        } else {
            Ok(ChosenPin(self))
        }
    }

    /// Whether it is the PIN that a stored hash was made of.
    pub(super) fn is(&self, stored: &str) -> Result<bool, Unreadable> {
        if self.0.len() > PIN_DIGITS_MOST {
            return Ok(false);
        }
        let stored = PasswordHash::new(stored).map_err(|_form| Unreadable)?;
        let params = Params::try_from(&stored).map_err(|_params| Unreadable)?;
        let sane = params.m_cost() <= MEMORY_KIB_MOST && params.t_cost() <= PASSES_MOST;
        let known =
            stored.algorithm.as_str() == Algorithm::Argon2id.as_str() && stored.version == Some(Version::V0x13.into());
        let (Some(salt), Some(wanted), true, true) = (stored.salt, stored.hash, sane, known) else {
            return Err(Unreadable);
        };
        // Outputs are compared in constant time.
        Ok(digest(&self.0, &salt, params).ok_or(Unreadable)? == wanted)
    }
}

impl Drop for Pin {
    fn drop(&mut self) {
        let mut bytes = std::mem::take(&mut self.0).into_bytes();
        bytes.fill(0);
        std::hint::black_box(&bytes);
    }
}

/// A PIN that somebody may have.
pub struct ChosenPin(Pin);

impl ChosenPin {
    /// Its hash with a fresh salt, as a PHC string: the parameters stand in it, so that later releases may raise them.
    pub(super) fn hash(&self) -> Result<String, Fault> {
        let bad = || Fault::new("the PIN could not be hashed", "restart the device: it may be out of memory");
        let salt = Salt::new(&random::bytes::<16>()?).map_err(|_length| bad())?;
        let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|_range| bad())?;
        let shown = ParamsString::try_from(&params).map_err(|_length| bad())?;
        let hash = digest(&self.0.0, &salt, params).ok_or_else(bad)?;
        let phc = PasswordHash {
            algorithm: Algorithm::Argon2id.ident(),
            version: Some(Version::V0x13.into()),
            params: shown,
            salt: Some(salt),
            hash: Some(hash),
        };
        Ok(phc.to_string())
    }
}

fn digest(pin: &str, salt: &[u8], params: Params) -> Option<Output> {
    let mut blocks: Vec<Block> = Vec::new();
    blocks.try_reserve_exact(MAPPED_KIB.max(params.block_count())).ok()?;
    blocks.resize(params.block_count(), Block::new());
    let mut hash = [0; Params::DEFAULT_OUTPUT_LEN];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into_with_memory(pin.as_bytes(), salt, &mut hash, &mut blocks)
        .ok()?;
    Output::new(&hash).ok()
}

/// A stored hash that this program does not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unreadable;

/// Why a PIN may not be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadPin {
    /// It is too short, too long, or not of digits.
    #[error("a PIN is {PIN_DIGITS_LEAST} to {PIN_DIGITS_MOST} digits")]
    Form,
    /// It is one digit again and again.
    #[error("a PIN is not one digit again and again")]
    Repeat,
    /// Its digits follow each other.
    #[error("a PIN is not a run of digits, up or down")]
    Run,
    /// Anybody would try it.
    #[error("that PIN is among the first that anybody would try")]
    Known,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn obvious_pins_are_refused() {
        let why = |text: &str| Pin::given(text).chosen().err();
        for short in ["", "12345", "12345a", "４８２９１３", " 482913", &"48".repeat(17)] {
            assert_eq!(why(short), Some(BadPin::Form), "{short:?}");
        }
        assert_eq!(why("000000"), Some(BadPin::Repeat));
        assert_eq!(why("77777777"), Some(BadPin::Repeat));
        for run in ["123456", "345678", "987654", "567890", "3210987"] {
            assert_eq!(why(run), Some(BadPin::Run), "{run}");
        }
        for known in KNOWN {
            assert_eq!(why(known), Some(BadPin::Known), "{known}");
        }
        for good in ["482913", "111112", "123457", &"48291".repeat(6)] {
            assert_eq!(why(good), None, "{good}");
        }
    }

    #[test]
    fn a_hash_names_its_parameters_and_fits_one_pin_only() {
        let hash = |text: &str| Pin::given(text).chosen().unwrap_or_else(|e| panic!("{e}")).hash().unwrap();
        let stored = hash("482913");
        assert!(stored.starts_with("$argon2id$v=19$m=7168,t=5,p=1$"), "{stored}");
        assert_ne!(stored, hash("482913"), "the salt is fresh");
        assert_eq!(Pin::given("482913").is(&stored), Ok(true));
        assert_eq!(Pin::given("482914").is(&stored), Ok(false));
        assert_eq!(Pin::given("").is(&stored), Ok(false));
        assert_eq!(Pin::given("4".repeat(10_000_000)).is(&stored), Ok(false));
    }

    #[test]
    fn a_hash_of_other_parameters_still_reads_and_a_damaged_one_does_not() {
        let salt = Salt::new(b"sixteen bytes ok").unwrap();
        let params = Params::new(64, 1, 1, None).unwrap();
        let output = digest("482913", &salt, params.clone()).unwrap();
        let stored = PasswordHash {
            algorithm: Algorithm::Argon2id.ident(),
            version: Some(Version::V0x13.into()),
            params: ParamsString::try_from(&params).unwrap(),
            salt: Some(salt),
            hash: Some(output),
        }
        .to_string();
        assert_eq!(Pin::given("482913").is(&stored), Ok(true));
        for damage in [
            String::new(),
            "482913".to_owned(),
            stored.replace("argon2id", "argon2i"),
            stored.replace("m=64", "m=4194304"),
            stored.replace("t=1", "t=4000000000"),
            stored.replace("v=19", "v=16"),
            stored.rsplit_once('$').unwrap().0.to_owned(),
        ] {
            assert_eq!(Pin::given("482913").is(&damage), Err(Unreadable), "{damage}");
        }
    }

    /// Runs alone in a process of its own, since other tests take memory too.
    #[test]
    fn checks_leave_no_memory_behind() {
        const ALONE: &str = "TRAVELLER_TEST_ALONE";
        if std::env::var_os(ALONE).is_none() {
            let me = std::env::current_exe().unwrap();
            let name = "station::pin::tests::checks_leave_no_memory_behind";
            let child = std::process::Command::new(me).args(["--exact", name]).env(ALONE, "1").output().unwrap();
            assert!(child.status.success(), "{}", String::from_utf8_lossy(&child.stdout));
            return;
        }
        let resident_kib = || {
            let status = std::fs::read_to_string("/proc/self/status").unwrap();
            let line = status.lines().find(|l| l.starts_with("RssAnon:")).unwrap();
            line.split_whitespace().nth(1).unwrap().parse::<usize>().unwrap()
        };
        let before = resident_kib();
        let stored = Pin::given("482913").chosen().unwrap_or_else(|e| panic!("{e}")).hash().unwrap();
        for _ in 0..4 {
            let stored = stored.clone();
            let check = super::super::threads::spawn("pin", move || Pin::given("482913").is(&stored));
            assert_eq!(check.unwrap().join().unwrap(), Ok(true));
        }
        let kept = resident_kib().saturating_sub(before);
        assert!(kept < 2 * 1_024, "{kept} KiB stayed resident");
    }
}
