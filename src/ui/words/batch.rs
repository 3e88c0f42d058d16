//! The short texts about batches.

use super::catalogue::labels;

labels! {
    /// A short text about batches.
    Words
    /// How many a batch has; the number stands before.
    Pieces 8 "pieces" "Stück",
    /// What is to be done with pieces.
    What 38 "PIECES: WHAT IS TO BE DONE?" "STÜCKE: WAS IST ZU TUN?",
    /// Some fail.
    Reject 34 "some pieces failed" "einige Stücke sind fehlerhaft",
    /// All fail.
    FailAll 34 "all of them failed" "alle sind fehlerhaft",
    /// Some go into a batch of their own.
    Split 34 "split: into a batch of their own" "teilen: in ein eigenes Los",
    /// Another batch comes in.
    Merge 34 "merge another batch into this" "anderes Los hierher vereinen",
    /// How many.
    HowMany 38 "HOW MANY PIECES?" "WIE VIELE STÜCKE?",
    /// How to say how many.
    HowManyHint 76 "Count them, type the number, then Enter." "Zählen, Anzahl eingeben, dann Enter.",
    /// Why they failed.
    WhyReject 38 "WHY DID THEY FAIL?" "WARUM SIND SIE FEHLERHAFT?",
    /// The label of the new batch.
    NewLabel 38 "SCAN THE LABEL OF THE NEW BATCH" "ETIKETT DES NEUEN LOSES SCANNEN",
    /// What it is for.
    NewHint 76 "Put it on the pieces that leave: they have this number from now on."
        "Auf die Stücke kleben, die gehen: Sie haben ab jetzt diese Nummer.",
    /// The label of the other batch.
    OtherLabel 38 "SCAN THE LABEL OF THE OTHER BATCH" "ETIKETT DES ANDEREN LOSES SCANNEN",
    /// What becomes of it.
    OtherHint 76 "All of its pieces come in here. Its own number ends."
        "Alle seine Stücke kommen hierher. Seine eigene Nummer endet.",
}
