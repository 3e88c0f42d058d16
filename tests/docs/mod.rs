//! The pages of `docs/` and of `packaging/`, and the README: what they tell a person to type is there, and does what
//! they say.
//!
//! [`pages`] looks at the pages, [`run`] runs each command of each page in its order, on the [`desk`] with the plant
//! that `pages.toml` names for it, [`setting`] reads that file.

mod desk;
mod pages;
mod run;
mod setting;
