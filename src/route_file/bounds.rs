//! How large a route file and its parts may be. Far beyond any real route, and small enough that a hostile file is
//! refused at once.

/// Bytes of a file.
pub const FILE_BYTES_MOST: usize = 64 * 1024;
/// Findings that are reported of one file.
pub const FINDINGS_MOST: usize = 50;

/// Steps of a route.
pub const STEPS_MOST: usize = 100;
/// Checks of a step.
pub const CHECKS_MOST: usize = 40;
/// Points of a check.
pub const POINTS_MOST: usize = 24;
/// Answers of a choice, passing and failing ones together.
pub const ANSWERS_MOST: usize = 20;
/// Parts of a route.
pub const PARTS_MOST: usize = 100;
/// Parts that one step uses.
pub const USES_MOST: usize = 20;
/// Parts that may take the place of another one.
pub const ALTERNATES_MOST: usize = 10;
/// Numbers on suppliers' labels that stand for one part.
pub const SUPPLIER_PARTS_MOST: usize = 10;
/// Pieces of one part that one step uses.
pub const PIECES_MOST: u32 = 1_000;
/// Products of a route.
pub const PRODUCTS_MOST: usize = 40;
/// Variants of a route.
pub const VARIANTS_MOST: usize = 20;
/// Values of a variant.
pub const VARIANT_VALUES_MOST: usize = 20;
/// Reasons of failure of a route.
pub const DEFECTS_MOST: usize = 60;
/// Reasons for a retest.
pub const REASONS_MOST: usize = 20;
/// Steps that rework may go back to.
pub const REWORK_MOST: usize = 20;
/// Steps of a group.
pub const GROUP_MOST: usize = 20;
/// Steps whose people may not do another one.
pub const NOT_BY_MOST: usize = 20;
/// Gauges of a step.
pub const GAUGES_MOST: usize = 10;

/// Characters of a title: it stands on one line of an 80 column screen, beside what it is the title of.
pub const TITLE_CHARS_MOST: usize = 40;
/// Characters of a step's instructions: three lines of a screen.
pub const INSTRUCTIONS_CHARS_MOST: usize = 240;
/// Characters of a document's name.
pub const DOCUMENT_CHARS_MOST: usize = 40;
/// Characters of a short text: a product, a reason, an answer, a meaning, a value.
pub const SHORT_CHARS_MOST: usize = 40;
/// Characters that a scanned label must say.
pub const EQUALS_CHARS_MOST: usize = 128;

/// Times that a unit may go back, where the route names a limit.
pub(super) const REWORK_LOOPS_MOST: u32 = 100;
/// Failed attempts before a step is not tried again. It is finite, so every rework loop ends.
pub const ATTEMPTS_MOST: u32 = 20;
/// Failed attempts where the route does not say.
pub const ATTEMPTS_DEFAULT: u32 = 3;
/// Attempts that an operator may begin himself.
pub const RETESTS_MOST: u32 = 9;
/// Golden samples of one sort.
pub const GOLDEN_MOST: usize = 10;
/// Minutes between two steps: a year.
pub const MINUTES_MOST: u32 = 525_600;
/// Minutes that a lot may stay open: a year.
pub const FLOOR_MINUTES_MOST: u32 = 525_600;
/// Pieces that may be drawn from a loaded lot beyond what the book says.
pub const OVERRUN_MOST: u32 = 100_000;
/// One in so many units is sampled.
pub const SAMPLE_MOST: u32 = 10_000;
/// Units that must pass in a row before a failure is forgotten.
pub const TIGHTENED_MOST: u32 = 1_000;
/// The same where the route does not say.
pub const TIGHTENED_DEFAULT: u32 = 5;
/// Units that may be open at once.
pub const NESTS_MOST: u32 = 64;
/// Units that a load may have.
pub const LOAD_MOST: u32 = 256;
/// Months between reviews.
pub const REVIEW_MONTHS_MOST: u32 = 60;

/// Patterns of a file, whatever they are for.
pub const PATTERNS_MOST: usize = 60;
/// Bytes of the automaton of one pattern. A real one takes one or two thousand.
pub const AUTOMATON_BYTES_MOST: usize = 32 * 1024;
/// Bytes of the automata of one file together.
pub const AUTOMATA_BYTES_MOST: usize = 256 * 1024;
/// Pairs of states that the proof of disjoint labels looks at, for each file. Two real patterns part after a few.
pub const PAIRS_MOST: usize = 20_000;
/// Characters of an identifier.
pub const IDENTIFIER_CHARS_MOST: usize = 64;
