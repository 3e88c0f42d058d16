//! What was found, as one page for a browser. It loads nothing and runs nothing.

use super::content::Told;
use super::sections::{facts, sections};
use crate::report::shift::html::{begin, write_facts, write_section};

/// The page.
pub fn page(told: &Told<'_>) -> String {
    let mut page = begin("Traceability gap check");
    write_facts(&mut page, &facts(told));
    for section in sections(told) {
        write_section(&mut page, &section);
    }
    page.push_str("</body>\n</html>\n");
    page
}
