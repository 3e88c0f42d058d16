//! `traveller` and `traveller run`: the operator's terminal.

use std::io::{self, IsTerminal};

use super::args::RunArgs;
use super::context::{Context, pins};
use super::failure::{Failure, Outcome};
use super::place;
use crate::app::model::{CardLine, Settings};
use crate::domain::ambient::Place;
use crate::station::clerk::Clerk;
use crate::station::clock::StationClock;
use crate::station::config_file;
use crate::station::open::{self, Make};
use crate::station::random;
use crate::station::run::terminal::{self, Bench, Start};
use crate::ui::terminal::Sound;
use crate::ui::theme::Theme;

/// Milliseconds in a minute.
const MINUTE_MS: u64 = 60_000;

pub(super) fn run(cx: &mut Context<'_>, args: &RunArgs) -> Result<Outcome, Failure> {
    needs_a_terminal()?;
    let place = place::choose(cx, args.station.as_ref())?;
    serve(cx, place, Vec::new(), false)
}

/// Refuses to draw where nobody would see it.
pub(super) fn needs_a_terminal() -> Result<(), Failure> {
    if !io::stdout().is_terminal() {
        let what = "the output is no terminal, so there is nothing to draw on";
        return Err(Failure::wrong_use(what, "run it on a terminal; `traveller pipe` works without one"));
    }
    Ok(())
}

/// Runs the terminal of a station until it is left. A card of codes is for somebody who tries the program out.
pub(super) fn serve(
    cx: &mut Context<'_>,
    place: Place,
    card: Vec<CardLine>,
    may_quit: bool,
) -> Result<Outcome, Failure> {
    let clock = StationClock::of_machine()?;
    let writer = open::writer(&cx.settings, &clock, Make::Never);
    // A wrong ledger is said on the command line; one that failed is shown on the screen, where the operator looks.
    let writer = match writer {
        Err(error) if error.is_wrong_use() => return Err(error.into()),
        Err(error) => Err(error.fault()),
        Ok(writer) => Ok(writer),
    };
    let _served = place::lock(cx, &place)?;
    let pin_at_sign_on = cx.settings.pin_at_sign_on;
    let bench = match writer {
        Ok(writer) => {
            let session = random::session()?;
            let (ledger, pins) = (writer.reader().path().to_owned(), pins(&writer));
            let clerk = Clerk::at_station(writer, pins, clock.clone(), place.clone(), session, pin_at_sign_on);
            clerk.map(|clerk| Bench { clerk, ledger })
        }
        Err(fault) => Err(fault),
    };
    let idle_ms = Some(u64::from(cx.settings.idle_minutes) * MINUTE_MS);
    let (theme, sound) = appearance(cx);
    let scanners = cx.settings.scanners_of(&place.station);
    terminal::run(Start {
        bench,
        settings: Settings { place, idle_ms, may_quit, card },
        scanners,
        lang: cx.settings.language,
        theme,
        sound,
        clock,
    })?;
    Ok(Outcome::Done)
}

/// The colours and the sounds that the terminal can give and the settings ask for. `NO_COLOR` beats the file.
fn appearance(cx: &Context<'_>) -> (Theme, Sound) {
    let var = |name| cx.environment.var(name).map(|v| v.to_string_lossy().into_owned());
    let (no_color, term) = (var("NO_COLOR"), var("TERM"));
    let theme = match cx.settings.theme {
        config_file::Theme::Mono => Theme::mono(),
        config_file::Theme::Sixteen => Theme::of(no_color.as_deref(), None),
        config_file::Theme::Auto => Theme::of(no_color.as_deref(), term.as_deref()),
    };
    (theme, Sound::of(term.as_deref()))
}
