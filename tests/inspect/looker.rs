//! An inspector without threads: keys go to the model, and what it asks for is answered from the ledger at once.

use std::path::Path;

use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use traveller::app::inspect::model::{Effect, Leave, Model};
use traveller::app::inspect::update::{Msg, begin, update};
use traveller::app::inspect::when::Wall;
use traveller::app::lang::Lang;
use traveller::app::msg::Key;
use traveller::ledger::{Reader, open_reader};
use traveller::station::look::lacking::Lacking;
use traveller::station::look::reading::look;
use traveller::station::look::scanned::number;
use traveller::station::look::search::Search;
use traveller::ui::inspect::{extent, rows, view};
use traveller::ui::theme::Theme;

use crate::support::settings::settings;

/// An inspector.
pub(super) struct Looker {
    pub(super) reader: Reader,
    lacking: Lacking,
    pub(super) model: Model,
    pub(super) size: Size,
    /// What was copied and asked for beside looking.
    pub(super) effects: Vec<Effect>,
}

impl Looker {
    pub(super) fn at(ledger: &Path, line: &str) -> Self {
        let wall = Wall { now: "2026-11-27T22:00:00Z".parse().unwrap(), utc_offset: 0 };
        let mut model = Model::new(Lang::English, Leave { export: true, copy: true }, wall);
        model.time = "22:00".to_owned();
        model.reads = number;
        let first = begin(&mut model, line);
        let size = Size { width: 80, height: 24 };
        let (reader, lacking) = (open_reader(ledger).unwrap(), Lacking::new(settings(ledger)));
        let mut looker = Self { reader, lacking, model, size, effects: Vec::new() };
        looker.answer(first);
        looker
    }

    /// Answers until nothing more is asked.
    fn answer(&mut self, mut asked: Vec<Effect>) {
        while let Some(effect) = asked.pop() {
            match effect {
                Effect::Search(request, query) => {
                    let mut search = Search::begin(&self.reader, request, query).unwrap();
                    asked.extend(update(&mut self.model, Msg::Found(search.found())));
                    while search.is_going() {
                        search.step(&self.reader).unwrap();
                        asked.extend(update(&mut self.model, Msg::Found(search.found())));
                    }
                }
                Effect::Look(request, wanted) => {
                    let outcome = look(&self.reader, &wanted, &mut self.lacking, self.model.wall.now);
                    asked.extend(update(&mut self.model, Msg::Looked { request, outcome }));
                }
                other @ (Effect::Copy(_) | Effect::Export | Effect::Quit) => self.effects.push(other),
            }
        }
        self.settle();
    }

    pub(super) fn settle(&mut self) {
        self.model.settle(rows(self.size), extent(&self.model, self.size));
    }

    pub(super) fn hear(&mut self, msg: Msg) {
        let effects = update(&mut self.model, msg);
        self.answer(effects);
    }

    pub(super) fn key(&mut self, key: Key) {
        self.hear(Msg::Key(key));
    }

    pub(super) fn keys(&mut self, keys: &[Key]) {
        for key in keys {
            self.key(*key);
        }
    }

    pub(super) fn type_in(&mut self, text: &str) {
        for c in text.chars() {
            self.key(Key::Char(c));
        }
    }

    /// As a scanner types it.
    pub(super) fn line(&mut self, text: &str) {
        self.type_in(text);
        self.key(Key::Enter);
    }

    pub(super) fn cells(&mut self, (width, height): (u16, u16), theme: Theme) -> Buffer {
        let before = self.size;
        self.size = Size { width, height };
        self.settle();
        let mut buffer = Buffer::empty(Rect { x: 0, y: 0, width, height });
        view(&self.model, theme, &mut buffer);
        self.size = before;
        buffer
    }

    /// The screen at 80 by 24.
    pub(super) fn text(&mut self) -> String {
        let buffer = self.cells((80, 24), Theme::mono());
        buffer
            .content
            .chunks(80)
            .map(|row| row.iter().map(ratatui::buffer::Cell::symbol).collect::<String>() + "\n")
            .collect()
    }
}
