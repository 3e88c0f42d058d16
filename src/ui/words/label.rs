//! The short texts of the screens, each with the cells that its place has.

use super::catalogue::labels;

labels! {
    /// A short text of the screens.
    Label
    /// Status: the last action is recorded.
    LogOk 9 "LOG OK" "LOG OK",
    /// Status: it is being recorded.
    LogSaving 11 "LOG SAVING" "LOG SICHERT",
    /// Status: it could not be recorded.
    LogFault 12 "!LOG FAULT" "!LOG DEFEKT",
    /// Status: the replica.
    Replica 8 "REPLICA" "KOPIE",
    /// Status: the replica, on a narrow screen.
    ReplicaShort 5 "REPL" "KOPIE",
    /// Status: scans come from a keyboard, on a narrow screen.
    KeyboardShort 4 "KEYB" "TAST",
    /// Status: the scanner is there, on a narrow screen.
    ScannerShort 4 "SCAN" "SCAN",
    /// Status: there is no replica.
    NoReplica 5 "none" "keine",
    /// Status: the replica never held the record.
    NeverReplica 5 "never" "nie",
    /// Status: a lead is to see to the replica.
    ReplicaLead 7 "TO LEAD" "LEITER",
    /// Status: events that are on this terminal alone.
    Unsent 8 "UNSENT" "OFFEN",
    /// Status: the clock is not to be trusted.
    ClockDoubt 8 "!CLOCK?" "!UHR?",
    /// Status: the clock runs on its own.
    ClockHeld 10 "CLOCK HELD" "UHR FREI",
    /// Status: scans come from a keyboard.
    Keyboard 9 "KEYBOARD" "TASTATUR",
    /// Status: the scanner is there.
    Scanner 9 "SCANNER" "SCANNER",
    /// Status: so many scanners are there; the number stands before.
    Scanners 8 "SCANNERS" "SCANNER",
    /// Status: the scanner is gone.
    NoScanner 15 "!NO SCANNER" "!SCANNER WEG",
    /// Status: the scanner may not be read.
    ScannerDenied 15 "!SCANNER DENIED" "!SCANNER RECHTE",
    /// Status: another program keeps the scanner.
    ScannerTaken 15 "!SCANNER TAKEN" "!SCANNER BELEGT",
    /// Status: one of several scanners is gone; its name stands before.
    OneLost 6 "LOST" "WEG",
    /// Status: one of several scanners may not be read; its name stands before.
    OneDenied 6 "DENIED" "RECHTE",
    /// Status: another program keeps one of several scanners; its name stands before.
    OneTaken 6 "TAKEN" "BELEGT",
    /// Status: nobody is signed on.
    Nobody 20 "not signed on" "nicht angemeldet",

    /// Key: a stop was read.
    Understood 10 "Understood" "Verstanden",

    /// Help: the title.
    HelpTitle 38 "WHAT YOU CAN DO HERE" "WAS SIE HIER TUN KÖNNEN",
    /// Help: what to do about a replica that has missed its night.
    HelpReplicaLate 76
        "The copy of the record is late. Tell a lead: traveller doctor says why."
        "Die Kopie der Daten ist verspätet. Leiter informieren: traveller doctor.",
    /// Help: what to do about a replica that has missed two nights.
    HelpReplicaLead 76
        "Only this terminal has the newest records. Call a lead: traveller doctor."
        "Nur dieses Gerät hat die neuesten Daten. Leiter rufen: traveller doctor.",
    /// Help: what to do about a scanner that is gone; its name stands before.
    HelpLost 76
        "gone. Check its cable, or wake it by its trigger."
        "weg. Kabel prüfen, oder mit dem Abzug wecken.",
    /// Help: what to do about a scanner that may not be read; its name stands before.
    HelpDenied 76
        "may not be read. Call a technician: traveller doctor scanners."
        "darf nicht gelesen werden. Techniker: traveller doctor scanners.",
    /// Help: what to do about a scanner that another program keeps; its name stands before.
    HelpTaken 76
        "is kept by another program. Call a technician."
        "wird von einem anderen Programm benutzt. Techniker rufen.",
    /// Help: the program that keeps a scanner.
    HelpProgram 10 "Program:" "Programm:",
    /// The title of the codes to try.
    CardTitle 38 "CODES TO TYPE, THEN ENTER" "CODES ZUM EINGEBEN, DANN ENTER",

    /// The big word: a step passed. Letters of the big alphabet only.
    BigPass 6 "PASS" "GUT",
    /// The big word: work stops.
    BigStop 6 "STOP" "STOPP",
    /// The big word: the unit failed.
    BigFail 6 "FAIL" "FEHLER",
    /// A step passed, in a band.
    BandPass 10 "PASS" "GUT",
    /// A check failed, in a band.
    BandFail 10 "FAIL" "FEHLER",

    /// Sign-on: what to do.
    ScanBadge 38 "SCAN YOUR BADGE" "AUSWEIS SCANNEN",
    /// Sign-on: where this is.
    ThisStation 20 "This station does:" "Hier wird gemacht:",
    /// Ready: what to do.
    ScanUnit 38 "SCAN A UNIT" "TEIL SCANNEN",
    /// Ready: what waits.
    WaitingHere 30 "Waiting here" "Hier warten",
    /// Ready: nothing is known to wait.
    ReadyHint 76 "The step that is due opens by itself." "Der fällige Schritt öffnet sich von selbst.",
    /// More lines than fit.
    More 12 "more" "weitere",

    /// The step's place in the route.
    StepOf 10 "STEP" "SCHRITT",
    /// Between the step's place and how many there are.
    Of 5 "of" "von",
    /// The revision of the route.
    Revision 5 "rev" "Rev.",
    /// Which attempt it is.
    Attempt 8 "attempt" "Versuch",
    /// The document to work to.
    Document 14 "Work to" "Vorgabe",
    /// The unit is on hold.
    OnHold 9 "ON HOLD" "GESPERRT",
    /// Nothing more is asked for.
    NothingMissing 38 "Nothing is missing. F2 passes." "Nichts fehlt mehr. F2 schließt ab.",
    /// A check failed, and another attempt is possible.
    RetestPossible 76
        "A check failed. F2 begins another attempt, F3 fails the step."
        "Eine Prüfung ist fehlgeschlagen. F2 neuer Versuch, F3 Fehler melden.",
    /// A piece by its own number.
    AsksSerial 12 "scan serial" "Nr. scannen",
    /// A piece by its lot.
    AsksLot 12 "scan lot" "Charge",
    /// A confirmation.
    AsksConfirm 14 "1 yes   2 no" "1 ja   2 nein",
    /// A text.
    AsksText 12 "text" "Text",
    /// A label that must read right.
    AsksScan 12 "scan" "scannen",
    /// A badge and a PIN.
    AsksBadge 16 "badge and PIN" "Ausweis und PIN",
    /// The answer yes.
    Yes 6 "yes" "ja",
    /// The answer no.
    No 6 "no" "nein",
    /// The signature.
    Signature 14 "Signature" "Unterschrift",

    /// The field: a badge.
    FieldBadge 14 "Badge" "Ausweis",
    /// The field: a PIN.
    FieldPin 14 "PIN" "PIN",
    /// The field: a unit.
    FieldUnit 14 "Unit" "Teil",
    /// The field: any label.
    FieldScan 14 "Scan" "Scan",
    /// The field: a number of a list.
    FieldNumber 14 "Number" "Nummer",
    /// The field: words.
    FieldReason 14 "Reason" "Grund",
    /// The field is closed: read the stop, do it, and confirm.
    FieldClosed 76
        "No scan is taken while this shows. Esc when it is done."
        "Solange dies steht, gilt kein Scan. Esc, wenn es getan ist.",
    /// The field is closed, on a narrow screen.
    FieldClosedShort 38 "Scans do not count. Esc when done." "Scans gelten nicht. Esc, wenn getan.",
    /// The field is closed by a fault.
    FieldFault 38 "Nothing can be recorded now." "Es kann nichts erfasst werden.",

    /// Question: the PIN to sign on.
    PinTitle 38 "ENTER YOUR PIN" "PIN EINGEBEN",
    /// Question: what the PIN is for.
    PinSignOn 76
        "To sign on with the badge that was just scanned."
        "Zur Anmeldung mit dem gerade gescannten Ausweis.",
    /// Question: what the PIN is for; the meaning follows.
    PinSign 30 "To sign:" "Zur Unterschrift:",
    /// Question: what the PIN is for.
    PinLead 76 "To decide about this unit." "Zur Entscheidung über dieses Teil.",
    /// Question: why the step fails.
    WhyFail 38 "FAIL: WHAT IS WRONG?" "FEHLER: WAS IST NICHT IN ORDNUNG?",
    /// Question: why the unit is held.
    WhyHold 38 "HOLD THIS UNIT: WHY?" "TEIL SPERREN: WARUM?",
    /// Question: why a record is taken back.
    WhyVoid 38 "UNDO YOUR LAST ENTRY: WHY?" "LETZTEN EINTRAG ZURÜCKNEHMEN: WARUM?",
    /// Question: why another attempt.
    WhyRetest 38 "ANOTHER ATTEMPT: WHY?" "NEUER VERSUCH: WARUM?",
    /// Question: why a unit comes out of its carton.
    WhyTakeOut 38 "OUT OF THE CARTON: WHY?" "AUS DEM KARTON: WARUM?",
    /// Option 0: other words.
    OptionOther 30 "other, in words" "anderes, in Worten",
    /// Option 0: on.
    OptionOn 30 "go on" "weiter",
    /// How to choose.
    ChooseHint 76 "Type the number, then Enter." "Nummer eingeben, dann Enter.",
    /// How to write.
    WriteHint 76 "Type a few words, then Enter." "Einige Worte eingeben, dann Enter.",
    /// Lead: what becomes of the unit.
    LeadDecision 38 "WHAT BECOMES OF THIS UNIT?" "WAS WIRD AUS DIESEM TEIL?",
    /// Lead: which hold ends.
    LeadHold 38 "WHICH HOLD ENDS?" "WELCHE SPERRE ENDET?",
    /// Lead: where rework goes back to.
    LeadTo 38 "REWORK: BACK TO WHICH STEP?" "NACHARBEIT: AB WELCHEM SCHRITT?",
    /// Lead: where a unit goes on whose history is settled.
    LeadGoOn 38 "WHERE DOES IT GO ON?" "WO GEHT ES WEITER?",
    /// Lead: what is taken out.
    LeadRemoved 38 "WHICH COMPONENTS ARE TAKEN OUT?" "WAS WIRD AUSGEBAUT?",
    /// Lead: how to say what is taken out.
    LeadRemovedHint 76
        "The number changes it: stays, reuse, scrap, quarantine. 0 goes on."
        "Die Nummer ändert es: bleibt, verwendbar, Schrott, Sperrlager. 0 = weiter.",
    /// Lead: why.
    LeadWhy 38 "WHY?" "WARUM?",
    /// Lead: who.
    LeadBadge 38 "LEAD: SCAN YOUR BADGE" "SCHICHTLEITER: AUSWEIS SCANNEN",
    /// Status line: a PIN was recovered, and nobody confirmed it.
    PinRecovered 5 "!PIN" "!PIN",
    /// Lead: whose PIN was recovered.
    PinRecoveredOf 60 "The PIN of this lead was recovered" "Die PIN dieses Schichtleiters wurde neu vergeben",
    /// Lead: what a second one confirms.
    PinConfirm 60 "A second lead: did the right person get it?" "Zweiter Leiter: Hat sie die richtige Person?",
    /// Lead: the hold ends.
    Release 24 "release from hold" "Sperre aufheben",
    /// Lead: a history is settled.
    Settle 24 "settle its history" "Akte klären",
    /// Lead: it goes on where it is.
    WhereItIs 30 "where it is" "wo es steht",
    /// Lead: the events of a history that do not fit.
    Broken 24 "does not fit: events" "passt nicht: Ereignisse",
    /// Lead: rework.
    Rework 24 "rework" "Nacharbeit",
    /// Lead: scrap.
    Scrap 24 "scrap" "Ausschuss",
    /// Lead: use as is.
    UseAsIs 24 "use as is (quality)" "so verwenden (Qualität)",
    /// Lead: a conforming unit goes back.
    SendBack 24 "send back" "zurückschicken",
    /// Lead: components come out of scrap.
    Recover 24 "recover components" "Teile ausbauen",
    /// Lead: scrap is reversed.
    ReverseScrap 24 "reverse scrap (quality)" "Ausschuss zurücknehmen",
    /// Lead: a rule is let go.
    Override 24 "override this stop" "Stopp übersteuern",
    /// A component stays.
    Stays 12 "stays" "bleibt",
    /// A component may be used again.
    FateReuse 12 "reuse" "verwendbar",
    /// A component is scrapped.
    FateScrap 12 "scrap" "Schrott",
    /// A component waits.
    FateQuarantine 12 "quarantine" "Sperrlager",
    /// Reason: damaged.
    Damaged 30 "damaged" "beschädigt",
    /// Reason: quality is to look at it.
    AskQuality 30 "quality is to look at it" "Qualität soll es ansehen",
    /// Reason: material is missing.
    NoMaterial 30 "material is missing" "Material fehlt",
    /// Reason: mistyped.
    Mistyped 30 "mistyped" "vertippt",
    /// Reason: the wrong piece.
    WrongPiece 30 "wrong piece scanned" "falsches Stück gescannt",
    /// Reason: the wrong unit.
    WrongUnit 30 "wrong unit" "falsches Teil",

    /// Stop: the unit it is about.
    Unit 10 "Unit" "Teil",
    /// Stop: the step it is about.
    Step 10 "Step" "Schritt",
    /// Stop: why.
    Why 10 "Why" "Warum",
    /// Stop: the rule.
    Rule 10 "Rule" "Regel",
    /// Stop: what it rests on.
    Evidence 10 "Seen" "Beleg",
    /// Stop: where it is recorded.
    Recorded 10 "Recorded" "Erfasst",
    /// Stop: nothing was done.
    NothingDone 30 "Nothing else was recorded." "Sonst wurde nichts erfasst.",
    /// Stop: scans that were refused on top of it.
    ScansRefused 34 "Scans refused while this shows:" "Hier abgelehnte Scans:",
    /// Pass: what follows.
    Next 10 "NEXT" "WEITER",
    /// Pass: at which station.
    At 5 "at" "bei",
    /// Pass: every step is done.
    Complete 38 "Every step is done." "Alle Schritte sind getan.",
    /// Pass: the unit leaves.
    Dispatched 38 "The unit leaves." "Das Teil geht hinaus.",
    /// Failed: what to do first.
    RedRack 38 "Put the unit on the red rack." "Teil in das rote Regal legen.",
    /// Failed: what follows.
    LeadDecides 76
        "A lead decides: rework, scrap, or use as is (F9)."
        "Der Schichtleiter entscheidet: Nacharbeit, Ausschuss, so verwenden (F9).",
    /// Failed: what else may be recorded.
    OthersStill 76
        "Other checks of this step may still be recorded."
        "Andere Prüfungen dieses Schritts dürfen noch erfasst werden.",
    /// Fault: nothing is recorded.
    FaultTitle 38 "THIS TERMINAL CANNOT RECORD" "DIESES TERMINAL KANN NICHTS ERFASSEN",
    /// Fault: what is not done.
    FaultNothing 76
        "The last action is not on record. Do not go on with the unit."
        "Die letzte Handlung ist nicht erfasst. Am Teil nicht weiterarbeiten.",

    /// The last answer again: the title.
    LastTitle 38 "LAST ANSWER" "LETZTE ANTWORT",
    /// The last answer again: it was done.
    Done 10 "Done" "Getan",
    /// The last answer again: what to do.
    Do 10 "Do" "Tun",
    /// The record: the title.
    HistoryTitle 24 "RECORD OF" "AKTE VON",
    /// The record: the unit began.
    Began 16 "begun" "begonnen",
    /// The record: passed.
    Passed 14 "passed" "bestanden",
    /// The record: failed.
    Failed 14 "FAILED" "FEHLER",
    /// The record: another attempt.
    Retested 14 "retested" "neu versucht",
    /// An attempt that was not over when the unit went back.
    SentBack 14 "sent back" "zurück",
    /// The record: taken back.
    Voided 14 "taken back" "zurückgen.",
    /// The record: taken out.
    TakenOut 14 "taken out" "ausgebaut",
    /// The record: a step ended.
    StepEnded 10 "step" "Schritt",
    /// The record: a signature.
    Signed 14 "signed" "unterschr.",
    /// The route: the title.
    RouteTitle 10 "ROUTE" "ABLAUF",
    /// The record beside the work: the title.
    RecordTitle 10 "RECORD" "AKTE",

    /// Note: no such number.
    NotListed 76 "The list has no such number." "Diese Nummer steht nicht in der Liste.",
    /// Note: a PIN has digits only.
    NotDigits 76
        "A PIN has digits only. Nothing was tried. Type it again."
        "Eine PIN hat nur Ziffern. Nichts wurde geprüft. Noch einmal eingeben.",
    /// Note: a PIN where none is asked for.
    PinUnasked 76
        "Like a PIN, and none is asked for: not recorded. If meant, enter it again."
        "Wie eine PIN, und keine ist gefragt: nicht erfasst. Sonst neu eingeben.",
    /// Note: a PIN that was scanned.
    PinScanned 76
        "A PIN is typed, never scanned. Nothing was recorded. Type it."
        "Eine PIN wird getippt, nie gescannt. Nichts erfasst. PIN eingeben.",
    /// Note: no badge.
    NoBadge 76 "This is no badge. Scan the badge." "Das ist kein Ausweis. Ausweis scannen.",
    /// Note: the screen changed.
    ScreenChanged 76
        "The screen changed meanwhile. Nothing was done. Look, and press again."
        "Die Anzeige hat gewechselt. Nichts getan. Ansehen und neu drücken.",
    /// Note: too many inputs.
    TooFast 76
        "too fast: not taken. Scan again when the answer shows."
        "zu schnell: nicht angenommen. Nach der Antwort neu scannen.",
    /// Note: a failing answer is given twice.
    FailAgain 62
        "This FAILS it. The same answer again records it:"
        "Das ist ein FEHLER. Dieselbe Antwort noch einmal erfasst ihn:",
    /// Note: nothing is taken.
    NotTaken 76 "Not taken, and not on record." "Nicht angenommen und nicht erfasst.",
    /// Note: the keyboard came to this seat a moment ago.
    KeyboardCame 76
        "The keyboard had just moved here. Nothing was taken. Enter it again."
        "Die Tastatur kam gerade erst hierher. Nichts angenommen. Neu eingeben.",
    /// Note: a scanner was plugged in a moment ago.
    ScannerCame 76
        "A scanner was being connected. Nothing was taken. Scan or enter it again."
        "Ein Scanner wurde gerade verbunden. Nichts angenommen. Neu scannen.",
    /// The seat without the keyboard: how to bring it here.
    KeyboardHere 30 "keyboard to this half" "Tastatur in diese Hälfte",
    /// The action takes long.
    Saving 38 "Saving ..." "Wird gesichert ...",
    /// The terminal is too small.
    TooSmall 40 "At least 40 x 12 needed" "Mindestens 40 x 12 nötig",
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::lang::Lang;
    use crate::ui::glyph::{cells, on_every_console};

    #[test]
    fn every_text_fits_its_place_and_every_console() {
        for label in Label::ALL {
            for lang in Lang::ALL {
                let (text, room) = (label.text(lang), label.cells());
                assert!(
                    !text.is_empty() && cells(text) <= room,
                    "{label:?} {lang:?} has {} cells of {room}",
                    cells(text)
                );
                assert!(text.chars().all(on_every_console), "{label:?} {lang:?}: {text}");
            }
        }
    }
}
