//! Any keys, at any time, with anything lost between: no panic, and no scan longer than a label.

#![no_main]

use libfuzzer_sys::fuzz_target;
use traveller::capture::scanner::decode::{Decoder, Heard};
use traveller::capture::scanner::options::{End, GAP_MS, LayoutName, Options};
use traveller::domain::label::LABEL_BYTES_MOST;

fuzz_target!(|data: &[u8]| {
    let Some((first, events)) = data.split_first() else { return };
    let layout = LayoutName::ALL[usize::from(first % 8)];
    let end = [End::Any, End::Enter, End::Tab, End::LineFeed][usize::from(first / 8 % 4)];
    let gs = (first & 0x80 != 0).then_some('|');
    let mut decoder = Decoder::new(Options { layout, end, gs, gap_ms: GAP_MS });
    let mut now = 0;
    for event in events.chunks_exact(2) {
        let (what, code) = (event[0], u16::from(event[1]));
        now += u64::from(what >> 4) * 100;
        let heard = match what & 15 {
            0 => decoder.dropped(now),
            1 => decoder.removed(),
            2 => decoder.quiet(now),
            3 => {
                decoder.held(&[code]);
                None
            }
            value => decoder.key(code, i32::from(value % 3), now),
        };
        check(heard, now);
    }
});

fn check(heard: Option<Heard>, now: u64) {
    let Some(heard) = heard else { return };
    assert!(heard.begun_ms <= now);
    if let Ok(text) = heard.scan {
        assert!(text.len() <= LABEL_BYTES_MOST);
        assert!(std::str::from_utf8(&text).is_ok());
    }
}
