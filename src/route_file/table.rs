//! One table of the file: what it holds is read by key, and what is wrong with a key is noted down at its place.

use std::ops::{Range, RangeInclusive};
use std::str::FromStr;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::domain::id::BadId;

use super::form::{Form, ROUTE};
use super::nearest::nearest;
use super::remarks::Remarks;
use super::source::{listed, quoted};
use super::value::{self, Called, Value};

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
