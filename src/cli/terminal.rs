//! `traveller` and `traveller run`: the operator's terminal.

use std::io::{self, IsTerminal};

use super::args::RunArgs;
use super::context::{Context, pins};
use super::failure::{Failure, Outcome};
use super::place;
use crate::app::model::{CardLine, Settings};
use crate::app::port::Fault;
use crate::app::seat::PerSeat;
use crate::domain::ambient::Place;
use crate::station::clock::StationClock;
use crate::station::config_file;
use crate::station::office::{Office, Post};
use crate::station::open::{self, Make};
use crate::station::random;
use crate::station::replicas::Replicas;
use crate::station::run::terminal::{self, Bench, Start};
use crate::ui::terminal::Sound;
use crate::ui::theme::Theme;

/// Milliseconds in a minute.
const MINUTE_MS: u64 = 60_000;

pub(super) fn run(cx: &mut Context<'_>, args: &RunArgs) -> Result<Outcome, Failure> {
    needs_a_terminal()?;
    let places = place::choose(&cx.settings, &args.station)?;
    serve(cx, StationClock::of_machine()?.in_shifts(&cx.settings.work.calendar), places, &[], false)
}

/// Refuses to draw where nobody would see it.
pub(super) fn needs_a_terminal() -> Result<(), Failure> {
    if !io::stdout().is_terminal() {
        let what = "the output is no terminal, so there is nothing to draw on";
        return Err(Failure::wrong_use(
            what,
            "run it on a terminal; `traveller pipe` works without one, and `traveller board --once`",
        ));
    }
    Ok(())
}

/// Runs the terminal of one station or two until it is left. A card of codes is for somebody who tries the program out.
pub(super) fn serve(
    cx: &mut Context<'_>,
    clock: StationClock,
    places: PerSeat<Place>,
    card: &[CardLine],
    may_quit: bool,
) -> Result<Outcome, Failure> {
    let writer = open::writer(&cx.settings, &clock, Make::Never);
    // A wrong ledger is said on the command line; one that failed is shown on the screen, where the operator looks.
    let writer = match writer {
        Err(error) if error.is_wrong_use() => return Err(error.into()),
        Err(error) => Err(error.fault()),
        Ok(writer) => Ok(writer),
    };
    let mut served = Vec::new();
    for (_, place) in places.iter() {
        served.push(place::lock(cx, place)?);
    }
    let bench = writer.map(|writer| {
        let (ledger, pins) = (writer.reader().path().to_owned(), pins(&writer));
        Bench { office: Office::new(writer, pins, clock.clone()).allowing(cx.settings.overrides.clone()), ledger }
    });
    let ledger = bench.as_ref().map_or(&cx.settings.ledger, |bench| &bench.ledger);
    let replicas = Replicas::of(&cx.settings, ledger);
    let stations: Vec<_> = places.iter().map(|(_, place)| &place.station).collect();
    let scanners = cx.settings.scanners_of(&stations);
    let idle_ms = Some(u64::from(cx.settings.idle_minutes) * MINUTE_MS);
    let pin_at_sign_on = cx.settings.pin_at_sign_on;
    let overrides = cx.settings.overrides.as_ref().map(|rule| rule.rules.clone()).unwrap_or_default();
    let cartons = &cx.settings.cartons;
    let work = &cx.settings.work;
    let seats = places.try_map(|place| {
        let post = Post { place: place.clone(), session: random::session()?, pin_at_sign_on };
        let (overrides, cartons, card) = (overrides.clone(), cartons.clone(), card.to_vec());
        let (downtime, calendar) = (work.downtime.clone(), work.calendar.clone());
        let settings = Settings { place, idle_ms, may_quit, overrides, cartons, card, downtime, calendar };
        Ok::<_, Fault>((settings, post))
    })?;
    let (theme, sound) = appearance(cx);
    terminal::run(Start { bench, seats, scanners, lang: cx.settings.language, theme, sound, clock, replicas })?;
    Ok(Outcome::Done)
}

/// The colours and the sounds that the terminal can give and the settings ask for. `NO_COLOR` beats the file.
pub(super) fn appearance(cx: &Context<'_>) -> (Theme, Sound) {
    let var = |name| cx.environment.var(name).map(|v| v.to_string_lossy().into_owned());
    let (no_color, term) = (var("NO_COLOR"), var("TERM"));
    let theme = match cx.settings.theme {
        config_file::Theme::Mono => Theme::mono(),
        config_file::Theme::Sixteen => Theme::of(no_color.as_deref(), None),
        config_file::Theme::Auto => Theme::of(no_color.as_deref(), term.as_deref()),
    };
    (theme, Sound::of(term.as_deref()))
}
