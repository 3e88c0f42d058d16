//! The short texts of the inspector.

use super::catalogue::labels;

labels! {
    /// A short text of the inspector.
    Look
    /// The name of the screen.
    Title 10 "INSPECT" "EINSICHT",
    /// Nothing can be changed here.
    ReadOnly 10 "read only" "nur lesen",
    /// Events; how many stands before.
    Events 12 "events" "Ereignisse",
    /// Streams of events; how many stands before.
    Streams 10 "chains" "Ketten",
    /// The last event of every stream gives its hash.
    EndOk 14 "chain end ok" "Kettenende ok",
    /// The last event of a stream does not.
    EndBroken 14 "!CHAIN BROKEN" "!KETTE DEFEKT",
    /// When the last event was recorded; it follows.
    Last 8 "last" "zuletzt",
    /// Nothing is typed yet: the newest units show.
    Newest 40 "the newest units" "die neuesten Teile",
    /// Hits; how many stands before.
    Found 10 "found" "Treffer",
    /// There is no hit.
    NothingFound 24 "nothing found" "nichts gefunden",
    /// Only what begins like this was looked at so far.
    Beginnings 44 "those that begin so; more to come" "die so beginnen; weitere folgen",
    /// Numbers; how many stands before.
    Numbers 24 "numbers searched" "Nummern durchsucht",
    /// Units; how many stands before.
    Units 24 "units searched" "Teile durchsucht",
    /// Refusals; how many stands before.
    Refusals 32 "refusals searched" "Ablehnungen durchsucht",
    /// Events; how many stands before.
    EventsSearched 32 "events searched" "Ereignisse durchsucht",
    /// All of them; it stands before the number.
    All 6 "all" "alle",
    /// The search goes on.
    GoesOn 16 "going on" "läuft weiter",
    /// Back to a moment, which follows.
    BackTo 16 "back to" "zurück bis",
    /// Enough was found; there may be more.
    Full 60 "list full, not all searched: narrow it" "Liste voll, nicht alles durchsucht: eingrenzen",

    /// A lot.
    Lot 12 "lot" "Charge",
    /// A component.
    Component 12 "component" "Bauteil",
    /// What it is in; it follows.
    In 6 "in" "in",
    /// What it was in; it follows.
    WasIn 10 "was in" "war in",
    /// A work order.
    Order 12 "order" "Auftrag",
    /// It may be worked on.
    Open 10 "open" "offen",
    /// It may not.
    Closed 14 "closed" "geschlossen",
    /// A person.
    Person 12 "person" "Person",
    /// A gauge.
    Gauge 12 "gauge" "Messgerät",

    /// The tab of the record.
    TabRecord 10 "Record" "Verlauf",
    /// The tab of what a unit is made of.
    TabParts 12 "Made of" "Aufbau",
    /// The tab of where it went.
    TabUsed 14 "Used in" "Verwendet",
    /// The tab of the route.
    TabRoute 10 "Route" "Ablauf",
    /// The tab of what the record lacks.
    TabGaps 10 "Gaps" "Lücken",
    /// What lacks; how many stands before.
    Gaps 12 "gaps" "Lücken",
    /// What is out of the ordinary; how many stands before.
    Remarks 14 "remarks" "Bemerkungen",
    /// Earlier events that are not listed; how many stands before.
    Earlier 40 "earlier events are not listed" "frühere Ereignisse nicht gelistet",
    /// The record lacks something.
    Lacks 20 "the record lacks" "es fehlt",
    /// The record lacks nothing.
    Complete 20 "record complete" "vollständig",
    /// Every event of it gives its hash.
    ChainHolds 16 "hashes ok" "Prüfsummen ok",
    /// An event does not.
    ChainBroken 20 "!HASH BROKEN" "!PRÜFSUMME FALSCH",
    /// It is made of nothing that is on record.
    NoParts 50 "nothing on record went into it" "nichts Erfasstes ging hinein",
    /// It went nowhere.
    NoUse 50 "no unit on record has it" "kein erfasstes Teil hat es",
    /// The route's text is missing.
    NoRoute 60 "the text of its route is not on record" "der Text des Ablaufs ist nicht erfasst",
    /// The unit follows the current revision.
    SameRoute 50 "this is the current revision" "dies ist die aktuelle Revision",
    /// The current revision differs; it follows.
    OtherRoute 50 "- this unit   + current revision" "- dieses Teil   + aktuelle Revision",
    /// Units in all; how many stands before.
    InAll 20 "units in all" "Teile insgesamt",
    /// Nobody counted.
    NotCounted 50 "the first ones; not counted" "die ersten; nicht gezählt",
    /// Where something was used; it follows.
    UsedTitle 20 "Where used:" "Verwendet:",
    /// Through which units; they follow.
    Via 10 "through" "über",
    /// Some of it: how many is not known.
    Some 10 "some" "etwas",

    /// Field of an event: its name.
    FieldEvent 10 "Event" "Ereignis",
    /// Field of an event: its kind.
    FieldKind 10 "Kind" "Art",
    /// Field of an event: in words.
    FieldSays 10 "Says" "Sagt",
    /// Field of an event: when.
    FieldAt 10 "When" "Wann",
    /// Field of an event: the clocks.
    FieldClock 10 "Clock" "Uhr",
    /// Field of an event: what it is about.
    FieldAbout 10 "About" "Worüber",
    /// Field of an event: who, and how that was proven.
    FieldBy 10 "Who" "Wer",
    /// Field of an event: how it came in.
    FieldHow 10 "How" "Wie",
    /// Field of an event: the label as it was read.
    FieldRaw 10 "Label" "Etikett",
    /// Field of an event: why.
    FieldReason 10 "Reason" "Grund",
    /// Field of an event: what it builds on.
    FieldOn 10 "Builds on" "Baut auf",
    /// Field of an event: what to do about a refusal.
    FieldDo 10 "To do" "Zu tun",
    /// Field of an event: what a refusal rests on.
    FieldBasis 10 "Rests on" "Beruht auf",
    /// Field of an event: the gate.
    FieldGate 10 "Gate" "Regeln",
    /// Field of an event: the hash before it.
    FieldBefore 10 "Before" "Davor",
    /// Field of an event: its hash.
    FieldHash 10 "Hash" "Prüfsumme",
    /// Field of an event: its bytes.
    FieldBytes 10 "Bytes" "Bytes",
    /// The hash holds.
    Holds 30 "ok: follows from both" "ok: folgt aus beidem",
    /// The hash does not hold.
    DoesNotHold 40 "!DOES NOT FOLLOW: changed or lost" "!FOLGT NICHT: verändert oder verloren",
    /// The event before it is not here.
    NoBefore 30 "not in this ledger" "nicht in diesem Buch",

    /// The page of the ledger.
    LedgerTitle 40 "The ledger and its chains" "Das Buch und seine Ketten",
    /// Its own stream.
    Own 10 "own" "eigene",
    /// A copy of another ledger's stream.
    Copied 10 "copy" "Kopie",
    /// The chain was not computed anew.
    NotComputed 40 "end ok, rest not computed: v" "Ende ok, Rest nicht berechnet: v",
    /// It was, up to an event; it follows.
    ComputedTo 24 "computed to" "berechnet bis",
    /// It was, all of it.
    Computed 30 "every hash computed, ok" "jede Prüfsumme berechnet, ok",
    /// It breaks at an event; it follows.
    BrokenAt 20 "!BROKEN AT" "!DEFEKT BEI",

    /// Note: it was copied; how many characters stands before.
    NoteCopied 40 "characters copied" "Zeichen kopiert",
    /// Note: this terminal cannot copy.
    NoteNoCopy 60 "This terminal cannot copy." "Dieses Terminal kann nicht kopieren.",
    /// Note: too long to copy.
    NoteTooLong 60 "Too long to copy: e writes it to a file." "Zu lang zum Kopieren: e schreibt eine Datei.",
    /// Note: written; the file follows.
    NoteExported 30 "Written to" "Geschrieben nach",
    /// Note: no file is written here.
    NoteNoExport 76
        "No file is written here. On your own machine: ssh HOST export UNIT > FILE"
        "Hier entsteht keine Datei. Am eigenen Rechner: ssh HOST export TEIL > DATEI",
    /// Note: not on record.
    NoteNotThere 40 "That is not on record." "Das ist nicht erfasst.",
    /// Note: no failure follows.
    NoteNoTrouble 40 "No failure or refusal follows." "Kein Fehler und keine Ablehnung folgt.",
    /// Note: no such command; it follows.
    NoteNoCommand 40 "No such command:" "Kein solcher Befehl:",
    /// Note: a word cannot be gone by; it follows.
    NoteMisread 40 "This cannot be searched for:" "Danach kann nicht gesucht werden:",
    /// Note: what a state is.
    NoteState 76
        "state: in-process complete held nonconforming scrapped dispatched"
        "state: in-process complete held nonconforming scrapped dispatched",
    /// Note: how a moment is written.
    NoteWhen 76
        "a time is 2026-11-23, 2026-11-23T14:00, 14:00, or ago: 7d 8h 30m"
        "eine Zeit ist 2026-11-23, 2026-11-23T14:00, 14:00, oder vor: 7d 8h 30m",
    /// Note: the names that narrow.
    NoteNames 76
        "it narrows by state: route: station: order: op: code: kind: since: until:"
        "Filter: state: route: station: order: op: code: kind: since: until:",
    /// Note: another file is there.
    NoteReplaced 76
        "Another ledger was put in this one's place. Leave and look again."
        "Ein anderes Buch liegt an seiner Stelle. Beenden und neu öffnen.",
    /// The screen is too small to read anything.
    TooSmall 20 "too small" "zu klein",

    /// A load.
    Load 10 "load" "Ladung",
    /// A lot without a receipt.
    NoReceipt 24 "no receipt on record" "kein Eingang erfasst",
    /// How many of a lot are there; the number stands before.
    LeftOver 10 "left" "übrig",
    /// Events of a lot that are not listed; how many stands before.
    Unlisted 50 "more events are not listed: lot show" "weitere Ereignisse: lot show",
    /// A load began.
    LoadBegun 20 "begun" "begonnen",
    /// A load ended in its time.
    EndedInTime 30 "ended, in time" "beendet, in der Zeit",
    /// A load took too long.
    EndedTooLate 30 "ENDED TOO LATE" "ZU SPÄT BEENDET",
    /// A unit was taken out of a load before it began.
    TakenOut 30 "taken out before it began" "vor Beginn entnommen",
    /// A load ended for a unit.
    Treated 20 "through" "durch",
    /// A unit is in a load.
    InIt 20 "in it" "darin",

    /// Who stood by as a trainee put a unit into a load; the badge follows.
    StoodBy 16 "stood by" "dabei",

    /// Key: open.
    KeyOpen 8 "open" "öffnen",
    /// Key: complete the word.
    KeyComplete 10 "complete" "ergänzen",
    /// Key: to the list.
    KeyList 8 "list" "Liste",
    /// Key: clear.
    KeyClear 8 "clear" "leeren",
    /// Key: search.
    KeySearch 8 "search" "suchen",
    /// Key: help.
    KeyHelp 8 "help" "Hilfe",
    /// Key: quit.
    KeyQuit 8 "quit" "Ende",
    /// Key: back.
    KeyBack 8 "back" "zurück",
    /// Key: the next tab.
    KeyNext 8 "next" "weiter",
    /// Key: parts.
    KeyParts 10 "made of" "Aufbau",
    /// Key: where used.
    KeyUsed 12 "used in" "Verwendet",
    /// Key: route.
    KeyRoute 8 "route" "Ablauf",
    /// Key: next failure.
    KeyTrouble 10 "failure" "Fehler",
    /// Key: copy.
    KeyCopy 8 "copy" "kopieren",
    /// Key: export.
    KeyExport 8 "export" "Datei",
    /// Key: verify.
    KeyVerify 8 "verify" "prüfen",
    /// Key: the event beside.
    KeyBeside 14 "next, before" "nach, vor",
    /// Key: its unit.
    KeyUnit 8 "unit" "Teil",

    /// Key: its load.
    KeyLoad 8 "load" "Ladung",

    /// Help: the title.
    HelpTitle 60 "LOOKING ONLY: NOTHING HERE CHANGES A RECORD" "NUR LESEN: NICHTS HIER ÄNDERT DATEN",
    /// Help: searching.
    HelpSearch 70
        "Type any part of a number, or scan a label. Enter opens it."
        "Teil einer Nummer eingeben oder Etikett scannen. Enter öffnet.",
    /// Help: narrowing by what a unit is.
    HelpUnits 70
        "Units: state:held  route:pc200  station:TEST-1  order:88120"
        "Teile: state:held  route:pc200  station:TEST-1  order:88120",
    /// Help: narrowing by what happened.
    HelpEvents 70
        "Events: op:OP-2001  code:on-hold  kind:permit-opened  since:7d"
        "Ereignisse: op:OP-2001  code:on-hold  kind:permit-opened  since:7d",
    /// Help: how a search goes.
    HelpReach 70
        "The line below the list tells how far the search has looked."
        "Die Zeile unter der Liste sagt, wie weit gesucht wurde.",
    /// Help: moving.
    HelpMove 60 "move; half a page" "bewegen; halbe Seite",
    /// Help: search.
    HelpSlash 60 "a new search; Tab completes a word" "neue Suche; Tab ergänzt ein Wort",
    /// Help: tabs.
    HelpTabs 60
        "record, made of, used in, route, gaps; Tab goes on"
        "Verlauf, Aufbau, Verwendet, Ablauf, Lücken; Tab: weiter",
    /// Help: next failure.
    HelpTrouble 60 "to the next failure or refusal" "zum nächsten Fehler oder zur Ablehnung",
    /// Help: an event.
    HelpBeside 60 "event after, before; its unit, its load" "Ereignis danach, davor; sein Teil, seine Ladung",
    /// Help: verify.
    HelpVerify 60 "computes every hash of the ledger anew" "berechnet jede Prüfsumme des Buchs neu",
    /// Help: copy.
    HelpCopy 60 "copy to your clipboard; export what shows" "kopieren; was zu sehen ist, in eine Datei",
    /// Help: language, quit.
    HelpLeave 60 "language; back; quit" "Sprache; zurück; Ende",
    /// Help: commands.
    HelpCommands 74
        ":unit U  :lot L  :load N  :used X  :event N  :ledger  :verify  :lang  :q"
        ":unit T  :lot C  :load N  :used X  :event N  :ledger  :verify  :lang  :q",

    /// An event: opened.
    Opened 16 "opened at" "geöffnet an",
    /// An event: taken over from; the badge follows.
    TakenOver 20 "taken over from" "übernommen von",
    /// An event: put down.
    PutDown 14 "put down" "abgelegt",
    /// An event: met again.
    MetAgain 16 "met again" "wieder erkannt",
    /// An event: taken back; what follows.
    TakenBack 20 "taken back:" "zurückgenommen:",
    /// An event: another attempt.
    Retest 24 "another attempt begun" "neuer Versuch",
    /// An event: the step passed.
    StepPassed 20 "step passed" "Schritt gut",
    /// An event: the step failed.
    StepFailed 24 "STEP FAILED" "SCHRITT FEHLER",
    /// An event: left out.
    LeftOut 20 "step left out" "Schritt entfallen",
    /// An event: rework; the step follows.
    Rework 21 "rework from step" "Nacharbeit ab Schritt",
    /// An event: scrap.
    Scrap 16 "SCRAPPED" "VERSCHROTTET",
    /// An event: use as is.
    UseAsIs 24 "accepted as it is" "so angenommen",
    /// An event: on hold.
    OnHold 16 "ON HOLD" "GESPERRT",
    /// An event: the hold ended.
    HoldEnded 20 "hold released" "freigegeben",
    /// An event: complete.
    Done 20 "unit complete" "Teil fertig",
    /// An event: left.
    Left 20 "dispatched" "versandt",
    /// An event: refused; the code follows.
    Refused 12 "REFUSED" "ABGELEHNT",
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::lang::Lang;
    use crate::ui::glyph::{cells, on_every_console};

    #[test]
    fn every_text_fits_its_place_and_every_console() {
        for label in Look::ALL {
            for lang in Lang::ALL {
                let text = label.text(lang);
                assert!(!text.is_empty() && cells(text) <= label.cells(), "{label:?} {lang:?}: {text}");
                assert!(text.chars().all(on_every_console), "{label:?} {lang:?}: {text}");
            }
        }
    }
}
