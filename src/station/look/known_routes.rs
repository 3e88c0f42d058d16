//! The released routes that whoever looks meets, each read once.

use std::collections::HashMap;
use std::rc::Rc;

use crate::app::port::Fault;
use crate::domain::id::{Revision, RouteId};
use crate::domain::route::Route;
use crate::ledger::Reader;

/// Route revisions that are kept in mind at once.
const ROUTES_MOST: usize = 256;

/// The released routes that were met.
#[derive(Debug, Default)]
pub struct KnownRoutes(HashMap<(RouteId, Revision), Rc<Route>>);

impl KnownRoutes {
    /// A released revision. A unit that runs one has it; where it is gone or damaged, the ledger is.
    pub fn get(&mut self, reader: &Reader, route: &RouteId, revision: &Revision) -> Result<Rc<Route>, Fault> {
        let key = (route.clone(), revision.clone());
        if let Some(known) = self.0.get(&key) {
            return Ok(known.clone());
        }
        let text = reader.route_text(route, revision)?;
        let read = text.as_deref().and_then(crate::route_file::released).ok_or_else(|| {
            let what = format!("the released text of route {route} revision {revision} is missing or damaged");
            Fault::new(what, "run `traveller verify`")
        })?;
        if self.0.len() >= ROUTES_MOST {
            self.0.clear();
        }
        let read = Rc::new(read);
        self.0.insert(key, read.clone());
        Ok(read)
    }
}
