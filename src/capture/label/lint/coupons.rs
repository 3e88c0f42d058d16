//! Coupons of North America: digits, many parts of which begin with their own length (GS1 US, North American Coupon
//! Application Guideline).

use std::ops::RangeInclusive;

use super::sets::Set;
use super::{checks, dates};
use crate::capture::label::flaw::Flaw;

/// Digits of an offer code.
const OFFER: usize = 6;
/// Digits of a family code.
const FAMILY: usize = 3;
/// Digits of a date.
const DATE: usize = 6;
/// What a length of a company prefix or a serial number counts from.
const FROM: usize = 6;

/// What is left of a coupon.
struct Rest<'t>(&'t str);

impl<'t> Rest<'t> {
    fn take(&mut self, digits: usize) -> Result<&'t str, Flaw> {
        let (taken, rest) = self.0.split_at_checked(digits).ok_or(Flaw::BadCoupon)?;
        self.0 = rest;
        Ok(taken)
    }

    fn one_of(&mut self, digits: &str) -> Result<&'t str, Flaw> {
        let digit = self.take(1)?;
        if digits.contains(digit) { Ok(digit) } else { Err(Flaw::BadCoupon) }
    }

    /// A digit that says how many follow, counted from a number, and those.
    fn counted(&mut self, allowed: RangeInclusive<usize>, from: usize) -> Result<&'t str, Flaw> {
        let length: usize = self.take(1)?.parse().map_err(|_no_digit| Flaw::BadCoupon)?;
        if !allowed.contains(&length) {
            return Err(Flaw::BadCoupon);
        }
        self.take(length.saturating_add(from))
    }

    /// Whether the optional part of that number follows; its number is then taken.
    fn has(&mut self, number: char) -> bool {
        let rest = self.0.strip_prefix(number);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    /// What must be bought: how much, of what kind, of which family.
    fn purchase(&mut self) -> Result<(), Flaw> {
        self.counted(1..=5, 0)?;
        self.one_of("012349")?;
        self.take(FAMILY).map(|_family| ())
    }

    /// What must be bought too, and whose; 9 is of no other company.
    fn other_purchase(&mut self) -> Result<(), Flaw> {
        self.purchase()?;
        if self.has('9') {
            return Ok(());
        }
        self.prefix()
    }

    fn prefix(&mut self) -> Result<(), Flaw> {
        checks::prefix(self.counted(0..=6, FROM)?)
    }

    fn date(&mut self) -> Result<&'t str, Flaw> {
        let date = self.take(DATE)?;
        dates::date(date).map_err(|_bad| Flaw::BadCoupon)?;
        Ok(date)
    }

    fn end(&self) -> Result<(), Flaw> {
        if self.0.is_empty() { Ok(()) } else { Err(Flaw::BadCoupon) }
    }
}

/// The coupon of identifier 8110.
pub(super) fn coupon(text: &str) -> Result<(), Flaw> {
    Set::Digits.check(text)?;
    let mut rest = Rest(text);
    rest.prefix()?;
    rest.take(OFFER)?;
    rest.counted(1..=5, 0)?;
    rest.purchase()?;
    if rest.has('1') {
        rest.one_of("0123")?;
        rest.other_purchase()?;
    }
    if rest.has('2') {
        rest.other_purchase()?;
    }
    let expiry = if rest.has('3') { Some(rest.date()?) } else { None };
    let start = if rest.has('4') { Some(rest.date()?) } else { None };
    if expiry.zip(start).is_some_and(|(expiry, start)| expiry < start) {
        return Err(Flaw::BadCoupon);
    }
    if rest.has('5') {
        rest.counted(0..=9, FROM)?;
    }
    if rest.has('6') {
        rest.counted(1..=7, FROM)?;
    }
    if rest.has('9') {
        rest.one_of("01256")?;
        rest.one_of("012")?;
        rest.take(1)?;
        rest.one_of("01")?;
    }
    rest.end()
}

/// The coupon of identifier 8112.
pub(super) fn offer(text: &str) -> Result<(), Flaw> {
    Set::Digits.check(text)?;
    let mut rest = Rest(text);
    rest.one_of("01")?;
    rest.prefix()?;
    rest.take(OFFER)?;
    rest.counted(0..=9, FROM)?;
    rest.end()
}
