//! Whole sentences: the gate's answers, in a language, with times as the reader's clock shows them.

use super::label::Label;
use super::shop::Shop;
use super::{english, evidence, german, template};
use crate::app::lang::Lang;
use crate::domain::gate::decision::Did;
use crate::domain::id::{StepId, UnitId};
use crate::domain::refusal::{Code, Evidence};
use crate::domain::role::Role;
use crate::domain::route::{Check, CheckKind};
use crate::domain::time::{At, SECOND};
use crate::domain::what::Remark;

/// A language, and the reader's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Speech {
    /// The language.
    pub lang: Lang,
    /// Seconds that the reader's clock is ahead of UTC; none: times are told in UTC, and say so.
    pub utc_offset: Option<i32>,
}

impl Speech {
    /// What is wrong.
    pub fn message(self, code: Code, of: &Evidence) -> String {
        let template = match self.lang {
            Lang::English => english::message(code),
            Lang::German => german::message(code),
        };
        template::fill(template, &|name| evidence::field(self, of, name))
    }

    /// What to do about it: the next physical action first.
    pub fn what_to_do(self, code: Code, of: &Evidence) -> String {
        let template = match self.lang {
            Lang::English => english::what_to_do(code),
            Lang::German => german::what_to_do(code),
        };
        template::fill(template, &|name| evidence::field(self, of, name))
    }

    /// All that a refusal rests on, in one line.
    pub fn evidence(self, of: &Evidence) -> String {
        evidence::line(self, of)
    }

    /// A role, as people call it.
    pub fn role(self, role: Role) -> &'static str {
        match (role, self.lang) {
            (Role::Operator, Lang::English) => "operator",
            (Role::Inspector, Lang::English) => "inspector",
            (Role::Quality, Lang::English) => "quality",
            (Role::Lead, Lang::English) => "lead",
            (Role::Operator, Lang::German) => "Bediener",
            (Role::Inspector, Lang::German) => "Prüfer",
            (Role::Quality, Lang::German) => "Qualität",
            (Role::Lead, Lang::German) => "Schichtleiter",
        }
    }

    /// The value of an observation; yes and no as words.
    pub fn observed(self, check: &Check, value: &str) -> String {
        match (&check.kind, value) {
            (CheckKind::Confirm, "pass") => Label::Yes.text(self.lang).to_owned(),
            (CheckKind::Confirm, "fail") => Label::No.text(self.lang).to_owned(),
            _ => value.to_owned(),
        }
    }

    /// What there is to know about material.
    pub fn remark(self, remark: &Remark) -> String {
        let (word, short, earlier) = (Shop::Lot, Shop::BookShort, Shop::EarlierExpiry);
        let say = |label: Shop| label.text(self.lang);
        match remark {
            Remark::EarlierExpiry { lot, expires } => format!("{} {lot} {} {expires}", say(word), say(earlier)),
            Remark::BookShort { lot, left } => format!("{} {lot} {} {left}", say(word), say(short)),
        }
    }

    /// A moment, to the minute.
    pub fn time(self, at: At) -> String {
        let ahead = i64::from(self.utc_offset.unwrap_or(0)).saturating_mul(SECOND);
        let Ok(moment) = jiff::Timestamp::from_microsecond(at.0.saturating_add(ahead)) else { return at.to_string() };
        let local = jiff::tz::Offset::UTC.to_datetime(moment);
        let (month, day, hour, minute) = (local.month(), local.day(), local.hour(), local.minute());
        match (self.utc_offset, self.lang) {
            (None, _) => format!("{:04}-{month:02}-{day:02} {hour:02}:{minute:02} UTC", local.year()),
            (Some(_), Lang::English) => format!("{month:02}-{day:02} {hour:02}:{minute:02}"),
            (Some(_), Lang::German) => format!("{day:02}.{month:02}. {hour:02}:{minute:02}"),
        }
    }
}

/// What is wrong, with times in UTC.
pub fn message(lang: Lang, code: Code, of: &Evidence) -> String {
    Speech { lang, utc_offset: None }.message(code, of)
}

/// What to do about it, with times in UTC.
pub fn what_to_do(lang: Lang, code: Code, of: &Evidence) -> String {
    Speech { lang, utc_offset: None }.what_to_do(code, of)
}

/// The rule behind a refusal.
pub fn rule(lang: Lang, code: Code) -> &'static str {
    match lang {
        Lang::English => english::rule(code),
        Lang::German => german::rule(code),
    }
}

/// What was done.
pub fn did(lang: Lang, did: Did) -> &'static str {
    match lang {
        Lang::English => english::did(did),
        Lang::German => german::did(did),
    }
}

/// What was done, to which unit, at which step.
pub fn done(lang: Lang, what: Did, unit: Option<&UnitId>, step: Option<&StepId>) -> String {
    let word = match lang {
        Lang::English => "step",
        Lang::German => "Schritt",
    };
    let step = step.map(|s| format!(", {word} {s}")).unwrap_or_default();
    let unit = unit.map(|u| format!(": {u}{step}")).unwrap_or_default();
    format!("{}{unit}", did(lang, what))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::permit::{Hinders, Unhelpful};
    use crate::ui::glyph::{cells, on_every_console};
    use crate::ui::wrap::wrap;

    /// Lines that a sentence may take on the smallest screen, and on the usual one.
    const LINES_MOST: [(usize, usize); 2] = [(38, 5), (76, 3)];
    /// Cells that the place of an outcome has.
    const DID_CELLS: usize = 38;

    fn full() -> Evidence {
        Evidence {
            unit: Some("PC226-000417-0000-XX".parse().unwrap()),
            route: Some("pump-controller-200".parse().unwrap()),
            revision: Some("C".parse().unwrap()),
            step: Some("30".parse().unwrap()),
            due_step: Some("20".parse().unwrap()),
            due_station: Some("final-assembly".parse().unwrap()),
            station: Some("ASSEMBLY-12".parse().unwrap()),
            check: Some("torque-housing".parse().unwrap()),
            point: Some("A".parse().unwrap()),
            value: Some("123.456".to_owned()),
            limits: Some("2.000 .. 2.400 N.m".to_owned()),
            part: Some("PCB-0417-REV-C".parse().unwrap()),
            found_part: Some("PCB-0418-REV-A".parse().unwrap()),
            lot: Some("L-20261123-0042".parse().unwrap()),
            serial: Some("B0000417-20261123".parse().unwrap()),
            carton: Some("306141410000000017".parse().unwrap()),
            in_carton: Some("306141410000000024".parse().unwrap()),
            shipment: Some("LS-2026-000417".parse().unwrap()),
            first: Some("PC226-000415-0000-XX".parse().unwrap()),
            in_unit: Some("PC226-000416-0000-XX".parse().unwrap()),
            needed: Some(12),
            pieces: Some(1_000),
            left: Some("3".parse().unwrap()),
            expired: Some("2026-11-01".parse().unwrap()),
            qualification: Some("torque-m4".to_owned()),
            gauge: Some("TQ-0007".parse().unwrap()),
            kind: Some("torque".to_owned()),
            found_kind: Some("pressure".to_owned()),
            load: Some("OVEN-1-3".to_owned()),
            order: Some("88120-2026".parse().unwrap()),
            since: Some("10".parse().unwrap()),
            role: Some(Role::Lead),
            badge: Some("OP-2001".parse().unwrap()),
            until: Some("2026-11-23T14:07:00Z".parse().unwrap()),
            tries: Some(3),
            allowed: Some(5),
            reason: Some("scratched on the front".to_owned()),
            at: Some("2026-11-23T13:41:22Z".parse().unwrap()),
            by: Some("OP-3310".parse().unwrap()),
            event: None,
            events: vec![crate::domain::event::Link::Here(7)],
            label: Some("PC226-000417-0000-XX".to_owned()),
            gtin: Some("09506000134352".parse().unwrap()),
            flaw: Some("bad-check-digit".to_owned()),
            field: Some("01".to_owned()),
            scanner: None,
            lost: None,
            permit: Some(Unhelpful { permit: "DP-2026-014".parse().unwrap(), because: Hinders::ClockUntrusted }),
            line: Some(4),
            turned_by: None,
            fits: vec!["reseat".to_owned(), "fixture".to_owned()],
        }
    }

    fn sentences() -> impl Iterator<Item = (Lang, Code, [&'static str; 2])> {
        Lang::ALL.into_iter().flat_map(|lang| {
            Code::ALL.iter().copied().map(move |code| match lang {
                Lang::English => (lang, code, [english::message(code), english::what_to_do(code)]),
                Lang::German => (lang, code, [german::message(code), german::what_to_do(code)]),
            })
        })
    }

    #[test]
    fn sentences_name_known_evidence_and_stand_without_it() {
        for (lang, code, both) in sentences() {
            for text in both {
                for (name, optional) in template::places(text) {
                    assert!(evidence::FIELDS.contains(&name.as_str()), "{lang:?} {code:?}: no evidence {name:?}");
                    assert!(optional, "{lang:?} {code:?}: the sentence is empty without {name:?}");
                }
                let bare = template::fill(text, &|_| None);
                let sound = bare.ends_with('.') && !bare.contains("  ") && !bare.contains(" .") && !bare.contains(" ,");
                assert!(sound, "{lang:?} {code:?}: {bare:?}");
            }
        }
    }

    #[test]
    fn sentences_fit_their_places_and_every_console() {
        let evidence = full();
        for lang in Lang::ALL {
            let speech = Speech { lang, utc_offset: Some(3_600) };
            for code in Code::ALL.iter().copied() {
                for text in
                    [speech.message(code, &evidence), speech.what_to_do(code, &evidence), rule(lang, code).to_owned()]
                {
                    assert!(text.chars().all(on_every_console), "{text}");
                    assert!(!text.contains("  "), "{text}");
                    for (width, most) in LINES_MOST {
                        assert!(wrap(&text, width).len() <= most, "{lang:?} {code:?} at {width}: {text}");
                    }
                }
            }
        }
    }

    #[test]
    fn outcomes_fit_and_no_two_read_the_same() {
        for lang in Lang::ALL {
            let all: Vec<_> = super::tests::every_did().map(|d| did(lang, d)).collect();
            for text in &all {
                assert!(cells(text) <= DID_CELLS && text.chars().all(on_every_console), "{text}");
            }
            let distinct: std::collections::BTreeSet<_> = all.iter().collect();
            assert_eq!(distinct.len(), all.len());
        }
    }

    fn every_did() -> impl Iterator<Item = Did> {
        [
            Did::SignedOn,
            Did::SignedOff,
            Did::BadgeRead,
            Did::SignatureOpened,
            Did::UnitOpened,
            Did::LoadEntered,
            Did::LoadLeft,
            Did::LoadBegun,
            Did::LoadEnded,
            Did::MaterialInstalled,
            Did::MaterialVerified,
            Did::CheckRecorded,
            Did::RetestBegun,
            Did::SignatureRecorded,
            Did::StepPassed,
            Did::StepFailed,
            Did::UnitCompleted,
            Did::UnitDispatched,
            Did::UnitHeld,
            Did::HoldReleased,
            Did::HistorySettled,
            Did::Voided,
            Did::Disposed,
            Did::Closed,
            Did::Enrolled,
            Did::Revoked,
            Did::PinChanged,
            Did::PinConfirmed,
            Did::RouteReleased,
            Did::RouteWithdrawn,
            Did::LotReceived,
            Did::LotChanged,
            Did::LotLoaded,
            Did::OrderSelected,
            Did::GaugeSelected,
            Did::StepSkipped,
            Did::UnitsHeld,
            Did::Recovered,
            Did::OrderOpened,
            Did::OrderClosed,
            Did::GaugeRegistered,
            Did::GaugeChanged,
            Did::Qualified,
            Did::SentBack,
            Did::ScrapReversed,
            Did::ComponentJudged,
            Did::PermitOpened,
            Did::PermitClosed,
            Did::Overridden,
            Did::RouteMoved,
            Did::MoveSeen,
            Did::StationDown,
            Did::StationUp,
            Did::NoteLeft,
            Did::NoteRead,
            Did::LeadCalled,
            Did::CallWithdrawn,
            Did::CallAnswered,
            Did::HourExplained,
        ]
        .into_iter()
    }

    #[test]
    fn what_a_label_says_cannot_command_the_terminal() {
        let evidence = Evidence { label: Some("A\u{1b}[2J\u{202e}".to_owned()), ..Evidence::default() };
        let text = message(Lang::English, Code::UnknownLabel, &evidence);
        assert_eq!(text, "Nothing known reads A<1B>[2J<202E>.");
    }

    #[test]
    fn a_damaged_scan_says_what_happened_and_what_helps() {
        use crate::domain::label::Loss;
        let both = |lang, of: &Evidence| [message(lang, Code::Misread, of), what_to_do(lang, Code::Misread, of)];
        let flaw = full();
        assert_eq!(
            both(Lang::English, &flaw),
            [
                "The label came in damaged: bad check digit in AI 01.",
                "Scan it again. If it stays so, replace the label."
            ]
        );
        assert!(both(Lang::German, &flaw)[0].ends_with(": falsche Prüfziffer in AI 01."));
        let lost = |loss| Evidence { lost: Some(loss), ..Evidence::default() };
        assert_eq!(
            both(Lang::English, &lost(Loss::Removed)),
            [
                "The label came in damaged: the scanner was unplugged in the middle.",
                "Plug the scanner in, then scan again."
            ]
        );
        for loss in [Loss::Overrun, Loss::NoEnd, Loss::Removed, Loss::DeadKey, Loss::UnknownKey, Loss::TooLong] {
            for lang in Lang::ALL {
                for text in both(lang, &lost(loss)) {
                    assert!(text.chars().all(on_every_console), "{text}");
                    for (width, most) in LINES_MOST {
                        assert!(wrap(&text, width).len() <= most, "{lang:?} {loss:?} at {width}: {text}");
                    }
                }
            }
        }
        for layout in [Loss::DeadKey, Loss::UnknownKey] {
            assert!(both(Lang::English, &lost(layout))[1].contains("traveller doctor scanners"));
        }
    }

    #[test]
    fn times_are_the_readers() {
        let at = "2026-11-23T23:30:00Z".parse().unwrap();
        let local = |lang| Speech { lang, utc_offset: Some(3_600) };
        assert_eq!(local(Lang::English).time(at), "11-24 00:30");
        assert_eq!(local(Lang::German).time(at), "24.11. 00:30");
        assert_eq!(Speech { lang: Lang::English, utc_offset: None }.time(at), "2026-11-23 23:30 UTC");
    }
}
