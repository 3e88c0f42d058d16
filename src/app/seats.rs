//! The terminal with its seats: what arrives finds the seat that it is for, and the one keyboard belongs to one seat
//! at a time.
//!
//! A scanner that is bound to a station feeds that seat; any other feeds the seat that has the keyboard. A scan takes
//! the keyboard along, so that a value typed after it lands at the unit that was scanned; but never from a seat at
//! which something is half typed, a question is open, or a badge is being read. Tab moves it by hand.

use std::collections::BTreeMap;

use super::effect::Effect;
use super::model::Model;
use super::msg::{Deadline, Key, Millis, Msg, News, ScannerState};
use super::seat::{PerSeat, Seat};
use super::update::update as update_seat;
use crate::domain::id::{DeviceId, StationId};

/// A scanner of the configuration, and the station that it is bound to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// The scanner's name.
    pub scanner: DeviceId,
    /// The station; none: it feeds whichever seat has the keyboard.
    pub station: Option<StationId>,
}

/// The models of a terminal's seats.
#[derive(Debug)]
pub struct Seats {
    models: PerSeat<Model>,
    keyboard: Seat,
    /// The scanners that feed one seat alone.
    bound: BTreeMap<DeviceId, Seat>,
}

impl Seats {
    /// The seats as the terminal begins. A scanner is taken for lost until it is told of.
    pub fn new(mut models: PerSeat<Model>, bindings: Vec<Binding>) -> Self {
        let mut bound = BTreeMap::new();
        for (seat, model) in models.iter_mut() {
            model.seat = seat;
            let place = &model.settings.place.station;
            let here = bindings.iter().filter(|b| b.station.as_ref() == Some(place));
            bound.extend(here.map(|b| (b.scanner.clone(), seat)));
        }
        let mut seats = Self { models, keyboard: Seat::First, bound };
        for Binding { scanner, .. } in bindings {
            for (_, model) in seats.fed_by(&scanner) {
                model.scanners.insert(scanner.clone(), ScannerState::Lost);
            }
        }
        seats
    }

    /// The seat that has the keyboard, and its model.
    pub fn with_keyboard(&self) -> (Seat, &Model) {
        (self.keyboard, self.models.at(self.keyboard))
    }

    /// The seat without the keyboard, where there are two.
    pub fn without_keyboard(&self) -> Option<(Seat, &Model)> {
        self.models.iter().find(|(seat, _)| *seat != self.keyboard)
    }

    /// The models, the upper seat first.
    pub fn iter(&self) -> impl Iterator<Item = (Seat, &Model)> {
        self.models.iter()
    }

    /// The earliest moment that a seat waits for.
    pub fn deadline(&self) -> Option<(Seat, Deadline, Millis)> {
        let all = self.models.iter().filter_map(|(seat, m)| m.deadline().map(|(what, at)| (seat, what, at)));
        all.min_by_key(|(_, _, at)| *at)
    }

    /// The seats that a scanner may feed.
    fn fed_by(&mut self, scanner: &DeviceId) -> impl Iterator<Item = (Seat, &mut Model)> {
        let bound = self.bound.get(scanner).copied();
        self.models.iter_mut().filter(move |(seat, _)| bound.is_none_or(|b| b == *seat))
    }

    /// Tab moves the keyboard, unless it may be the end of what a scanner types.
    fn tab_moves(&self) -> bool {
        let (_, here) = self.with_keyboard();
        self.models.are_two() && (here.line.is_empty() || !here.scanners.is_empty())
    }

    /// A scan takes the keyboard along to its seat, unless somebody is using it.
    fn follow(&mut self, seat: Seat, at: Millis) {
        let (_, here) = self.with_keyboard();
        // What is on its way from there may be a badge: its PIN is asked for next.
        let asks_soon = here.flight.is_some() && here.is_masked();
        let in_use = !here.line.is_empty() || here.question().is_some() || asks_soon;
        if seat != self.keyboard && !in_use {
            self.keyboard = seat;
            self.models.at_mut(seat).keyboard_came(at);
        }
    }
}

/// Takes what arrived, at the seat that it is for. The answer is what is to be done.
pub fn update(seats: &mut Seats, msg: Msg) -> Vec<Effect> {
    let Msg { at, news } = msg;
    let seat = match &news {
        News::Key(Key::Tab) if seats.tab_moves() && seats.with_keyboard().1.doubt(at).is_none() => {
            seats.keyboard = seats.keyboard.other();
            seats.models.at_mut(seats.keyboard).somebody_came(at);
            return Vec::new();
        }
        News::Key(_) => seats.keyboard,
        News::Scan { label, device, .. } => {
            let seat = seats.bound.get(device).copied().unwrap_or(seats.keyboard);
            // A scan that was lost may be nobody's doing, such as a cable that was pulled.
            if label.text().is_some() {
                seats.follow(seat, at);
            }
            seat
        }
        News::Settled { request, .. } | News::Seen { request, .. } => request.seat,
        News::LedgerChanged(seat, _) | News::Waiting(seat, _) | News::Stock(seat, _) | News::Due(seat, _) => *seat,
        News::Resized | News::Quit => Seat::First,
        News::Scanner { name, state } => return scanner(seats, at, name, state),
        News::Status(_) | News::Broken(_) => {
            let models = seats.models.iter_mut();
            return models.flat_map(|(_, model)| update_seat(model, Msg { at, news: news.clone() })).collect();
        }
    };
    update_seat(seats.models.at_mut(seat), Msg { at, news })
}

/// A scanner came or went. What it typed on the terminal before it was taken over landed at the keyboard's seat,
/// whichever it feeds.
fn scanner(seats: &mut Seats, at: Millis, name: &DeviceId, state: &ScannerState) -> Vec<Effect> {
    let keyboard = seats.keyboard;
    let mut effects = Vec::new();
    let mut came = false;
    for (seat, model) in seats.fed_by(name) {
        came |= seat != keyboard && model.is_coming(name, state);
        let news = News::Scanner { name: name.clone(), state: state.clone() };
        effects.extend(update_seat(model, Msg { at, news }));
    }
    if came {
        seats.models.at_mut(keyboard).scanner_came(at);
    }
    effects
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::lang::Lang;
    use crate::app::model::Settings;
    use crate::app::msg::Status;
    use crate::app::settlement::Desk;
    use crate::domain::ambient::Place;
    use crate::domain::label::{Label, Loss};
    use crate::domain::time::Clock;

    fn model(station: &str) -> Model {
        let place = Place { station: station.parse().unwrap(), class: "assembly".parse().unwrap() };
        let settings = Settings {
            place,
            idle_ms: None,
            may_quit: false,
            overrides: Vec::new(),
            cartons: None,
            card: Vec::new(),
            downtime: Vec::new(),
            calendar: crate::app::shifts::calendar::Calendar::default(),
        };
        let time = "14:07".to_owned();
        let status = Status { now: None, time, utc_offset: 0, clock: Clock::Synced, replica: None, unsent: 0 };
        Model::new(settings, Desk::default(), status, Millis(0))
    }

    fn binding(scanner: &str, station: Option<&str>) -> Binding {
        Binding { scanner: scanner.parse().unwrap(), station: station.map(|s| s.parse().unwrap()) }
    }

    /// A-1 and B-1; `left` and `right` are bound to them, `spare` to none.
    fn two() -> Seats {
        let bindings = vec![binding("left", Some("A-1")), binding("right", Some("B-1")), binding("spare", None)];
        Seats::new(PerSeat::new(model("A-1"), Some(model("B-1"))), bindings)
    }

    fn hear(seats: &mut Seats, at: u64, news: News) -> Vec<Effect> {
        update(seats, Msg { at: Millis(at), news })
    }

    fn scan(seats: &mut Seats, at: u64, scanner: &str, label: Label) -> Option<Seat> {
        let news = News::Scan { label, device: scanner.parse().unwrap(), begun: Millis(at) };
        let effects = hear(seats, at, news);
        effects.iter().find_map(|e| if let Effect::Submit(s) = e { Some(s.request.seat) } else { None })
    }

    fn text() -> Label {
        Label::Text("OP-1".to_owned())
    }

    fn typed(seats: &mut Seats, at: u64, text: &str) {
        for c in text.chars() {
            hear(seats, at, News::Key(Key::Char(c)));
        }
    }

    fn fields(seats: &Seats) -> Vec<&str> {
        seats.iter().map(|(_, m)| m.line.text()).collect()
    }

    #[test]
    fn a_scanner_feeds_its_station_and_one_without_a_station_the_keyboards() {
        let mut seats = two();
        assert_eq!(scan(&mut seats, 1_000, "left", text()), Some(Seat::First));
        assert_eq!(scan(&mut seats, 2_000, "right", text()), Some(Seat::Second));
        let mut seats = two();
        assert_eq!(scan(&mut seats, 1_000, "spare", text()), Some(Seat::First));
        hear(&mut seats, 1_500, News::Key(Key::Tab));
        assert_eq!(scan(&mut seats, 2_000, "spare", text()), Some(Seat::Second));
    }

    #[test]
    fn what_is_typed_lands_at_one_seat() {
        let mut seats = two();
        typed(&mut seats, 1_000, "12");
        assert_eq!(fields(&seats), ["12", ""]);
        hear(&mut seats, 2_000, News::Key(Key::Tab));
        typed(&mut seats, 3_000, "7");
        assert_eq!(fields(&seats), ["12", "7"], "what is half typed stays where it is");
        hear(&mut seats, 4_000, News::Key(Key::Tab));
        typed(&mut seats, 5_000, "3");
        assert_eq!(fields(&seats), ["123", "7"]);
    }

    #[test]
    fn a_scan_takes_the_keyboard_along_unless_somebody_uses_it() {
        let mut seats = two();
        scan(&mut seats, 1_000, "right", text());
        assert_eq!(seats.with_keyboard().0, Seat::Second);
        scan(&mut seats, 1_005, "left", text());
        assert_eq!(seats.with_keyboard().0, Seat::Second, "the PIN of the badge there may be asked for next");
        let request = seats.models.at(Seat::Second).flight.as_ref().unwrap().request;
        let fault = crate::app::port::Fault::new("the disk is full", "free space");
        hear(&mut seats, 1_010, News::Settled { request, outcome: Err(fault) });
        hear(&mut seats, 1_900, News::Key(Key::Esc));
        typed(&mut seats, 2_000, "4");
        scan(&mut seats, 3_000, "left", text());
        assert_eq!(seats.with_keyboard().0, Seat::Second, "something is half typed there");
        hear(&mut seats, 4_000, News::Key(Key::Esc));
        scan(&mut seats, 5_000, "left", Label::Lost(Loss::Removed));
        assert_eq!(seats.with_keyboard().0, Seat::Second, "a cable that was pulled is nobody's scan");
        scan(&mut seats, 6_000, "left", text());
        assert_eq!(seats.with_keyboard().0, Seat::First);
    }

    #[test]
    fn what_is_typed_as_the_keyboard_moves_is_taken_nowhere() {
        for (wait, taken) in [(399, false), (400, true)] {
            let mut seats = two();
            scan(&mut seats, 1_000, "right", text());
            typed(&mut seats, 1_000 + wait, "OP-2");
            hear(&mut seats, 9_000, News::Key(Key::Enter));
            assert_eq!(
                (fields(&seats), seats.models.at(Seat::Second).waiting.len()),
                (vec!["", ""], usize::from(taken))
            );
        }
        let mut seats = two();
        hear(&mut seats, 500, News::Key(Key::Tab));
        typed(&mut seats, 500, "4");
        hear(&mut seats, 600, News::Key(Key::Tab));
        scan(&mut seats, 1_000, "right", text());
        hear(&mut seats, 1_100, News::Key(Key::Enter));
        assert_eq!(
            (fields(&seats), seats.models.at(Seat::Second).waiting.len()),
            (vec!["", ""], 0),
            "nor what was there"
        );
        hear(&mut seats, 1_200, News::Key(Key::F(10)));
        hear(&mut seats, 1_300, News::Key(Key::Tab));
        assert_eq!((seats.with_keyboard().0, seats.models.at(Seat::Second).lang), (Seat::Second, Lang::default()));
    }

    #[test]
    fn tab_ends_what_a_scanner_types_and_moves_the_keyboard_else() {
        let mut one = Seats::new(PerSeat::new(model("A-1"), None), Vec::new());
        typed(&mut one, 1_000, "OP-1");
        assert_eq!(hear(&mut one, 2_000, News::Key(Key::Tab)).len(), 1, "it is the end of a label");
        let mut two = Seats::new(PerSeat::new(model("A-1"), Some(model("B-1"))), Vec::new());
        typed(&mut two, 1_000, "OP-1");
        assert_eq!(hear(&mut two, 2_000, News::Key(Key::Tab)).len(), 1);
        assert_eq!(two.with_keyboard().0, Seat::First);
        hear(&mut two, 3_000, News::Key(Key::Tab));
        assert_eq!(two.with_keyboard().0, Seat::Second);
    }

    #[test]
    fn answers_and_deadlines_find_their_seat() {
        let mut seats = two();
        for (at, scanner) in [(1_000, "right"), (2_000, "left")] {
            scan(&mut seats, at, scanner, text());
        }
        assert!(seats.iter().all(|(_, m)| m.flight.is_some()));
        assert_eq!(seats.deadline(), Some((Seat::Second, Deadline::Slow, Millis(1_300))), "the earlier of the two");
        hear(&mut seats, 1_300, News::Due(Seat::Second, Deadline::Slow));
        assert_eq!(seats.deadline(), Some((Seat::First, Deadline::Slow, Millis(2_300))));
        let request = seats.models.at(Seat::Second).flight.as_ref().unwrap().request;
        let fault = crate::app::port::Fault::new("the disk is full", "free space");
        hear(&mut seats, 3_000, News::Settled { request, outcome: Err(fault) });
        let screens: Vec<_> = seats.iter().map(|(_, m)| m.screen().name()).collect();
        assert_eq!(screens, ["sign-on", "fault"]);
    }

    #[test]
    fn each_seat_knows_the_scanners_that_feed_it() {
        let mut seats = two();
        hear(&mut seats, 1_000, News::Scanner { name: "right".parse().unwrap(), state: ScannerState::Ready });
        let told: Vec<_> = seats.iter().map(|(_, m)| format!("{:?}", m.scanners.values())).collect();
        assert_eq!(told, ["[Lost, Lost]", "[Ready, Lost]"]);
    }

    #[test]
    fn what_a_scanner_types_before_it_is_taken_over_is_dropped_wherever_it_lands() {
        for (begun, ended, taken) in [(990, 1_005, false), (1_100, 1_250, false), (1_300, 1_400, true)] {
            let mut seats = two();
            let right = News::Scanner { name: "right".parse().unwrap(), state: ScannerState::Ready };
            let before = begun < 1_000;
            if before {
                typed(&mut seats, begun, "OP");
            }
            hear(&mut seats, 1_000, right);
            typed(&mut seats, begun.max(1_000), "-1");
            let effects = hear(&mut seats, ended, News::Key(Key::Enter));
            assert_eq!(effects.iter().any(|e| matches!(e, Effect::Submit(_))), taken, "{begun}");
        }
        let mut seats = two();
        for at in [1_000, 5_000] {
            typed(&mut seats, at, "OP-1");
            hear(&mut seats, at, News::Scanner { name: "right".parse().unwrap(), state: ScannerState::Ready });
            let effects = hear(&mut seats, at + 500, News::Key(Key::Enter));
            assert_eq!(effects.iter().any(|e| matches!(e, Effect::Submit(_))), at == 5_000, "it was ready by then");
        }
    }
}
