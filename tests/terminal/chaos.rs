//! Whatever arrives, in whatever order: nothing panics, every screen fits every terminal, and a pass is never drawn
//! without a receipt.

use std::sync::LazyLock;

use proptest::prelude::*;
use ratatui::style::Color;
use traveller::app::effect::Effect;
use traveller::app::model::{Band, Model, Screen};
use traveller::app::msg::{Deadline, Key, Millis, Msg, News, Request};
use traveller::app::port::Fault;
use traveller::app::seat::Seat;
use traveller::app::settlement::Settlement;
use traveller::app::update;
use traveller::domain::label::Label;
use traveller::ui::theme::Theme;

use super::picture::cells;
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
    assert!(all.len() > 20, "{}", all.len());
    all
});

#[derive(Debug, Clone)]
enum Step {
    Key(Key),
    Line(&'static str),
    Scan(Vec<u8>),
    Settle(usize),
    Fault,
    Changed(usize),
    Due(Deadline),
    Wait(u64),
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
        "does not fit",
    ]);
    let key = prop_oneof![
        (1u8..=12).prop_map(Key::F),
        Just(Key::Enter),
        Just(Key::Esc),
        Just(Key::Backspace),
        Just(Key::Up),
        Just(Key::PageDown),
        any::<char>().prop_map(Key::Char),
        Just(Key::Interrupt),
    ];
    prop_oneof![
        4 => key.prop_map(Step::Key),
        4 => lines.prop_map(Step::Line),
        1 => prop::collection::vec(any::<u8>(), 0..12).prop_map(Step::Scan),
        4 => any::<usize>().prop_map(Step::Settle),
        1 => Just(Step::Fault),
        1 => any::<usize>().prop_map(Step::Changed),
        1 => prop_oneof![Just(Deadline::Idle), Just(Deadline::Slow)].prop_map(Step::Due),
        2 => (0u64..2_000).prop_map(Step::Wait),
    ]
}

/// A model, and the request that is in flight.
struct Run {
    model: Model,
    now: u64,
    flight: Option<Request>,
}

impl Run {
    fn begin() -> Self {
        static FRESH: LazyLock<Plant> = LazyLock::new(Plant::new);
        Self { model: FRESH.post("receiving", true).model, now: 0, flight: None }
    }

    fn hear(&mut self, news: News) {
        let before = self.flight;
        for effect in update(&mut self.model, Msg { at: Millis(self.now), news }) {
            if let Effect::Submit(submission) = effect {
                assert_eq!(before.filter(|_| self.flight.is_some()), None, "two actions in flight");
                self.flight = Some(submission.request);
            }
        }
    }

    fn take(&mut self, step: Step) {
        match step {
            Step::Key(key) => self.hear(News::Key(key)),
            Step::Line(text) => {
                for c in text.chars() {
                    self.hear(News::Key(Key::Char(c)));
                }
                self.hear(News::Key(Key::Enter));
            }
            Step::Scan(bytes) => self.hear(News::Scan {
                label: Label::read(&bytes),
                device: "DS2208".parse().unwrap(),
                begun: Millis(self.now),
            }),
            Step::Settle(which) => {
                if let Some(request) = self.flight.take() {
                    let outcome = Ok(Box::new(ANSWERS[which % ANSWERS.len()].clone()));
                    self.hear(News::Settled { request, outcome });
                }
            }
            Step::Fault => {
                if let Some(request) = self.flight.take() {
                    self.hear(News::Settled { request, outcome: Err(Fault::new("the disk is full", "free space")) });
                }
            }
            Step::Changed(which) => {
                let desk = ANSWERS[which % ANSWERS.len()].desk.clone();
                self.hear(News::LedgerChanged(Seat::First, Box::new(desk)));
            }
            Step::Due(deadline) => self.hear(News::Due(Seat::First, deadline)),
            Step::Wait(ms) => self.now += ms,
        }
    }
}

/// A pass is green; nothing else is.
fn passes(model: &Model, size: (u16, u16)) -> bool {
    cells(model, Theme::colour16(), size).content.iter().any(|c| c.bg == Color::Green)
}

fn has_receipt(model: &Model) -> bool {
    matches!(model.screen(), Screen::Passed(_)) || matches!(model.band, Band::Passed(_))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_arrives_breaks_the_terminal(
        steps in prop::collection::vec(step(), 1..80),
        (width, height) in (0u16..200, 0u16..60),
    ) {
        let mut run = Run::begin();
        for step in steps {
            run.take(step);
            prop_assert!(!passes(&run.model, (width, height)) || has_receipt(&run.model));
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
}

/// Every key on every screen does something defined: it changes what is offered, is refused, or does nothing.
#[test]
fn every_key_on_every_screen_is_defined() {
    let keys = (1..=12).map(Key::F).chain([
        Key::Enter,
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
    for which in 0..ANSWERS.len() {
        for key in &keys {
            let mut run = Run::begin();
            run.take(Step::Line("OP-1"));
            run.take(Step::Settle(which));
            seen.insert(run.model.screen().name());
            run.now += 1_000;
            run.hear(News::Key(*key));
            cells(&run.model, Theme::colour16(), (80, 24));
        }
    }
    for screen in ["sign-on", "ready", "step", "passed", "stopped", "failed", "nonconforming"] {
        assert!(seen.contains(screen), "{screen} was never reached: {seen:?}");
    }
}
