//! Keyboards as X has them, from the files of the package `xkb-data`: an account of layouts that is not ours.

use std::collections::BTreeMap;
use std::path::Path;

use kbvm::lookup::LookupTable;
use kbvm::xkb::Context;
use kbvm::xkb::diagnostic::{Diagnostic, DiagnosticHandler};
use kbvm::xkb::rmlvo::Group;
use kbvm::{GroupIndex, Keycode, ModifierMask};

use traveller::capture::scanner::options::LayoutName;

/// Each layout and its name in `xkb-data`.
pub(crate) const LAYOUTS: [(LayoutName, &str); 8] = [
    (LayoutName::Us, "us"),
    (LayoutName::Gb, "gb"),
    (LayoutName::De, "de"),
    (LayoutName::Fr, "fr"),
    (LayoutName::Es, "es"),
    (LayoutName::It, "it"),
    (LayoutName::Se, "se"),
    (LayoutName::Ch, "ch"),
];

/// Where `xkb-data` puts its files.
const ROOT: &str = "/usr/share/X11/xkb";

/// The modifiers of a level, counted as in [`Keyboard::sign`].
fn mask(level: usize) -> ModifierMask {
    let shift = if level & 1 == 0 { ModifierMask::NONE } else { ModifierMask::SHIFT };
    let right_alt = if level & 2 == 0 { ModifierMask::NONE } else { ModifierMask::MOD5 };
    shift | right_alt
}

/// The keys of the four rows that give characters, and the space bar, as the kernel numbers them.
pub(crate) fn keys() -> impl Iterator<Item = u16> {
    (2..=13).chain(16..=27).chain(30..=41).chain(43..=53).chain([57, 86])
}

/// What a key gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    Char(char),
    Dead,
    Nothing,
}

/// A keyboard: what each key gives on each of four levels, without and with Caps Lock.
pub(crate) struct Keyboard {
    signs: BTreeMap<(u16, usize), (Sign, Sign)>,
}

impl Keyboard {
    pub(crate) fn of(layout: &str) -> Self {
        assert!(Path::new(ROOT).is_dir(), "{ROOT} is missing: install the package xkb-data");
        let mut context = Context::builder();
        context.enable_environment(false);
        let group = Group { layout, variant: "" };
        let map = context.build().keymap_from_names(Silent, None, None, Some(&[group]), None);
        let depth = |code: u16| {
            let key = map.keys().find(|k| k.keycode() == Keycode::from_evdev(u32::from(code)));
            key.and_then(|k| k.groups().flatten().next().map(|g| g.levels().count())).unwrap_or(0)
        };
        let table = map.to_builder().build_lookup_table();
        let signs = keys().flat_map(|code| {
            let table = &table;
            (0..if depth(code) > 2 { 4 } else { 2 }).map(move |level| {
                let at = |more| sign(table, code, mask(level) | more);
                ((code, level), (at(ModifierMask::NONE), at(ModifierMask::LOCK)))
            })
        });
        Self { signs: signs.collect() }
    }

    /// What a key gives: 0 is without a modifier, 1 with Shift, 2 with the right Alt, 3 with both.
    pub(crate) fn sign(&self, code: u16, level: usize) -> Sign {
        self.signs.get(&(code, level)).map_or(Sign::Nothing, |(plain, _)| *plain)
    }

    /// The same while Caps Lock is on.
    pub(crate) fn sign_in_caps(&self, code: u16, level: usize) -> Sign {
        self.signs.get(&(code, level)).map_or(Sign::Nothing, |(_, caps)| *caps)
    }
}

fn sign(table: &LookupTable, code: u16, mods: ModifierMask) -> Sign {
    let found: Vec<_> = table.lookup(GroupIndex(0), mods, Keycode::from_evdev(u32::from(code))).into_iter().collect();
    let [only] = found.as_slice() else { return Sign::Nothing };
    match only.char() {
        Some(c) => Sign::Char(c),
        None if only.keysym().name().is_some_and(|name| name.starts_with("dead_")) => Sign::Dead,
        None => Sign::Nothing,
    }
}

/// `xkb-data` uses actions that the crate does not know and tells about; none of them bears on characters.
struct Silent;

impl DiagnosticHandler for Silent {
    fn handle(&mut self, _told: Diagnostic) {}
}
