//! Random names, from the system's generator: runs of the program, lives of a ledger, entries of the PIN file.

use crate::app::port::Fault;
use crate::domain::id::{BadId, Epoch, PinId, Session};
use crate::domain::label::hex;

/// A name for this run of the program.
pub fn session() -> Result<Session, Fault> {
    fresh(Session::parse)
}

/// A name for a new life of a ledger.
pub fn epoch() -> Result<Epoch, Fault> {
    fresh(Epoch::parse)
}

/// A name for an entry of the PIN file.
pub fn pin_id() -> Result<PinId, Fault> {
    fresh(PinId::parse)
}

/// A mark for a replica's target.
pub fn mark() -> Result<String, Fault> {
    Ok(hex(&bytes::<8>()?))
}

/// So many random bytes.
pub fn bytes<const N: usize>() -> Result<[u8; N], Fault> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|e| Fault::new(format!("the system gave no random numbers: {e}"), ASK))?;
    Ok(bytes)
}

const ASK: &str = "restart the device; if it stays so, call whoever looks after it";

/// Eight random bytes, as 16 hexadecimal digits.
fn fresh<T>(parse: impl Fn(&str) -> Result<T, BadId>) -> Result<T, Fault> {
    parse(&hex(&bytes::<8>()?)).map_err(|e| Fault::new(e.to_string(), ASK))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_names_are_the_same() {
        let names: std::collections::BTreeSet<_> = (0..64).map(|_| session().unwrap()).collect();
        assert_eq!(names.len(), 64);
        assert_ne!(epoch().unwrap(), epoch().unwrap());
    }
}
