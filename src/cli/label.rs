//! `traveller label`: what labels say, a JSON object for each. It needs no ledger.

use std::io::{self, BufRead, Read as _};

use serde::Serialize;

use super::args::LabelArgs;
use super::context::Context;
use super::failure::{Failure, Outcome};
use super::output::json_line;
use crate::app::port::Fault;
use crate::capture::label::flaw::Flaw;
use crate::capture::label::read;
use crate::domain::label::{LABEL_BYTES_MOST, Label};
use crate::domain::structured::{Broken, Field, Syntax};

/// What a label says, as scripts read it.
#[derive(Serialize, Default)]
struct Said<'l> {
    kind: Kind,
    symbology: Option<&'l str>,
    /// Application Identifiers and what they say.
    gs1: Vec<(&'l str, &'l str)>,
    /// Data identifiers and what they say.
    fields: Vec<(&'l str, &'l str)>,
    error: Option<String>,
}

#[derive(Serialize, Default, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Gs1,
    Iso15434,
    DigitalLink,
    #[default]
    Plain,
}

pub(super) fn run(cx: &mut Context<'_>, args: &LabelArgs) -> Result<Outcome, Failure> {
    let end = if args.null { 0 } else { b'\n' };
    let mut input = io::stdin().lock();
    while let Some(line) = next(&mut input, end).map_err(|error| unreadable(&error))? {
        let label = read(Label::read(&line));
        json_line(cx.out, &Said::of(&label))?;
        cx.out.flush()?;
    }
    Ok(Outcome::Done)
}

fn unreadable(error: &io::Error) -> Failure {
    let what = format!("the input cannot be read: {error}");
    Failure::from(Fault::new(what, "give the labels on stdin, one a line"))
}

/// The next label without its end; of an overlong one, as much as shows that it is.
fn next(input: &mut impl BufRead, end: u8) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    // Room for CR and the end, and a byte that shows that there is more.
    let most = u64::try_from(LABEL_BYTES_MOST).unwrap_or(u64::MAX).saturating_add(3);
    if input.by_ref().take(most).read_until(end, &mut line)? == 0 {
        return Ok(None);
    }
    if line.last() == Some(&end) {
        line.pop();
    } else {
        input.skip_until(end)?;
    }
    if end == b'\n' && line.last() == Some(&b'\r') {
        line.pop();
    }
    Ok(Some(line))
}

impl<'l> Said<'l> {
    fn of(label: &'l Label) -> Self {
        let unread = |why: String| Self { error: Some(why), ..Self::default() };
        match label {
            Label::Text(_) | Label::SelfTest(_) => Self::default(),
            Label::Structured(label) => {
                let symbology = label.symbology.as_deref();
                let (gs1, fields) = match label.syntax {
                    Syntax::Gs1 | Syntax::DigitalLink => (pairs(&label.fields), Vec::new()),
                    Syntax::Plain | Syntax::Iso15434 => (Vec::new(), pairs(&label.fields)),
                };
                Self { kind: Kind::of(label.syntax), symbology, gs1, fields, error: None }
            }
            Label::Broken(label) => Self {
                kind: Kind::of(label.syntax),
                symbology: label.symbology.as_deref(),
                error: Some(in_words(label)),
                ..Self::default()
            },
            Label::Unsafe(_) => unread("it has control characters that no label has".to_owned()),
            Label::NotText(_) => unread("it is no UTF-8".to_owned()),
            Label::TooLong(_) => unread(format!("it is longer than {LABEL_BYTES_MOST} bytes")),
            Label::Empty => unread("it is empty".to_owned()),
            Label::Lost(_) => unread("it may lack characters".to_owned()),
        }
    }
}

impl Kind {
    const fn of(syntax: Syntax) -> Self {
        match syntax {
            Syntax::Plain => Self::Plain,
            Syntax::Gs1 => Self::Gs1,
            Syntax::DigitalLink => Self::DigitalLink,
            Syntax::Iso15434 => Self::Iso15434,
        }
    }
}

fn pairs(fields: &[Field]) -> Vec<(&str, &str)> {
    fields.iter().map(|field| (field.key.as_str(), field.value.as_str())).collect()
}

/// What is wrong, and where.
fn in_words(label: &Broken) -> String {
    let flaw = Flaw::of(&label.flaw).map_or_else(|| label.flaw.clone(), |flaw| flaw.to_string());
    match &label.key {
        Some(key) => format!("({key}): {flaw}"),
        None => flaw,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_come_without_their_ends_and_overlong_ones_are_cut_not_split() {
        let mut input: &[u8] = b"A\x1dB\r\n\nC";
        let all: Vec<Vec<u8>> = std::iter::from_fn(|| next(&mut input, b'\n').unwrap()).collect();
        assert_eq!(all, [b"A\x1dB".to_vec(), Vec::new(), b"C".to_vec()]);
        let mut long = vec![b'x'; LABEL_BYTES_MOST * 3];
        long.extend(b"\0B\r\n\0");
        let mut input = long.as_slice();
        let all: Vec<Vec<u8>> = std::iter::from_fn(|| next(&mut input, 0).unwrap()).collect();
        assert_eq!(all.len(), 2);
        assert!(all[0].len() > LABEL_BYTES_MOST && all[1] == b"B\r\n");
    }

    #[test]
    fn the_longest_label_is_read_whole() {
        let mut long = vec![b'x'; LABEL_BYTES_MOST];
        long.extend(b"\r\nB");
        let mut input = long.as_slice();
        assert_eq!(next(&mut input, b'\n').unwrap().map(|line| line.len()), Some(LABEL_BYTES_MOST));
        assert_eq!(next(&mut input, b'\n').unwrap(), Some(b"B".to_vec()));
    }
}
