//! One table of the file: what it holds is read by key, and what is wrong with a key is noted down at its place.

use std::ops::{Range, RangeInclusive};
use std::str::FromStr;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::domain::id::BadId;

use super::form::{Form, ROUTE};
use super::remarks::Remarks;
use super::source::{listed, quoted};
use super::value::{self, Called, Value};
use crate::domain::nearest::nearest;

/// A table of the file that has the keys of its form and no others.
pub(super) struct Table<'t> {
    form: &'static Form,
    entries: &'t DeTable<'t>,
    span: Range<usize>,
}

impl<'t> Table<'t> {
    /// Opens a table. Unknown and missing keys are noted down.
    pub(super) fn open(
        form: &'static Form,
        entries: &'t DeTable<'t>,
        span: Range<usize>,
        to: &mut Remarks<'_>,
    ) -> Self {
        let mut misspelt = Vec::new();
        for key in entries.keys() {
            let name: &str = key.get_ref();
            if to.are_enough() {
                break;
            }
            if !form.keys().any(|k| k == name) {
                to.wrong(&key.span(), format!("{} is no key of {}", quoted(name), form.noun), instead_of(name, form));
                misspelt.extend(nearest(name, form.keys()));
            }
        }
        for (name, example) in form.needs {
            if !entries.contains_key(*name) && !misspelt.contains(name) {
                to.wrong(&span, format!("{} needs `{name}`", form.noun), format!("`{example}`"));
            }
        }
        Self { form, entries, span }
    }

    /// Where the table begins.
    pub(super) fn span(&self) -> &Range<usize> {
        &self.span
    }

    /// Whether it has a key.
    pub(super) fn has(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    /// The value of a key, and where it is.
    pub(super) fn value(&self, key: &str) -> Option<&'t Value<'t>> {
        self.entries.get(key)
    }

    /// Where a key is, or else the table.
    pub(super) fn key_span(&self, key: &str) -> Range<usize> {
        self.entries.get_key_value(key).map_or_else(|| self.span.clone(), |(k, _)| k.span())
    }

    /// A text of at most so many characters.
    pub(super) fn text(&self, to: &mut Remarks<'_>, key: &str, most: usize) -> Option<Spanned<&'t str>> {
        value::text(to, &self.called(key), self.value(key)?, most)
    }

    /// A text that has the form of some sort of identifier.
    pub(super) fn id<T: FromStr<Err = BadId>>(&self, to: &mut Remarks<'_>, key: &str) -> Option<Spanned<T>> {
        value::id(to, &self.called(key), self.value(key)?)
    }

    /// One of a few words.
    pub(super) fn word<T: Copy>(&self, to: &mut Remarks<'_>, key: &str, words: &[(&str, T)]) -> Option<Spanned<T>> {
        let value = self.value(key)?;
        let Some(text) = value.get_ref().as_str() else { return value::another_type(to, &self.called(key), value) };
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, t)| Spanned::new(value.span(), *t));
        if found.is_none() {
            let all = || words.iter().map(|(word, _)| *word);
            let write = nearest(text, all()).map_or_else(|| format!("one of {}", listed(all())), quoted);
            to.wrong(&value.span(), format!("`{key}` cannot be {}", quoted(text)), write);
        }
        found
    }

    /// A whole number within a range.
    pub(super) fn count(&self, to: &mut Remarks<'_>, key: &str, range: RangeInclusive<u32>) -> Option<Spanned<u32>> {
        value::count(to, &self.called(key), self.value(key)?, range)
    }

    /// True or false.
    pub(super) fn flag(&self, to: &mut Remarks<'_>, key: &str) -> Option<Spanned<bool>> {
        let value = self.value(key)?;
        match value.get_ref().as_bool() {
            Some(flag) => Some(Spanned::new(value.span(), flag)),
            None => value::another_type(to, &self.called(key), value),
        }
    }

    /// The values of a list, at most so many; none where the key is absent.
    pub(super) fn list(&self, to: &mut Remarks<'_>, key: &str, most: usize) -> &'t [Value<'t>] {
        let Some(value) = self.value(key) else { return &[] };
        let DeValue::Array(all) = value.get_ref() else {
            value::another_type::<()>(to, &self.called(key), value);
            return &[];
        };
        if let Some(first_beyond) = all.get(most) {
            to.wrong(&first_beyond.span(), format!("`{key}` has {} entries", all.len()), format!("at most {most}"));
        }
        all.get(..most).unwrap_or(all)
    }

    /// A list of texts, each of at most so many characters, none twice.
    pub(super) fn texts(&self, to: &mut Remarks<'_>, key: &str, most: usize, chars: usize) -> Vec<Spanned<&'t str>> {
        let mut texts: Vec<Spanned<&'t str>> = Vec::new();
        for value in self.list(to, key, most) {
            let Some(text) = value::text(to, &self.called(key), value, chars) else { continue };
            if texts.iter().any(|t| t.get_ref() == text.get_ref()) {
                to.wrong(&text.span(), format!("{} is there twice", quoted(text.get_ref())), "it once");
            }
            texts.push(text);
        }
        texts
    }

    /// A list of identifiers, none twice.
    pub(super) fn ids<T>(&self, to: &mut Remarks<'_>, key: &str, most: usize) -> Vec<Spanned<T>>
    where
        T: FromStr<Err = BadId> + PartialEq + AsRef<str>,
    {
        let mut ids: Vec<Spanned<T>> = Vec::new();
        for value in self.list(to, key, most) {
            let Some(id) = value::id::<T>(to, &self.called(key), value) else { continue };
            if ids.iter().any(|known| known.get_ref() == id.get_ref()) {
                to.wrong(&id.span(), format!("{} is there twice", quoted(id.get_ref().as_ref())), "it once");
            }
            ids.push(id);
        }
        ids
    }

    /// The table of a key.
    pub(super) fn table(&self, to: &mut Remarks<'_>, key: &str, form: &'static Form) -> Option<Table<'t>> {
        self.one_table(to, key, self.value(key)?, form)
    }

    /// The tables of a key that heads several (`[[step]]`), at most so many.
    pub(super) fn tables(&self, to: &mut Remarks<'_>, key: &str, form: &'static Form, most: usize) -> Vec<Table<'t>> {
        let all = self.list(to, key, most);
        all.iter().filter_map(|value| self.one_table(to, key, value, form)).collect()
    }

    /// What a table holds whose keys are names (`[part.NUMBER]`), at most so many; none where the key is absent.
    pub(super) fn named(&self, to: &mut Remarks<'_>, key: &str, most: usize) -> Vec<(Spanned<&'t str>, &'t Value<'t>)> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let DeValue::Table(all) = value.get_ref() else {
            value::another_type::<()>(to, &self.called(key), value);
            return Vec::new();
        };
        let mut entries: Vec<_> = all.iter().map(|(k, v)| (Spanned::new(k.span(), k.get_ref().as_ref()), v)).collect();
        entries.sort_by_key(|(name, _)| name.span().start);
        if let Some((name, _)) = entries.get(most) {
            to.wrong(&name.span(), format!("`{key}` has {} entries", entries.len()), format!("at most {most}"));
        }
        entries.truncate(most);
        entries
    }

    fn one_table(
        &self,
        to: &mut Remarks<'_>,
        key: &str,
        value: &'t Value<'t>,
        form: &'static Form,
    ) -> Option<Table<'t>> {
        let Some(entries) = value.get_ref().as_table() else {
            return value::another_type(to, &self.called(key), value);
        };
        Some(Table::open(form, entries, value.span(), to))
    }

    /// What a key is called, and how it is written.
    fn called<'c>(&self, key: &'c str) -> Called<'c> {
        Called { name: key, example: self.form.example(key) }
    }
}

/// What to write instead of an unknown key.
fn instead_of(name: &str, form: &Form) -> String {
    if let Some(near) = nearest(name, form.keys()) {
        quoted(near)
    } else if ROUTE.keys().any(|k| k == name) {
        // TOML counts a key to the table above it.
        "it above the first table, with the other keys of the route".to_owned()
    } else {
        format!("one of {}", listed(form.keys()))
    }
}

#[cfg(test)]
mod tests {
    use crate::route_file::testing::{SOUND, found, found_with};

    #[test]
    fn the_sound_route_has_no_finding() {
        assert_eq!(found(SOUND), Vec::<String>::new());
    }

    #[test]
    fn an_unknown_key_is_named_with_the_nearest_known_one() {
        assert_eq!(
            found_with("title = \"Pump\"", "titel = \"Pump\""),
            ["4:1: `titel` is no key of a route; write `title`"]
        );
        assert_eq!(
            found_with("second = true", "witness = true"),
            ["67:1: `witness` is no key of a sign-off; write one of `role`, `meaning`, `second`"],
        );
        assert_eq!(
            found_with("start = \"twice\"", "order = \"none\""),
            ["10:1: `order` is no key of the identifier; \
                 write it above the first table, with the other keys of the route"],
        );
    }

    #[test]
    fn a_missing_key_is_named_at_its_table() {
        assert_eq!(found_with("revision = \"A\"\n", ""), ["1:1: a route needs `revision`; write `revision = \"A\"`"]);
        assert_eq!(
            found_with("meaning = \"accepted\"\n", ""),
            ["64:1: a sign-off needs `meaning`; write `meaning = \"tested and accepted\"`"],
        );
        assert_eq!(found("").len(), 5);
    }

    #[test]
    fn a_word_is_one_of_a_few() {
        assert_eq!(
            found_with("order = \"none\"", "order = \"require\""),
            ["5:9: `order` cannot be `require`; write `required`"]
        );
        assert_eq!(
            found_with("order = \"none\"", "order = \"of course\""),
            ["5:9: `order` cannot be `of course`; write one of `required`, `none`"],
        );
        assert_eq!(
            found_with("order = \"none\"", "order = true"),
            ["5:9: `order` cannot be true or false; write `order = \"none\"`"]
        );
    }

    #[test]
    fn a_list_has_no_entry_twice_and_not_too_many() {
        assert_eq!(found_with("[\"P-1\"]", "[\"P-1\", \"P-1\"]"), ["3:19: `P-1` is there twice; write it once"]);
        assert_eq!(
            found_with("[\"P-1\"]", "\"P-1\""),
            ["3:11: `product` cannot be a text; write `product = [\"PC-200\"]`"]
        );
        assert_eq!(
            found_with("points = [\"A\", \"B\"]", "points = [\"A\", \"A\", 3]"),
            [
                "38:16: `A` is there twice; write it once",
                "38:21: `points` cannot be a whole number; write `points = [\"A\", \"B\"]`"
            ],
        );
        let many: Vec<String> = (0..25).map(|n| format!("\"P{n}\"")).collect();
        assert_eq!(
            found_with("points = [\"A\", \"B\"]", &format!("points = [\n{}]", many.join(",\n"))),
            ["63:1: `points` has 25 entries; write at most 24"],
        );
    }

    #[test]
    fn a_table_where_a_list_of_tables_belongs_is_shown_how() {
        let text = SOUND
            .replace("[[step.check]]\nid = \"visual\"\nkind = \"confirm\"", "")
            .replace("[[step.check]]\nid = \"torque\"", "[step.check]\nid = \"torque\"");
        assert_eq!(found(&text), ["34:1: `check` cannot be a table; write `[[step.check]]`"]);
        assert_eq!(
            found_with("[defect]\nLEAK = \"Leaks\"", "[[defect]]\nLEAK = \"Leaks\""),
            ["19:1: `defect` cannot be a list; write `[defect]`"],
        );
    }
}
