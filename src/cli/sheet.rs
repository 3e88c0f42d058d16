//! `traveller sheet`: the sheet of command barcodes.

use super::args::SheetArgs;
use super::context::Context;
use super::failure::{Failure, Outcome};
use crate::app::lang::Lang;
use crate::report::sheet::card::Sheet;
use crate::report::sheet::{plain, svg};

pub(super) fn run(cx: &mut Context<'_>, args: &SheetArgs) -> Result<Outcome, Failure> {
    let languages = args.lang.map_or_else(|| Lang::ALL.to_vec(), |lang| vec![lang]);
    let sheet = Sheet::new(&languages, args.symbology)?;
    let page = if args.svg { svg::svg(&sheet) } else { plain::text(&sheet) };
    cx.out.write_all(page.as_bytes())?;
    Ok(Outcome::Done)
}
