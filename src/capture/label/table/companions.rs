//! Sets of identifiers of which another one needs at least one beside it.

/// Any of these groups, each whole.
pub type Needs = &'static [&'static [&'static str]];

/// What a batch, a date or a variant is of.
pub(super) const ITEM: Needs = &[&["01"], &["02"], &["03"], &["8006"], &["8026"]];
/// A trade item, or the contents of a logistic unit.
pub(super) const TRADE: Needs = &[&["01"], &["02"]];
/// A logistic unit or a trade item.
pub(super) const LOGISTIC: Needs = &[&["00"], &["01"]];
/// A logistic unit.
pub(super) const SSCC: Needs = &[&["00"]];
/// A trade item.
pub(super) const GTIN: Needs = &[&["01"]];
/// A trade item of any kind.
pub(super) const ANY_GTIN: Needs = &[&["01"], &["02"], &["03"]];
/// A service relation, of either side.
pub(super) const SERVICE: Needs = &[&["8017"], &["8018"]];
/// The recipient of a service.
pub(super) const RECIPIENT: Needs = &[&["8018"]];
/// A trade item or an asset.
pub(super) const CERTIFIED: Needs = &[&["01"], &["8004"]];
/// A trade item or a piece of one.
pub(super) const PIECE: Needs = &[&["01"], &["03"], &["8006"]];
/// A count or a measure.
pub(super) const COUNTED: Needs = &[&["30"], &["31nn"], &["32nn"], &["35nn"], &["36nn"]];
/// A trade item, made to order or not.
pub(super) const MADE: Needs = &[&["01"], &["03"]];
/// A serialised item with its first IMEI.
pub(super) const DEVICE: Needs = &[&["01", "21", "8040"]];
