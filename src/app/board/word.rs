//! The short texts of the board, which the screen, the text and the page for the wall share.

use crate::app::lang::Lang;

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident $cells:literal $english:literal $german:literal,)*) => {
        /// A short text of the board.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Word {
            $($(#[$doc])* $name,)*
        }

        impl Word {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The text.
            pub fn text(self, lang: Lang) -> &'static str {
                match (self, lang) {
                    $((Self::$name, Lang::English) => $english,
                    (Self::$name, Lang::German) => $german,)*
                }
            }

            /// Cells that its place has.
            pub fn cells(self) -> usize {
                match self { $(Self::$name => $cells,)* }
            }
        }
    };
}

words! {
    /// The name of the screen.
    Title 8 "BOARD" "TAFEL",
    /// The shift; its name follows.
    Shift 10 "shift" "Schicht",
    /// No shift runs.
    NoShift 20 "no shift runs" "keine Schicht",
    /// As of when; a time follows.
    AsOf 8 "as of" "Stand",
    /// From when on is counted; a time follows.
    From 6 "from" "ab",
    /// Until when; a time follows.
    Until 6 "to" "bis",
    /// Nothing was read yet.
    Reading 20 "reading" "wird gelesen",
    /// The plan of the shift; a number follows.
    Planned 8 "plan" "Plan",
    /// What was finished; a number follows.
    Done 8 "done" "fertig",
    /// What was due by now; a number follows.
    DueNow 10 "due now" "fällig",
    /// Less was finished than was due; a number follows.
    Behind 12 "BEHIND" "ZURÜCK",
    /// At least as much was finished; a number follows.
    Ahead 12 "ahead" "voraus",
    /// There is nothing in the table.
    Nothing 12 "nothing" "nichts",
    /// So many more rows there is no room for; a number stands before.
    More 12 "more" "weitere",

    /// Page: the stations and what needs a person.
    PageLine 8 "Line" "Linie",
    /// Page: hour by hour, downtime, notes.
    PageShift 8 "Shift" "Schicht",
    /// Page: all that needs a person.
    PageNow 8 "Now" "Jetzt",
    /// Page: orders, queues, half done.
    PageUnits 8 "Units" "Teile",
    /// Page: yields, failures, refusals.
    PageQuality 8 "Quality" "Güte",
    /// Page: what ends, and exceptions.
    PageLimits 8 "Limits" "Fristen",
    /// Page: the trend of a check.
    PageTrend 8 "Trend" "Verlauf",

    /// Table: what needs a person now.
    NeedsAPerson 30 "Needs a person now" "Jetzt braucht es jemanden",
    /// Table: the stations.
    Stations 30 "Stations" "Stationen",
    /// Table: what came of the stations.
    StationsMade 30 "Stations, what came of them" "Stationen, was gemacht wurde",
    /// Table: the shift, hour by hour.
    HourByHour 30 "Hour by hour" "Stunde für Stunde",
    /// Table: plans.
    Plan 30 "Plan" "Plan",
    /// Table: downtime.
    Downtime 30 "Downtime" "Stillstand",
    /// Table: notes.
    Notes 30 "Notes" "Notizen",
    /// Table: orders.
    Orders 30 "Orders" "Aufträge",
    /// Table: units on their way.
    OnTheirWay 30 "On their way" "Unterwegs",
    /// Table: units put down half done.
    HalfDone 30 "Put down half done" "Halb fertig abgelegt",
    /// Table: first pass yield.
    FirstPass 30 "Passed at the first attempt" "Im ersten Versuch bestanden",
    /// Table: how what is on record came there.
    Shares 30 "How it was recorded" "Wie erfasst wurde",
    /// Table: Pareto of failures.
    Failures 30 "Failed most" "Häufigste Fehler",
    /// Table: top refusals.
    Refused 30 "Refused most" "Am häufigsten abgelehnt",
    /// Table: what ends this shift.
    Expiring 30 "Ends this shift" "Läuft ab",
    /// Table: first pieces and golden samples.
    Proofs 30 "First pieces, golden samples" "Erststücke, Referenzmuster",
    /// Table: permits.
    Permits 30 "Deviation permits" "Sonderfreigaben",
    /// Table: overrides.
    Overrides 30 "Overrides of the shift" "Übersteuerungen der Schicht",
    /// Table: values of a trend.
    Values 30 "Values" "Werte",

    /// Column: what.
    ColWhat 10 "what" "was",
    /// Column: of what.
    ColOf 12 "of" "von",
    /// Column: for how long.
    ColFor 6 "for" "seit",
    /// Column: why.
    ColWhy 10 "why" "warum",
    /// Column: station.
    ColStation 10 "station" "Station",
    /// Column: state.
    ColState 8 "state" "Stand",
    /// Column: who.
    ColWho 8 "who" "wer",
    /// Column: units in process.
    ColWip 4 "wip" "Arb",
    /// Column: the unit that is open.
    ColOpen 8 "open" "offen",
    /// Column: passed.
    ColPass 4 "pass" "gut",
    /// Column: first pass yield.
    ColFpy 5 "fpy%" "1.%",
    /// Column: failed.
    ColFail 4 "fail" "Fehl",
    /// Column: held.
    ColHeld 4 "held" "gesp",
    /// Column: refused.
    ColRef 4 "ref" "abg",
    /// Column: the oldest unit.
    ColOldest 6 "oldest" "ält.",
    /// Column: cycle time against takt.
    ColCycle 7 "ct/takt" "Zt/Takt",
    /// Column: last seen.
    ColSeen 4 "seen" "ges.",
    /// Column: hour.
    ColHour 6 "hour" "Std.",
    /// Column: due.
    ColDue 6 "due" "Soll",
    /// Column: done.
    ColDone 6 "done" "Ist",
    /// Column: difference.
    ColDiff 6 "diff" "Diff",
    /// Column: difference since the beginning.
    ColCum 6 "cum" "Sum",
    /// Column: a bar.
    ColBar 20 "done, due" "Ist, Soll",
    /// Column: the reason.
    ColReason 20 "reason" "Grund",
    /// Column: route.
    ColRoute 10 "route" "Ablauf",
    /// Column: step.
    ColStep 8 "step" "Schritt",
    /// Column: planned.
    ColPlan 8 "plan" "Plan",
    /// Column: made.
    ColMade 8 "made" "gemacht",
    /// Column: takt in seconds.
    ColTakt 6 "takt s" "Takt s",
    /// Column: since when.
    ColFrom 6 "from" "ab",
    /// Column: until when.
    ColTo 6 "to" "bis",
    /// Column: minutes.
    ColLasted 6 "lasted" "Dauer",
    /// Column: who said so.
    ColBy 8 "by" "von",
    /// Column: when it was left.
    ColLeft 6 "left" "um",
    /// Column: who read it.
    ColRead 8 "read by" "gelesen",
    /// Column: text.
    ColText 20 "text" "Text",
    /// Column: order.
    ColOrder 10 "order" "Auftrag",
    /// Column: quantity.
    ColQuantity 6 "of" "von",
    /// Column: how many began.
    ColBegun 6 "begun" "beg.",
    /// Column: how many were scrapped.
    ColScrap 6 "scrap" "Schr.",
    /// Column: what remains.
    ColRemains 6 "left" "Rest",
    /// Column: units.
    ColUnits 6 "units" "Teile",
    /// Column: unit.
    ColUnit 12 "unit" "Teil",
    /// Column: tried.
    ColTried 6 "tried" "Vers.",
    /// Column: passed.
    ColPassed 6 "passed" "gut",
    /// Column: percent.
    ColPercent 6 "%" "%",
    /// Column: percent of all so far.
    ColCumulated 6 "sum%" "Sum%",
    /// Column: code.
    ColCode 10 "code" "Code",
    /// Column: times.
    ColTimes 6 "times" "mal",
    /// Column: how many there were in all.
    ColInAll 6 "in all" "alle",
    /// Column: name.
    ColName 10 "name" "Name",
    /// Column: last day.
    ColLast 10 "last day" "bis Tag",
    /// Column: permit.
    ColPermit 10 "permit" "Freigabe",
    /// Column: rule.
    ColRule 10 "rule" "Regel",
    /// Column: used.
    ColUsed 7 "used" "genutzt",
    /// Column: how many may be.
    ColAllowed 8 "allowed" "erlaubt",
    /// Column: time.
    ColTime 6 "time" "Zeit",
    /// Column: value.
    ColValue 10 "value" "Wert",
    /// Column: rules broken.
    ColBreaks 10 "breaks" "verletzt",

    /// State of a station: nothing was heard of it.
    Silent 8 "SILENT" "STUMM",
    /// A PIN was given without one.
    Pin 8 "PIN" "PIN",
    /// What is to be done about that.
    Recovered 40 "recovered: a second lead confirms it" "ein zweiter Schichtleiter bestätigt sie",
    /// State: down.
    Down 8 "DOWN" "STEHT",
    /// State: somebody works.
    Working 8 "working" "arbeitet",
    /// State: somebody waits for a unit.
    Waiting 8 "waiting" "wartet",
    /// State: nobody is there.
    Nobody 8 "nobody" "leer",
    /// Needs a person: a lead is called.
    Called 8 "CALL" "RUF",
    /// Needs a person: a unit failed.
    Failed 8 "FAILED" "FEHLER",
    /// Needs a person: a unit is held.
    Held 8 "HELD" "GESPERRT",
    /// Needs a person: an hour fell short.
    Short 8 "SHORT" "ZU WENIG",
    /// Who is signed on; it follows.
    SignedOn 16 "signed on:" "angemeldet:",
    /// Who called; it follows.
    CalledBy 16 "called by" "gerufen von",
    /// At which step; it follows.
    AtStep 12 "at step" "an Schritt",
    /// Done of due; why is asked for.
    SayWhy 40 "done; a lead says why: F9" "fertig; Grund durch Leiter: F9",
    /// All routes.
    AllRoutes 8 "all" "alle",
    /// The whole plant.
    Plant 8 "plant" "Werk",
    /// It goes on.
    GoesOn 8 "now" "jetzt",
    /// A gauge.
    Gauge 14 "gauge" "Messgerät",
    /// A qualification.
    Qualification 14 "qualification" "Qualifikation",
    /// A lot.
    Lot 14 "lot" "Charge",
    /// A first piece.
    FirstPiece 14 "first piece" "Erststück",
    /// A golden sample; its number follows.
    Sample 16 "golden sample" "Referenzmuster",
    /// A golden sample that passes.
    GoodSample 14 "good sample" "Gutmuster",
    /// A golden sample that fails.
    BadSample 14 "bad sample" "Schlechtmuster",
    /// State: there was no run, or it counts no more.
    SampleDue 8 "DUE" "FÄLLIG",
    /// State: approved.
    Approved 8 "approved" "frei",
    /// State: proved.
    Proved 8 "good" "gut",
    /// A lot that is open.
    OpenLot 14 "open lot" "offene Charge",
    /// It is over.
    Over 8 "OVER" "VORBEI",
    /// Attempts begun again.
    Retests 24 "begun again (retest)" "neu begonnen (Retest)",
    /// Typed by hand.
    Typed 24 "typed by hand" "von Hand getippt",
    /// Copied from paper.
    Transcribed 24 "copied from paper" "vom Papier übertragen",
    /// Corrected or taken back.
    Corrected 24 "corrected or taken back" "berichtigt, widerrufen",
    /// Of records.
    OfRecords 12 "records" "Einträge",
    /// Of attempts.
    OfAttempts 12 "attempts" "Versuche",
    /// No check was chosen, or none has values.
    NoTrend 60 "no check with numbers is on record" "keine Prüfung mit Zahlen ist erfasst",
    /// There are too few values for limits.
    TooFew 60 "too few values for control limits" "zu wenige Werte für Eingriffsgrenzen",
    /// The mean; it follows.
    Mean 8 "mean" "Mittel",
    /// The control limits; they follow.
    ControlLimits 12 "control" "Eingriff",
    /// The limits of the route; they follow.
    RouteLimits 12 "route" "Ablauf",
    /// What the signs mean.
    Legend 60 "■ breaks a rule   ═ control limit   ─ mean" "■ verletzt eine Regel   ═ Eingriffsgrenze   ─ Mittel",
}
