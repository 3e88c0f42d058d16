//! A barcode, module by module. A module is the width of the narrowest bar.

use code128::Code128;
use datamatrix::{DataMatrix, SymbolList};
use qrcodegen::{QrCode, QrCodeEcc};

use crate::app::port::Fault;

/// Sorts of barcodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Symbology {
    /// Bars, for any scanner: ISO/IEC 15417.
    Code128,
    /// A square, for scanners that take pictures: ISO/IEC 16022, ECC 200.
    DataMatrix,
    /// A square that every telephone reads: ISO/IEC 18004.
    QrCode,
}

/// One barcode.
#[derive(Debug)]
pub(in crate::report) struct Symbol {
    pub(in crate::report) symbology: Symbology,
    /// Dark modules, row by row. Bars are one row.
    pub(in crate::report) rows: Vec<Vec<bool>>,
}

impl Symbol {
    pub(in crate::report) fn of(text: &str, symbology: Symbology) -> Result<Self, Fault> {
        let rows = match symbology {
            Symbology::Code128 => vec![bars(text)],
            Symbology::DataMatrix => square(text)?,
            Symbology::QrCode => quick_response(text)?,
        };
        Ok(Self { symbology, rows })
    }

    /// Modules from left to right, without the quiet zone.
    pub(in crate::report) fn width(&self) -> usize {
        self.rows.first().map_or(0, Vec::len)
    }

    /// Modules that must stay blank at each side: ten beside bars, one around a Data Matrix, four around a QR code by
    /// the standards; two instead of one look better on a bad printer.
    pub(in crate::report) fn quiet(&self) -> usize {
        match self.symbology {
            Symbology::Code128 => 10,
            Symbology::DataMatrix => 2,
            Symbology::QrCode => 4,
        }
    }
}

fn bars(text: &str) -> Vec<bool> {
    let code = Code128::encode(text.as_bytes());
    let bar = |b: code128::Bar| [(true, b.width), (false, b.space)];
    code.bars().flat_map(bar).flat_map(|(dark, width)| std::iter::repeat_n(dark, usize::from(width))).collect()
}

fn square(text: &str) -> Result<Vec<Vec<bool>>, Fault> {
    let code = DataMatrix::encode(text.as_bytes(), SymbolList::default().enforce_square())
        .map_err(|e| Fault::new(format!("{text:?} fits no Data Matrix: {e:?}"), "this is an error of Traveller"))?;
    let map = code.bitmap();
    let mut rows = vec![vec![false; map.width()]; map.height()];
    for (x, y) in map.pixels() {
        if let Some(module) = rows.get_mut(y).and_then(|row| row.get_mut(x)) {
            *module = true;
        }
    }
    Ok(rows)
}

/// With about one word in seven to spare, so that a fold or a stain does no harm.
fn quick_response(text: &str) -> Result<Vec<Vec<bool>>, Fault> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium)
        .map_err(|e| Fault::new(format!("{text:?} fits no QR code: {e}"), "this is an error of Traveller"))?;
    let row = |y| (0..code.size()).map(|x| code.get_module(x, y)).collect();
    Ok((0..code.size()).map(row).collect())
}
