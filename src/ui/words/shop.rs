//! The short texts about what a station works with: orders, lots, gauges, and material that comes in.

use super::catalogue::labels;

labels! {
    /// A short text about what a station works with.
    Shop
    /// A work order; its number follows.
    Order 10 "Order" "Auftrag",
    /// How many units of an order began; the number stands before.
    Started 10 "started" "begonnen",
    /// The step is a sample; how many follows.
    Sampled 22 "sampled, 1 in" "Stichprobe, 1 von",
    /// The unit went back; the step and the reason follow.
    ReworkOf 22 "rework of step" "Nacharbeit, Schritt",
    /// The unit is made under a permit; its number follows.
    UnderPermit 18 "under permit" "Sonderfreigabe",
    /// The step may be left out.
    Optional 22 "may be left out" "darf entfallen",
    /// By when the step has to begin; the time follows.
    BeginBy 16 "begin by" "beginnen bis",
    /// Other steps that may be done now; they follow.
    AlsoNow 20 "Also possible now:" "Auch jetzt möglich:",
    /// Who stands by; the badge follows.
    StandsBy 12 "stands by:" "Aufsicht:",
    /// A gauge is to be scanned.
    AsksGauge 12 "scan gauge" "scannen",
    /// A lot is to be loaded; how many of it a unit takes follows.
    AsksLoad 12 "load a lot" "Charge laden",
    /// How many are left by the book; the number stands before.
    Left 8 "left" "übrig",
    /// The last day; it follows.
    Until 8 "until" "bis",
    /// A lot that is loaded.
    Loaded 10 "Loaded" "Geladen",
    /// A gauge that is measured with.
    Gauge 10 "Gauge" "Messgerät",
    /// The calibration of a gauge counts no more.
    Overdue 12 "OVERDUE" "ÜBERFÄLLIG",

    /// A carton; its number follows.
    Carton 10 "Carton" "Karton",
    /// How many units are in it; the number follows.
    InIt 10 "In it" "Darin",
    /// What to scan while a carton is packed.
    CartonHint 76
        "Scan units. The carton's own label closes it."
        "Teile scannen. Das Etikett des Kartons schließt ihn.",
    /// The carton is full.
    CartonIsFull 76
        "The carton is full: scan its label to close it."
        "Der Karton ist voll: sein Etikett scannen, um ihn zu schließen.",
    /// A shipment; its number follows.
    Shipment 10 "Shipment" "Lieferung",
    /// For whom.
    Customer 10 "For" "Für",
    /// How many cartons.
    Cartons 10 "Cartons" "Kartons",
    /// How many units.
    Units 10 "Units" "Teile",
    /// What to scan while a shipment is loaded.
    ShipmentHint 76
        "Scan closed cartons, and units that are in none. F2 dispatches all of it."
        "Geschlossene Kartons und lose Teile scannen. F2 schickt alles ab.",

    /// What is to be done at the station.
    StationTitle 38 "STATION: WHAT IS TO BE DONE?" "STATION: WAS IST ZU TUN?",
    /// How to choose, and the quick way.
    PickHint 76
        "Type the number, then Enter. To scan its label does the same."
        "Nummer eingeben, dann Enter. Das Etikett zu scannen tut dasselbe.",
    /// Choose an order.
    DoOrder 34 "choose the work order" "Auftrag wählen",
    /// Load a lot.
    DoLot 34 "load a lot" "Charge laden",
    /// Choose a gauge.
    DoGauge 34 "choose a gauge" "Messgerät wählen",
    /// Receive material.
    DoReceive 34 "receive material" "Material vereinnahmen",
    /// Which order.
    OrdersTitle 38 "WHICH WORK ORDER?" "WELCHER AUFTRAG?",
    /// Which lot.
    LotsTitle 38 "WHICH LOT?" "WELCHE CHARGE?",
    /// Which gauge.
    GaugesTitle 38 "WHICH GAUGE?" "WELCHES MESSGERÄT?",
    /// There is no order to choose.
    NoOrders 76
        "No order is open for anything that begins here."
        "Für nichts, was hier beginnt, ist ein Auftrag offen.",
    /// There is no lot to choose.
    NoLots 76
        "No lot that may be used here is on record."
        "Keine Charge ist erfasst, die hier verwendet werden darf.",
    /// There is no gauge to choose.
    NoGauges 76
        "No gauge that is used here is registered."
        "Kein Messgerät ist angelegt, das hier benutzt wird.",

    /// Receiving: the supplier's label.
    ReceivePart 38 "RECEIVE: SCAN THE SUPPLIER'S LABEL" "EINGANG: LIEFERETIKETT SCANNEN",
    /// Receiving: the other way, and how to end it.
    ReceivePartHint 76
        "Or type the part's number in this list, then Enter. Esc ends receiving."
        "Oder die Nummer des Materials eingeben, dann Enter. Esc beendet den Eingang.",
    /// Receiving: the part of a label that names none here.
    ReceiveWhich 38 "WHICH PART IS IT?" "WELCHES MATERIAL IST ES?",
    /// Receiving: the lot.
    ReceiveLot 38 "SCAN THE LABEL, OR THE LOT NUMBER" "ETIKETT ODER CHARGENNUMMER SCANNEN",
    /// Receiving: how to give the lot.
    ReceiveLotHint 76 "It may be typed too." "Sie darf auch eingegeben werden.",
    /// Receiving: how many.
    ReceiveQuantity 38 "HOW MANY?" "WIE VIELE?",
    /// Receiving: how to write that.
    ReceiveQuantityHint 76 "Count them, type it, then Enter." "Zählen, eingeben, dann Enter.",
    /// Receiving: the last day of use.
    ReceiveDay 38 "LAST DAY OF USE?" "LETZTER TAG DER VERWENDUNG?",
    /// Receiving: how to write that.
    ReceiveDayHint 76
        "Type it as 2027-03-31, then Enter. 0 where it does not expire."
        "Eingeben wie 2027-03-31, dann Enter. 0, wenn es nicht abläuft.",
    /// Receiving: whether all is right.
    ReceiveConfirm 38 "RECEIVE THIS LOT?" "DIESE CHARGE VEREINNAHMEN?",
    /// Receiving: it is right.
    ReceiveYes 34 "yes, receive it" "ja, vereinnahmen",
    /// Receiving: it is not.
    ReceiveNo 34 "no, begin again" "nein, von vorn",
    /// The part.
    Part 10 "Part" "Material",
    /// The lot.
    Lot 10 "Lot" "Charge",
    /// How many.
    Quantity 10 "Quantity" "Menge",
    /// The last day of use.
    LastDay 10 "Use until" "Bis",
    /// Who delivered it.
    Supplier 10 "Supplier" "Lieferant",
    /// It has no last day.
    NeverExpires 24 "does not expire" "läuft nicht ab",
    /// Its last day is over.
    IsOver 76
        "That day is over: the lot is recorded, and cannot be used."
        "Der Tag ist vorbei: Die Charge wird erfasst und ist nicht verwendbar.",

    /// The field: a supplier's label.
    FieldLabel 14 "Label" "Etikett",
    /// The field: a day.
    FieldDay 14 "Day" "Tag",
    /// Note: the part of a label is none that comes in lots.
    UnknownPart 76
        "No part here has this label. Its lot is kept. Type the part's number."
        "Kein Material hat dieses Etikett. Nummer des Materials eingeben.",
    /// Note: no lot number.
    NoLot 76 "This is no lot number. Scan or type that of the lot." "Das ist keine Chargennummer. Noch einmal.",
    /// Note: no quantity.
    NoQuantity 76
        "Write how many: more than 0, such as 500 or 12.5."
        "Schreiben, wie viele: mehr als 0, etwa 500 oder 12.5.",
    /// Note: no day.
    NoDay 76
        "Write a day of the calendar as 2027-03-31, or 0 for none."
        "Einen Tag des Kalenders schreiben wie 2027-03-31, oder 0 für keinen.",

    /// Remark: another lot expires earlier; it stands before, its last day behind.
    EarlierExpiry 24 "expires earlier:" "läuft früher ab:",
    /// Remark: more was drawn than the book has; what is left stands behind.
    BookShort 30 "is short, by the book left:" "fehlt im Buch, übrig:",

    /// Stop: nobody can stand by any more, since something else was scanned.
    ScanUnitAgain 76
        "Something else was scanned. Esc, scan the unit again, then the badge."
        "Anderes wurde gescannt. Esc, das Teil neu scannen, dann den Ausweis.",

    /// The record: with which gauge; it follows.
    With 8 "with" "mit",
    /// The record: a loaded lot was replaced within the unit.
    Replaced 12 "replaced" "ersetzt",
    /// The record: the unit does not have a step.
    LeftOut 14 "left out" "entfallen",
    /// The record: somebody stood by.
    StoodBy 14 "stood by" "Aufsicht",
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::lang::Lang;
    use crate::ui::glyph::{cells, on_every_console};
    use crate::ui::words::batch::Words;

    #[test]
    fn every_text_fits_its_place_and_every_console() {
        let shop = Shop::ALL.iter().flat_map(|l| Lang::ALL.map(|lang| (l.text(lang), l.cells())));
        let batch = Words::ALL.iter().flat_map(|l| Lang::ALL.map(|lang| (l.text(lang), l.cells())));
        for (text, most) in shop.chain(batch) {
            assert!(!text.is_empty() && cells(text) <= most, "{text}");
            assert!(text.chars().all(on_every_console), "{text}");
        }
    }
}
