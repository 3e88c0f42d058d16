//! Why a scan counts for nothing, as the middle of a sentence, and what helps where scanning again does not.

use crate::app::lang::Lang;
use crate::domain::label::Loss;
use crate::domain::refusal::Evidence;

/// What is wrong with the label or the scan.
pub(super) fn why(lang: Lang, of: &Evidence) -> Option<String> {
    if let Some(loss) = of.lost {
        return Some(lost(lang, loss).to_owned());
    }
    let flaw = of.flaw.as_deref()?;
    Some(match of.field.as_deref() {
        Some(key) => format!("{} in {}", broken(lang, flaw), field(lang, key)),
        None => broken(lang, flaw),
    })
}

/// What helps where the scanner itself is wrong.
pub(super) fn remedy(lang: Lang, of: &Evidence) -> Option<String> {
    let text = match (of.lost?, lang) {
        (Loss::DeadKey | Loss::UnknownKey, Lang::English) => {
            "Take another scanner and call a technician: traveller doctor scanners."
        }
        (Loss::DeadKey | Loss::UnknownKey, Lang::German) => {
            "Anderen Scanner nehmen und einen Techniker rufen: traveller doctor scanners."
        }
        (Loss::Removed, Lang::English) => "Plug the scanner in, then scan again.",
        (Loss::Removed, Lang::German) => "Scanner anstecken, dann noch einmal scannen.",
        (Loss::Overrun | Loss::NoEnd | Loss::TooLong, _) => return None,
    };
    Some(text.to_owned())
}

/// A field of a label, as people call it.
pub(super) fn field(lang: Lang, key: &str) -> String {
    // Application Identifiers are numbers, data identifiers end in a letter.
    match (key.bytes().all(|b| b.is_ascii_digit()), lang) {
        (true, _) => format!("AI {key}"),
        (false, Lang::English) => format!("field {key}"),
        (false, Lang::German) => format!("Feld {key}"),
    }
}

fn lost(lang: Lang, loss: Loss) -> &'static str {
    match (loss, lang) {
        (Loss::Overrun, Lang::English) => "some of its characters were lost",
        (Loss::Overrun, Lang::German) => "Zeichen gingen verloren",
        (Loss::NoEnd, Lang::English) => "the scan stopped before its end",
        (Loss::NoEnd, Lang::German) => "der Scan brach vor dem Ende ab",
        (Loss::Removed, Lang::English) => "the scanner was unplugged in the middle",
        (Loss::Removed, Lang::German) => "der Scanner wurde mittendrin getrennt",
        (Loss::DeadKey | Loss::UnknownKey, Lang::English) => "the scanner's layout is wrong",
        (Loss::DeadKey | Loss::UnknownKey, Lang::German) => "das Tastaturlayout des Scanners stimmt nicht",
        (Loss::TooLong, Lang::English) => "it is longer than any label",
        (Loss::TooLong, Lang::German) => "es ist länger als jedes Etikett",
    }
}

/// A rule that a label breaks. The words of the reader are English already.
fn broken(lang: Lang, flaw: &str) -> String {
    match lang {
        Lang::English => flaw.replace('-', " "),
        Lang::German => GERMAN.iter().find(|(word, _)| *word == flaw).map_or(flaw, |(_, text)| *text).to_owned(),
    }
}

/// The rules that a label can break, in German.
const GERMAN: &[(&str, &str)] = &[("bad-check-digit", "falsche Prüfziffer")];
