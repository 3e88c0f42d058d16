//! The gate's words in German. A unit is a `Teil`, what goes into it is `Material` or a `Komponente`.

use crate::domain::gate::decision::Did;
use crate::domain::refusal::Code;

const NOT_QUALIFIED: &str =
    "Ihnen fehlt für diesen Schritt die gültige Qualifikation[ {qualification}][; sie galt bis {expired}].";
const SECOND_PERSON: &str = "[Sie lernen {qualification} noch: Eine Aufsicht muss dabei sein|Wer an Schritt {since} \
    gearbeitet hat, macht und unterschreibt Schritt {step} nicht|Wer die Arbeit gemacht hat, unterschreibt sie nicht \
    selbst].";
const CONFIRM_VALUE: &str =
    "[{value}|Der Wert] liegt außerhalb [{limits}|der Grenzen]. Noch einmal derselbe gilt als Fehler.";
const WRONG_IDENTIFIER: &str = "[Dem Etikett fehlt {field}, was der Ablauf verlangt|{label} hat nicht die Form, die \
    der Ablauf verlangt|Das hat nicht die Form, die der Ablauf verlangt].";
const LOT_EXPIRED: &str = "[Charge {lot}|Komponente {serial}|Diese Charge] [war zu lange offen, bis {until}|war zu \
    lange offen: {limits}|ist abgelaufen: {expired}|ist abgelaufen].";
const GAUGE_MISSING: &str = "[Messgerät {gauge} misst {found_kind}; gebraucht wird {kind}|Messgerät {gauge} misst \
    {found_kind}; hier unnötig|Messgerät {gauge} ist nicht angelegt|Kein Messgerät für {kind} gewählt|Es ist kein \
    Messgerät gewählt].";
const GAUGE_OVERDUE: &str = "[Messgerät {gauge}|Das Messgerät] [darf nicht benutzt werden: {standing}|war am \
    {expired} zu kalibrieren|ist überfällig zur Kalibrierung].";
const TOO_EARLY: &str =
    "Die Wartezeit[ nach Schritt {since}] ist noch nicht um[: {allowed} Minuten][; bis {until} warten].";
const TOO_LATE: &str =
    "Die Zeit[ nach Schritt {since}] ist überschritten[: höchstens {allowed} Minuten][, bis {until}].";
const NONCONFORMING: &str = "[{unit}|Dieses Teil] ist fehlerhaft[, Schritt {step}][: {check}][ {value}][, {reason}].";
const CLOCK_UNTRUSTED: &str = "Der Uhr ist nicht zu trauen[: Die Zeit seit Schritt {since} ist ungewiss|: Ob {lot} \
    abgelaufen ist, ist ungewiss|: Ob {gauge} kalibriert ist, ist ungewiss].";
const INCOMPLETE_RECORD: &str = "[{unit} ist nicht fertig: Schritt {due_step} ist fällig|In der Akte von {unit} \
    fehlt {check} an Schritt {step}|In der Akte von {unit} fehlt {part} an Schritt {step}|Die Akte von {unit} ist an \
    Schritt {step} unvollständig|Die Akte von {serial} ist unvollständig|\
    Die Akte von {unit} ist unvollständig|Die Akte von diesem Teil ist unvollständig].";

const WRONG_TIME: &str = "Die Zeit auf dem Papier[ {at}] kann nicht sein[: {unit} hat einen Eintrag von {until}|\
    : Ladung {load} begann um {until}|: Grenze ist {until}].";
const FIRST_PIECE: &str = "Das Erststück[ von Auftrag {order}| von Charge {lot}][, {first},] ist nicht freigegeben.";
const GOLDEN_DUE: &str = "Das Prüfmuster ist fällig[: {fits}][; zuletzt geprüft um {at}].";

const CONFIRM_START: &str = "[Neues Los {unit}, {pieces} Stück{of_pieces}. Noch einmal scannen, oder Anzahl tippen.|\
    {value} ist keine Stückzahl{of_pieces}: 1 bis {allowed}.|Neues Los {unit}{of_pieces}. Anzahl der Stücke tippen.|\
    Neues Teil {unit} nach {route}. Zum Beginnen noch einmal scannen.|Neues Teil. Zum Beginnen noch einmal scannen.]";
const ORDER_FULL: &str = "Auftrag[ {order}] ist voll[: er braucht noch {left} Stück, nicht {pieces}|\
    : {allowed} Teile|: {needed} Teile].";
const NOT_ALIKE: &str = "[{unit}|Das Los] und [{in_unit}|das andere] sind nicht gleich[: {field}][ {fits}].";

/// What is wrong.
#[expect(clippy::too_many_lines, reason = "one line for each code")]
pub(super) fn message(code: Code) -> &'static str {
    match code {
        Code::NotSignedOn => "An dieser Station ist niemand angemeldet.",
        Code::UnknownBadge => "Dieser Ausweis gilt hier nicht.",
        Code::WrongPin => "Die PIN ist falsch[: {standing}|: Versuch {tries} von {allowed}].",
        Code::LockedOut => "Ausweis nach zu vielen falschen PINs gesperrt[, bis {until}].",
        Code::Role => "Dafür ist die Rolle [{role}|aus dem Ablauf] nötig.",
        Code::NotQualified => NOT_QUALIFIED,
        Code::SecondPerson => SECOND_PERSON,
        Code::UnknownLabel => "[{label}|Das] ist hier nicht bekannt.",
        Code::AmbiguousLabel => "Dieses Etikett passt auf mehrere Dinge[: {fits}].",
        Code::Misread => "Das Etikett wurde nicht sauber gelesen[: {why}].",
        Code::ScannerTest => "Scannertest[: {why}].",
        Code::BadInput => "So geht das nicht[; möglich: {fits}].",
        Code::ConfirmStart => CONFIRM_START,
        Code::ConfirmValue => CONFIRM_VALUE,
        Code::Implausible => "[{value}|Der Wert] kann nicht stimmen[: glaubhaft ist {limits}].",
        Code::WhichUnit => {
            "[{unit} ist nicht das offene Teil|{label} passt zu {fits}|Offen: {fits}|Das ist nicht das offene Teil]."
        }
        Code::LoadOpen => "[Ladung {load} ist hier offen|Das Teil geht durch eine Ladung][: bis {allowed} Teile].",
        Code::UnitOpen => "[{unit}|Ein anderes Teil] ist nicht fertig[, Schritt {step}][; offen an {station}].",
        Code::WrongIdentifier => WRONG_IDENTIFIER,
        Code::UnknownUnit => "[{unit}|{serial}|Dieses Teil] ist nicht erfasst.",
        Code::DuplicateSerial => "[{unit}|{lot}|Diese Nummer] gibt es schon[, in {in_unit}].",
        Code::OutOfSequence => "Zuerst ist ein anderer Schritt fällig[: Schritt {due_step}].",
        Code::AlreadyPassed => "Das ist schon erledigt[: Schritt {step}].",
        Code::WrongStation => "Dieses Teil ist an [{due_station}|einer anderen Station] fällig[, Schritt {due_step}].",
        Code::NothingOpen => "Hier ist kein Teil offen.",
        Code::CheckMissing => "Eine Prüfung fehlt[: {check}][ {point}].",
        Code::CheckFailed => "Eine Prüfung ist nicht in Ordnung[: {check}][ {point}][ {value}].",
        Code::SignatureMissing => "Die Unterschrift fehlt[ ({role})].",
        Code::StaleScan => "Der Scan kam, bevor die Anzeige wechselte.",
        Code::CheckMalformed => "[{value}|Das] ist keine Antwort[ auf {check}][; verlangt ist {limits}].",
        Code::AlreadyRecorded => "Das ist schon erfasst[, um {at}].",
        Code::MaterialMissing => "Material fehlt[: {needed} von {part}].",
        Code::WrongPart => "Das ist [{found_part}|{label}|ein anderes Material][; gebraucht wird {part}].",
        Code::UnknownLot => "Eine Charge [{label}|mit dieser Nummer] ist nicht eingegangen.",
        Code::LotOnHold => "Charge[ {lot}] darf nicht verwendet werden[: {standing}].",
        Code::LotExpired => LOT_EXPIRED,
        Code::LotExhausted => "Charge[ {lot}] ist aufgebraucht[: noch {left}, gebraucht {needed}].",
        Code::AlreadyInstalled => "[{serial}|{unit}|Diese Komponente] steckt in [{in_unit}|einem anderen Teil].",
        Code::TypedEntry => "Hier gilt nur ein Scan oder ein Messgerät.",
        Code::OrderMissing => "Für [{unit}|dieses Teil] ist kein Auftrag gewählt[ ({route})].",
        Code::OrderFull => ORDER_FULL,
        Code::OrderClosed => "Auftrag[ {order}] ist abgeschlossen.",
        Code::NotInOrder => "[{unit}|Das Teil] gehört nicht zu Auftrag[ {order}][: {limits}].",
        Code::RouteWithdrawn => "Ablauf[ {route}][ {revision}] ist zurückgezogen. Kein neues Teil beginnt damit.",
        Code::GaugeMissing => GAUGE_MISSING,
        Code::GaugeOverdue => GAUGE_OVERDUE,
        Code::TooEarly => TOO_EARLY,
        Code::TooLate => TOO_LATE,
        Code::OnHold => "[{serial}|{unit}|Das] ist gesperrt[ (in {in_unit})][: {reason}][; auch: {fits}].",
        Code::Nonconforming => NONCONFORMING,
        Code::Scrapped => "[{serial}|{unit}|Das] ist Ausschuss.",
        Code::TooMany => "[{unit}|Das Los] hat nicht so viele Stücke[: {pieces}][; höchstens {left} können weg].",
        Code::NotAlike => NOT_ALIKE,
        Code::AttemptsUsed => "Kein Versuch mehr übrig[ an Schritt {step}][; erlaubt sind {allowed}].",
        Code::Dispatched => "[{unit}|Dieses Teil] ist schon ausgeliefert.",
        Code::RouteNotReleased => "Der Ablauf[ {route}][ {revision}] ist nicht freigegeben.",
        Code::RouteChanged => "Der Ablauf weicht von seinem freigegebenen Text ab.",
        Code::ClockUntrusted => CLOCK_UNTRUSTED,
        Code::HubUnreachable => "Der Zentralrechner ist nicht erreichbar.",
        Code::Fork => "[{serial}|{unit}|Dieses Teil] hat zwei Akten, die nicht zusammenpassen[ (in {in_unit})].",
        Code::IncompleteRecord => INCOMPLETE_RECORD,
        Code::StationDown => "[{station}|Diese Station] steht[: {reason}][; seit {at}].",
        Code::NoSuchStep => "Revision [{revision}|dort] hat keinen Schritt [{step}|den das Teil bestand].",
        Code::LedgerFault => "Der Eintrag konnte nicht geschrieben werden.",
        Code::NoOverride => {
            "Keine Übersteuerung[ von {kind}][: {tries} von {allowed} der Schicht verbraucht][; möglich: {fits}]."
        }
        Code::AlreadyPacked => {
            "[{unit}|Karton {carton}|Das] ist schon [in Karton {in_carton}|auf Lieferung {shipment}|gepackt]."
        }
        Code::CartonFull => "Karton[ {carton}] ist voll[: {allowed} Teile].",
        Code::CartonClosed => "Karton[ {carton}] ist geschlossen.",
        Code::CartonOpen => "Das Etikett von Karton[ {carton}] wurde noch nicht zurückgescannt.",
        Code::CartonMissing => "Kein Karton ist in Arbeit[ für {unit}].",
        Code::CartonNotFull => {
            "Karton[ {carton}] ist nicht voll[: {tries} von {allowed} Teilen]. Zählen; derselbe Scan schließt ihn."
        }
        Code::WrongCarton => "Das ist Karton [{label}|mit anderer Nummer]; in Arbeit ist [{carton}|ein anderer].",
        Code::UnknownCarton => "Karton[ {carton}] ist nicht erfasst.",
        Code::WrongTime => WRONG_TIME,
        Code::PaperOpen => "Hier wird gerade Papier eingegeben[, vom {at}].",
        Code::LabelReplaced => "Etikett[ {label}] gilt nicht mehr[: Das Etikett dieses Teils ist {fits}].",
        Code::LabelUnverified => "Das neue Etikett von [{unit}|diesem Teil] wurde nicht zurückgescannt[: {fits}].",
        Code::UnknownShipment => "Lieferung[ {shipment}] ist nicht erfasst.",
        Code::MustNotMix => "[{unit}|Karton {carton}|Das] gehört nicht hierher[: {value}, nicht {fits}].",
        Code::NotPacked => {
            "[{unit} ist in keinem Karton|Karton {carton} ist leer|Lieferung {shipment} ist leer|Nicht gepackt]."
        }
        Code::NotProduction => "[{unit}|Dieses Teil] ist nicht für den Verkauf[: {kind}].",
        Code::FirstPiece => FIRST_PIECE,
        Code::GoldenDue => GOLDEN_DUE,
        Code::GoldenFailed => "Der Prüfplatz fand nicht, was er soll[: Muster {first}][ ({check})][, um {at}].",
    }
}

/// What to do about it: the next physical action first.
#[expect(clippy::too_many_lines, reason = "one line for each code")]
pub(super) fn what_to_do(code: Code) -> &'static str {
    match code {
        Code::NotSignedOn => "Zuerst den eigenen Ausweis scannen.",
        Code::UnknownBadge => "Den eigenen Ausweis scannen. Neue Leute meldet der Schichtleiter an.",
        Code::WrongPin => "[{remedy}|Ausweis noch einmal scannen, dann die PIN eingeben.]",
        Code::LockedOut => "Warten[ bis {until}], oder vom Schichtleiter eine neue PIN geben lassen.",
        Code::Role => "Teil ablegen und jemanden mit der Rolle [{role}|dafür] rufen.",
        Code::NotQualified => "Teil ablegen und jemanden mit Qualifikation[ {qualification}] rufen.",
        Code::SecondPerson => {
            "[Jemanden mit Qualifikation {qualification} rufen: jetzt dessen Ausweis scannen.|\
             Eine andere Person rufen, die es macht, oder prüft und unterschreibt.]"
        }
        Code::UnknownLabel => "Nachsehen, welches Etikett gebraucht wird, und das scannen.",
        Code::AmbiguousLabel => "Stück beiseitelegen und den Schichtleiter fragen. Nichts wurde geraten.",
        Code::Misread => "[{remedy}|Noch einmal scannen. Bleibt es so, das Etikett ersetzen.]",
        Code::ScannerTest => "[{remedy}|Den Test noch einmal scannen.]",
        Code::BadInput => "Nachsehen, was verlangt ist, und das eingeben.",
        Code::ConfirmStart => "[Stücke zählen{of_pieces} und die Anzahl tippen.|Dasselbe Etikett noch einmal scannen.]",
        Code::ConfirmValue => "Noch einmal messen und den neuen Wert eingeben.",
        Code::Implausible => "Noch einmal messen und auf den Dezimalpunkt achten.",
        Code::LoadOpen => "Erst die Ladung beenden, oder das Teil in die nächste geben.",
        Code::WhichUnit => "Das Etikett des Teils scannen, das vor Ihnen liegt.",
        Code::UnitOpen => "[{unit}|Das offene Teil] wieder in die Hand nehmen: fertig machen oder zuerst ablegen.",
        Code::WrongIdentifier => "Das Etikett [von {part} mit der Nummer|des Teils selbst] scannen.",
        Code::UnknownUnit => "Etikett ansehen und noch einmal scannen.",
        Code::DuplicateSerial => {
            "[Charge {lot}|Teil] beiseitelegen und den Schichtleiter fragen: Die Nummer ist vergeben."
        }
        Code::OutOfSequence => "Teil zurückbringen[ zu Schritt {due_step}].",
        Code::AlreadyPassed => "Teil weitergeben. Hier ist nichts zu tun.",
        Code::WrongStation => "Teil zu [{due_station}|der Station] bringen, wo es fällig ist.",
        Code::NothingOpen => "Das Etikett des Teils scannen.",
        Code::CheckMissing => "Prüfung[ {check}][ {point}] machen und eingeben.",
        Code::CheckFailed => "Teil liegen lassen. Mit Grund neu versuchen oder den Fehler melden.",
        Code::SignatureMissing => "[{role}|Wer unterschreibt] rufen: Ausweis scannen lassen.",
        Code::StaleScan => "Auf die Anzeige sehen, dann noch einmal scannen.",
        Code::CheckMalformed => "Eingeben wie verlangt. Dezimalzahlen mit Punkt und allen Stellen.",
        Code::AlreadyRecorded => "Mit dem Nächsten weitermachen.",
        Code::MaterialMissing => "[{part}|Das fehlende Material] nehmen und scannen.",
        Code::WrongPart => "Zurücklegen[, {part} nehmen und scannen|; hier wird nichts mehr davon gebraucht].",
        Code::UnknownLot => "Material beiseitelegen. Die Charge muss zuerst vereinnahmt werden.",
        Code::LotOnHold => "Material beiseitelegen, eine andere Charge nehmen und scannen.",
        Code::LotExpired => "Material als abgelaufen kennzeichnen und weglegen. Andere Charge nehmen.",
        Code::LotExhausted => "Rest weglegen, eine andere Charge nehmen und scannen.",
        Code::AlreadyInstalled => "Komponente beiseitelegen, eine andere nehmen. Klären, wer ihre Nummer trägt.",
        Code::TypedEntry => "Einen Scanner benutzen, der an diesem Terminal eingerichtet ist, oder ein Messgerät.",
        Code::OrderMissing => "Auftrag scannen oder mit F2 wählen. Dann das Teil noch einmal scannen.",
        Code::OrderFull | Code::OrderClosed => {
            "Teil zurücklegen. Nächsten Auftrag mit F2 wählen oder den Schichtleiter fragen."
        }
        Code::NotInOrder => "Teil beiseitelegen und seinen Auftrag wählen, oder den Schichtleiter fragen.",
        Code::RouteWithdrawn | Code::RouteNotReleased | Code::RouteChanged => {
            "Teil beiseitelegen und den Schichtleiter nach dem freigegebenen Ablauf fragen."
        }
        Code::GaugeMissing => "[{gauge} zurücklegen. ]Ein Messgerät[ für {kind}] nehmen und scannen.",
        Code::GaugeOverdue => "Messgerät zur Kalibrierung weglegen. Ein anderes nehmen und scannen.",
        Code::TooEarly => {
            "[{load} bis {until} drin lassen, dann beenden.|{load} drin lassen, später beenden.|\
             Teil zurücklegen und warten, bis {until}. Dann noch einmal scannen.|\
             Teil zurücklegen und warten. Später noch einmal scannen.]"
        }
        Code::TooLate => "Teil in das Sperrregal legen. Der Schichtleiter entscheidet (F9).",
        Code::OnHold => "Teil in das Sperrregal legen und den Schichtleiter rufen.",
        Code::Nonconforming | Code::AttemptsUsed => "Teil in das rote Regal legen. Der Schichtleiter entscheidet.",
        Code::Scrapped => "Gekennzeichnet in den Ausschussbehälter legen.",
        Code::TooMany => "Stücke noch einmal zählen und die Anzahl tippen.",
        Code::NotAlike => "Die beiden Lose getrennt lassen.",
        Code::Dispatched => "Teil beiseitelegen und den Schichtleiter rufen: Es dürfte nicht hier sein.",
        Code::ClockUntrusted => "Teil beiseitelegen und einen Techniker rufen, der die Uhr stellt.",
        Code::HubUnreachable => "Teil beiseitelegen und den Schichtleiter rufen.",
        Code::IncompleteRecord => {
            "[{unit} zuerst zu Schritt {due_step} bringen und ein fertiges nehmen.|\
             Teil in das Sperrregal legen und den Schichtleiter rufen. Er entscheidet über die Akte.]"
        }
        Code::Fork => "Teil in das Sperrregal legen und den Schichtleiter rufen. Er entscheidet über die Akte.",
        Code::StationDown => "Teil liegen lassen. Läuft die Station wieder, mit F11 melden.",
        Code::NoSuchStep => "Teil lassen, wie es ist. Den Schritt nennen, der ihn ersetzt[: {fits}].",
        Code::LedgerFault => "Teil liegen lassen und einen Techniker rufen.",
        Code::NoOverride => "Teil ablegen. Die Qualität entscheidet über eine Sonderfreigabe.",
        Code::AlreadyPacked => "Zurücklegen, wo es hingehört, und das Nächste nehmen.",
        Code::CartonFull => "Etikett des Kartons scannen: Er wird geschlossen. Dann den nächsten nehmen.",
        Code::CartonClosed => "Einen anderen Karton nehmen. Einen geschlossenen öffnet der Schichtleiter.",
        Code::CartonOpen => "Das Etikett am Karton scannen, um ihn zu schließen.",
        Code::CartonMissing => "Zuerst das Etikett des Kartons scannen, dann das Teil.",
        Code::CartonNotFull => "Nachzählen, was im Karton ist. Stimmt es, das Etikett noch einmal scannen.",
        Code::WrongCarton => "Das Etikett des Kartons scannen, der vor Ihnen steht. Den anderen wegstellen.",
        Code::UnknownCarton => "Etikett ansehen. Ein Karton beginnt dort, wo gepackt wird.",
        Code::WrongTime => "Das Papier noch einmal ansehen: Datum und Zeit, und um welches Teil es geht.",
        Code::PaperOpen => "Den Rest des Papiers eingeben und beenden. Danach das andere tun.",
        Code::LabelReplaced => "Das gültige Etikett[ {fits}] am Teil suchen und scannen. Das alte abreißen.",
        Code::LabelUnverified => "Das neue Etikett[ {fits}] auf das Teil kleben und dort scannen.",
        Code::UnknownShipment => "Lieferschein ansehen. Die Lieferung eröffnet das Büro.",
        Code::MustNotMix => "Für den Karton oder die Lieferung weglegen, wohin es gehört. Das Nächste nehmen.",
        Code::NotPacked => "[Zuerst {unit} in einen Karton packen.|Zuerst etwas packen oder laden.]",
        Code::NotProduction => "Teil beiseitelegen und den Schichtleiter rufen. Es wird nicht verkauft.",
        Code::FirstPiece => "Teil zurücklegen. [{first}|Das Erststück] beenden und die Qualität zur Freigabe rufen.",
        Code::GoldenDue => "Teil beiseitelegen. Das Muster[ {fits}] nehmen, scannen und prüfen.",
        Code::GoldenFailed => {
            "Nicht weiter prüfen. Techniker zum Prüfplatz rufen, dann das Muster[ {fits}] neu prüfen."
        }
    }
}

/// The rule behind a refusal, by the name of its group.
pub(super) fn rule(code: Code) -> &'static str {
    match code.rule() {
        "people" => "Hier arbeitet nur, wer bekannt ist und es darf, jeder unter eigenem Namen.",
        "input" => "Eingaben müssen sicher gelesen sein. Nichts wird geraten.",
        "identity" => "Jedes Teil hat eine Nummer, für immer.",
        "one-unit-at-a-time" => "Eine Station bearbeitet ein Teil zur Zeit.",
        "sequence" => "Schritte folgen dem Ablauf, jeder an seiner Station.",
        "checks" => "Ein Schritt ist erst gut, wenn alle Prüfungen gut sind.",
        "signature" => "Ein Schritt mit Unterschrift ist erst mit ihr gut.",
        "material" => "Nur richtiges, freies Material wird verbaut, und zwar vollständig.",
        "order" => "Teile werden unter ihrem Auftrag gefertigt.",
        "route" => "Gearbeitet wird nach einem freigegebenen Ablauf.",
        "gauge" => "Gemessen wird mit kalibrierten Messgeräten.",
        "batch" => "Die Stücke eines Loses bleiben zusammen, und keines geht verloren.",
        "station" => "An einer Station, die steht, wird nicht gearbeitet.",
        "first-piece" => "Das Erststück ist freigegeben, bevor das zweite begonnen wird.",
        "golden-sample" => "Ein Prüfplatz beweist am Prüfmuster, dass er gut von schlecht trennt.",
        "packing" => "Ein Teil ist in einem Karton, und nur Vollständiges geht hinaus.",
        "standing" => "Gesperrte, fehlerhafte, verschrottete oder gelieferte Teile ruhen.",
        _ => "Was nicht sicher erfasst ist, ist nicht geschehen.",
    }
}

/// What was done.
#[expect(clippy::too_many_lines, reason = "a text for each answer")]
pub(super) fn did(did: Did) -> &'static str {
    match did {
        Did::SignedOn => "Angemeldet",
        Did::SignedOff => "Abgemeldet",
        Did::BadgeRead => "Ausweis gelesen; jetzt die PIN",
        Did::SignatureOpened => "Ausweis gelesen; die PIN unterschreibt",
        Did::UnitOpened => "Teil offen",
        Did::LoadEntered => "In der Ladung",
        Did::LoadLeft => "Aus der Ladung genommen",
        Did::LoadBegun => "Ladung begonnen",
        Did::LoadEnded => "Ladung beendet",
        Did::MaterialInstalled => "Material erfasst",
        Did::MaterialVerified => "Komponente bestätigt",
        Did::CheckRecorded => "Prüfung erfasst",
        Did::RetestBegun => "Neuer Versuch begonnen",
        Did::SignatureRecorded => "Unterschrieben",
        Did::StepPassed => "Schritt bestanden",
        Did::StepFailed => "Schritt fehlerhaft",
        Did::UnitCompleted => "Teil fertig",
        Did::UnitDispatched => "Teil ausgeliefert",
        Did::UnitHeld => "Teil gesperrt",
        Did::HoldReleased => "Sperre aufgehoben",
        Did::HistorySettled => "Akte geklärt",
        Did::Voided => "Letzter Eintrag zurückgenommen",
        Did::Disposed => "Entscheidung erfasst",
        Did::Closed => "Teil abgelegt",
        Did::Enrolled => "Person angelegt",
        Did::Revoked => "Ausweis entzogen",
        Did::PinChanged => "PIN geändert",
        Did::PinConfirmed => "Neue PIN bestätigt",
        Did::RouteReleased => "Ablauf freigegeben",
        Did::RouteWithdrawn => "Ablauf zurückgezogen",
        Did::LotReceived => "Charge vereinnahmt",
        Did::LotChanged => "Charge geändert",
        Did::LotLoaded => "Charge geladen",
        Did::OrderSelected => "Auftrag gewählt",
        Did::GaugeSelected => "Messgerät gewählt",
        Did::StepSkipped => "Schritt ausgelassen",
        Did::UnitsHeld => "Teile gesperrt",
        Did::Recovered => "Komponenten ausgebaut",
        Did::OrderOpened => "Auftrag eröffnet",
        Did::OrderClosed => "Auftrag geschlossen",
        Did::GaugeRegistered => "Messgerät angelegt",
        Did::GaugeChanged => "Messgerät geändert",
        Did::Qualified => "Qualifikationen geändert",
        Did::BatchSplit => "Los geteilt",
        Did::BatchMerged => "Lose vereint",
        Did::PiecesRejected => "Fehlerhafte Stücke getrennt",
        Did::LabelReplaced => "Etikett ersetzt: das neue scannen",
        Did::LabelReprinted => "Etikett noch einmal gedruckt",
        Did::LabelVerified => "Neues Etikett zurückgescannt",
        Did::PaperBegun => "Ab jetzt vom Papier gelesen",
        Did::PaperEnded => "Das Papier ist eingegeben",
        Did::SentBack => "Zurückgeschickt",
        Did::ScrapReversed => "Verschrottung zurückgenommen",
        Did::ComponentJudged => "Über die Komponente entschieden",
        Did::PermitOpened => "Sonderfreigabe eröffnet",
        Did::PermitClosed => "Sonderfreigabe geschlossen",
        Did::Overridden => "Übersteuerung erfasst",
        Did::RouteMoved => "Auf die Revision umgestellt",
        Did::MoveSeen => "Umstellung gesehen",
        Did::StationDown => "Station steht",
        Did::StationUp => "Station läuft wieder",
        Did::NoteLeft => "Notiz hinterlassen",
        Did::NoteRead => "Notizen gelesen",
        Did::LeadCalled => "Schichtleiter gerufen",
        Did::CallWithdrawn => "Ruf zurückgenommen",
        Did::CallAnswered => "Schichtleiter ist da",
        Did::HourExplained => "Grund erfasst",
        Did::CartonBegun => "Karton begonnen",
        Did::CartonOpened => "Karton in Arbeit",
        Did::UnitPacked => "Teil gepackt",
        Did::UnitUnpacked => "Teil ausgepackt",
        Did::CartonClosed => "Karton geschlossen",
        Did::ShipmentOpened => "Lieferung eröffnet",
        Did::ShipmentSelected => "Lieferung gewählt",
        Did::CartonLoaded => "Karton geladen",
        Did::UnitLoaded => "Teil geladen",
        Did::Unloaded => "Abgeladen",
        Did::PutAside => "Weggestellt",
        Did::ShipmentDispatched => "Lieferung ausgeliefert",
        Did::UnitReturned => "Teil zurückgenommen",
        Did::ReturnEnded => "Rücknahme beendet",
        Did::FirstPieceApproved => "Erststück freigegeben",
        Did::FirstPieceDropped => "Erststück aufgegeben",
        Did::GoldenPassed => "Prüfmuster: Prüfplatz in Ordnung",
        Did::GoldenFailed => "Prüfmuster: PRÜFPLATZ FEHLERHAFT",
    }
}
