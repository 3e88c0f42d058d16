//! Whatever arrives, in whatever order: nothing panics, every screen fits every terminal, and a pass is never drawn
//! without a receipt.

use std::sync::LazyLock;

use proptest::prelude::*;
use ratatui::style::Color;
use traveller::app::effect::Effect;
use traveller::app::model::{Band, Model, Screen};
use traveller::app::msg::{Deadline, Key, Millis, Msg, News, Request, ScannerState};
use traveller::app::port::Fault;
use traveller::app::seat::{PerSeat, Seat};
use traveller::app::seats::{Binding, Seats, update};
use traveller::app::settlement::Settlement;
use traveller::app::shelf::{Look, Seen, Shelf};
use traveller::domain::id::DeviceId;
use traveller::domain::label::{Label, Loss};
use traveller::ui::theme::Theme;

use super::pair::{Pair, SCANNERS};
use super::picture::{cells, cells_of_seats};
use super::plant::{PIN, Plant, Post};

const PUMP: &str = "PC226-000417";

/// Answers that the gate really gave: each is put before the model in every state.
static ANSWERS: LazyLock<Vec<Settlement>> = LazyLock::new(|| {
    let plant = Plant::new();
    let mut all = Vec::new();
    let mut keep = |mut post: Post| all.append(&mut post.settled);
    let mut post = plant.post("receiving", true);
    let read = |post: &mut Post| {
        if post.screen() == "stopped" {
            post.esc();
        }
    };
    for line in ["NOBODY", "OP-1", PIN, PUMP, PUMP, "1", "XX", "2", "1", PUMP] {
        post.enter(line);
        read(&mut post);
    }
    keep(post);
    let mut post = plant.pump_at_test("PC226-000418");
    for line in ["PC200-2.4.1", "201", "9", "0.31", "2", "2"] {
        post.enter(line);
        read(&mut post);
    }
    post.f(3);
    post.enter("1");
    post.enter("PC226-000418");
    let mut post2 = plant.working("receiving", "PC226-000420");
    post2.all(&["2", "2"]);
    keep(post2);
    keep(post);
    keep(plant.pump_at_test("PC226-000419"));
    all.append(&mut super::lamp::answers());
    assert!(all.len() > 20, "{}", all.len());
    all
});

/// What a shelf really had.
static SHELF: LazyLock<Shelf> = LazyLock::new(super::lamp::shelf);

#[derive(Debug, Clone)]
enum Step {
    Key(Key),
    Line(&'static str),
    /// From which scanner, what (none: it was lost), and how long ago it began.
    Scan(usize, Option<Vec<u8>>, u64),
    Scanner(usize, ScannerState),
    Settle(usize),
    Fault,
    Changed(Seat, usize),
    Due(Seat, Deadline),
    Wait(u64),
}

fn seat() -> impl Strategy<Value = Seat> {
    prop::sample::select(vec![Seat::First, Seat::Second])
}

fn step() -> impl Strategy<Value = Step> {
    let lines = prop::sample::select(vec![
        "",
        "0",
        "1",
        "2",
        "9",
        "2.21",
        "2,21",
        "OP-1",
        "LEAD",
        PIN,
        PUMP,
        "SCR-1",
        "B0004170",
        "LGCFLT",
        "3",
        "4",
        "500",
        "2027-03-31",
        "L-77",
        "does not fit",
    ]);
    let key = prop_oneof![
        (1u8..=12).prop_map(Key::F),
        Just(Key::Enter),
        Just(Key::Tab),
        Just(Key::Esc),
        Just(Key::Backspace),
        Just(Key::Up),
        Just(Key::PageDown),
        any::<char>().prop_map(Key::Char),
        Just(Key::Interrupt),
    ];
    let labels = prop::sample::select(vec!["OP-1", PUMP, "B0004170", "SCR-1", "LGCFLT", "1", PIN, super::lamp::LABEL]);
    let sent = prop_oneof![
        4 => labels.prop_map(|label| Some(label.as_bytes().to_vec())),
        1 => prop::collection::vec(any::<u8>(), 0..12).prop_map(Some),
        1 => Just(None),
    ];
    let state = prop::sample::select(vec![
        ScannerState::Ready,
        ScannerState::Lost,
        ScannerState::NotPermitted,
        ScannerState::Taken { by: Some("a\u{1b}[2J".to_owned()) },
    ]);
    prop_oneof![
        4 => key.prop_map(Step::Key),
        4 => lines.prop_map(Step::Line),
        3 => (0usize..3, sent, 0u64..900).prop_map(|(which, bytes, ago)| Step::Scan(which, bytes, ago)),
        1 => (0usize..3, state).prop_map(|(which, state)| Step::Scanner(which, state)),
        4 => any::<usize>().prop_map(Step::Settle),
        1 => Just(Step::Fault),
        1 => (seat(), any::<usize>()).prop_map(|(seat, which)| Step::Changed(seat, which)),
        1 => (seat(), prop::sample::select(vec![Deadline::Idle, Deadline::Slow])).prop_map(|(s, d)| Step::Due(s, d)),
        2 => (0u64..2_000).prop_map(Step::Wait),
    ]
}

/// The scanners that send: one for each seat, and one for whichever has the keyboard.
fn scanner(which: usize) -> DeviceId {
    SCANNERS[which % SCANNERS.len()].parse().unwrap()
}

/// A terminal with one seat or two, and the requests that are in flight.
struct Run {
    seats: Seats,
    now: u64,
    flights: Vec<(Request, Option<Look>)>,
}

impl Run {
    fn begin(two: bool) -> Self {
        static FRESH: LazyLock<Plant> = LazyLock::new(Plant::new);
        let seat = |class| FRESH.seat(class, true).1;
        let models = PerSeat::new(seat("receiving"), two.then(|| seat("assembly")));
        let stations = [Some("RECEIVING-1"), Some("ASSEMBLY-1"), None];
        let binding = |(name, station): (&str, Option<&str>)| Binding {
            scanner: name.parse().unwrap(),
            station: station.map(|s| s.parse().unwrap()),
        };
        let bindings = SCANNERS.into_iter().zip(stations).map(binding).collect();
        Self { seats: Seats::new(models, bindings), now: 0, flights: Vec::new() }
    }

    fn hear(&mut self, news: News) {
        for effect in update(&mut self.seats, Msg { at: Millis(self.now), news }) {
            let (request, look) = match effect {
                Effect::Submit(submission) => (submission.request, None),
                Effect::Look(request, look) => (request, Some(*look)),
                Effect::Bell(_) | Effect::Quit => continue,
            };
            assert!(self.flights.iter().all(|(f, _)| f.seat != request.seat), "two actions in flight at one seat");
            self.flights.push((request, look));
        }
    }

    /// Settles the oldest request.
    fn settle(&mut self, outcome: Result<Box<Settlement>, Fault>) {
        if !self.flights.is_empty() {
            let (request, look) = self.flights.remove(0);
            let news = match look {
                None => News::Settled { request, outcome },
                Some(look) => News::Seen { request, outcome: outcome.map(|settlement| saw(look, &settlement)) },
            };
            self.hear(news);
        }
    }

    fn take(&mut self, step: Step) {
        let before: Vec<_> = self.typed();
        let keyboard = self.seats.with_keyboard().0;
        match step {
            Step::Key(key) => {
                self.hear(News::Key(key));
                let typed = self.typed().into_iter().zip(before);
                let elsewhere = typed.filter(|((seat, now), (_, before))| *seat != keyboard && now != before);
                assert_eq!(elsewhere.count(), 0, "a key landed where the keyboard is not");
            }
            Step::Line(line) => {
                for c in line.chars() {
                    self.hear(News::Key(Key::Char(c)));
                }
                self.hear(News::Key(Key::Enter));
            }
            Step::Scan(which, bytes, ago) => {
                let label = bytes.map_or(Label::Lost(Loss::NoEnd), |bytes| Label::read(&bytes));
                let begun = Millis(self.now.saturating_sub(ago));
                self.hear(News::Scan { label, device: scanner(which), begun });
                assert_eq!(self.typed(), before, "a scan never lands in a field");
            }
            Step::Scanner(which, state) => self.hear(News::Scanner { name: scanner(which), state }),
            Step::Settle(which) => self.settle(Ok(Box::new(ANSWERS[which % ANSWERS.len()].clone()))),
            Step::Fault => self.settle(Err(Fault::new("the disk is full", "free space"))),
            Step::Changed(seat, which) => {
                let desk = ANSWERS[which % ANSWERS.len()].desk.clone();
                self.hear(News::LedgerChanged(seat, Box::new(desk)));
            }
            Step::Due(seat, deadline) => self.hear(News::Due(seat, deadline)),
            Step::Wait(ms) => self.now += ms,
        }
    }

    /// How much is in each field.
    fn typed(&self) -> Vec<(Seat, usize)> {
        self.seats.iter().map(|(seat, model)| (seat, model.line.len())).collect()
    }
}

/// What is seen; whether a label is a badge depends on nothing in particular.
fn saw(look: Look, settlement: &Settlement) -> Seen {
    match look {
        Look::Shelf => Seen::Shelf(Box::new(SHELF.clone())),
        Look::Label(label) => Seen::Label(traveller::capture::label::read(label)),
        Look::Badge(_) => Seen::Badge(settlement.receipt.is_some()),
    }
}

/// A pass is green; nothing else is.
fn passes(seats: &Seats, size: (u16, u16)) -> bool {
    cells_of_seats(seats, Theme::colour16(), size).content.iter().any(|c| c.bg == Color::Green)
}

fn has_receipt(seats: &Seats) -> bool {
    let has = |m: &Model| matches!(m.screen(), Screen::Passed(_)) || matches!(m.band, Band::Passed(_));
    seats.iter().any(|(_, model)| has(model))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_arrives_breaks_the_terminal(
        two in any::<bool>(),
        steps in prop::collection::vec(step(), 1..80),
        size in (0u16..200, 0u16..60),
    ) {
        let mut run = Run::begin(two);
        for step in steps {
            run.take(step);
            prop_assert!(!passes(&run.seats, size) || has_receipt(&run.seats));
        }
    }
}

/// Something that an operator does.
type Act = Box<dyn Fn(&mut Post)>;

/// Every screen that the snapshots show, at every small size and at steps beyond.
#[test]
fn every_screen_fits_every_terminal() {
    let plant = Plant::new();
    let mut post = plant.pump_at_test(PUMP);
    let acts: [Act; 17] = [
        Box::new(|p| p.f(1)),
        Box::new(|p| p.f(5)),
        Box::new(|p| p.f(6)),
        Box::new(Post::esc),
        Box::new(|p| p.f(3)),
        Box::new(|p| p.enter("0")),
        Box::new(|p| p.enter("it hums and it hums and it hums and it hums and it hums and it hums")),
        Box::new(|p| p.f(9)),
        Box::new(|p| p.enter("1")),
        Box::new(|p| p.enter("2")),
        Box::new(|p| p.enter("0")),
        Box::new(|p| p.enter("1")),
        Box::new(|p| p.enter("LEAD")),
        Box::new(|p| p.enter("999999")),
        Box::new(Post::esc),
        Box::new(|p| p.f(12)),
        Box::new(|p| {
            p.fault = Some(Fault::new("x ".repeat(500), "y".repeat(500)));
            p.enter("OP-1");
        }),
    ];
    let widths = [0, 1, 2, 3, 5, 10, 20, 39, 40, 41, 59, 60, 71, 72, 80, 115, 116, 200];
    let heights = [0, 1, 2, 3, 6, 11, 12, 13, 19, 20, 24, 60];
    let sizes: Vec<_> = widths.iter().flat_map(|w| heights.iter().map(move |h| (*w, *h))).collect();
    for act in acts {
        act(&mut post);
        for size in &sizes {
            cells(&post.model, Theme::colour16(), *size);
        }
    }
    let mut pair = Pair::new(&plant, ["receiving", "assembly"], false);
    for (scanner, label) in [("left", "OP-1"), ("right", "OP-2"), ("right", "NOT-KNOWN"), ("left", PUMP)] {
        pair.scan(scanner, label);
        for size in &sizes {
            cells_of_seats(&pair.seats, Theme::colour16(), *size);
        }
    }
}

/// Every key on every screen does something defined: it changes what is offered, is refused, or does nothing.
#[test]
fn every_key_on_every_screen_is_defined() {
    let keys = (1..=12).map(Key::F).chain([
        Key::Enter,
        Key::Tab,
        Key::Esc,
        Key::Backspace,
        Key::Up,
        Key::Down,
        Key::PageUp,
        Key::PageDown,
        Key::Char('1'),
        Key::Char('x'),
    ]);
    let keys: Vec<_> = keys.collect();
    let mut seen = std::collections::BTreeSet::new();
    for (which, two) in (0..ANSWERS.len()).flat_map(|which| [(which, false), (which, true)]) {
        for key in &keys {
            let mut run = Run::begin(two);
            run.take(Step::Line("OP-1"));
            run.take(Step::Settle(which));
            seen.insert(run.seats.with_keyboard().1.screen().name());
            run.now += 1_000;
            run.hear(News::Key(*key));
            cells_of_seats(&run.seats, Theme::colour16(), (80, 24));
        }
    }
    for screen in ["sign-on", "ready", "step", "passed", "stopped", "failed", "nonconforming"] {
        assert!(seen.contains(screen), "{screen} was never reached: {seen:?}");
    }
}
