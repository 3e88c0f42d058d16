//! `traveller review`: how work really ran, from a log of it.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::context::Context;
use super::failure::{Failure, Outcome};
use super::output::json_line;
use super::review_args::{ReviewArgs, SlashesArg};
use super::route;
use crate::domain::route::Step;
use crate::report::review::content::Review;
use crate::report::review::csv_log::{self, Columns};
use crate::report::review::moment::Slashes;
use crate::report::review::order::{Listed, Order};
use crate::report::review::{html, propose, text};

pub(super) fn run(cx: &mut Context<'_>, args: &ReviewArgs) -> Result<Outcome, Failure> {
    let columns = Columns {
        case: args.case.clone(),
        activity: args.activity.clone(),
        time: args.time.clone(),
        end: args.end.clone(),
        resource: args.resource.clone(),
        slashes: args.slashes.map(|slashes| match slashes {
            SlashesArg::DayFirst => Slashes::DayFirst,
            SlashesArg::MonthFirst => Slashes::MonthFirst,
        }),
    };
    let steps = args.route.as_deref().map(|file| steps(cx, file)).transpose()?;
    let log = csv_log::read(input(&args.log)?, &columns).map_err(Failure::WrongUse)?;
    let order = steps.as_ref().map_or_else(|| Order::usual(&log), |steps| Order::of_route(&log, steps));
    let review = Review::of(&log, &order, steps.is_some());
    if cx.json {
        json_line(cx.out, &review)?;
        return Ok(Outcome::Done);
    }
    let page = match &args.propose {
        Some(route) => propose::route_file(&log, &review, route.as_str()),
        None if args.html => html::page(&review),
        None => text::page(&review),
    };
    cx.out.write_all(page.as_bytes())?;
    Ok(Outcome::Done)
}

fn input(path: &Path) -> Result<Box<dyn Read>, Failure> {
    if path == Path::new("-") {
        return Ok(Box::new(io::stdin().lock()));
    }
    let unread = |e: io::Error| {
        Failure::wrong_use(format!("{} could not be read: {e}", path.display()), "name a CSV file with --log")
    };
    Ok(Box::new(File::open(path).map_err(unread)?))
}

/// The steps of a route that is sound.
fn steps(cx: &Context<'_>, file: &Path) -> Result<Vec<Listed>, Failure> {
    let checked = route::read_all(cx, &[file.to_owned()])?;
    let route = checked.files.first().map(|file| &file.route);
    let route = route.ok_or_else(|| {
        let what = format!("{} is no sound route", file.display());
        Failure::no(what, "traveller route check says what to write")
    })?;
    Ok(route.steps.iter().map(listed).collect())
}

fn listed(step: &Step) -> Listed {
    Listed {
        names: vec![step.title.clone(), step.id.to_string()],
        group: step.group.clone(),
        required: !step.optional && step.sample.is_none() && step.when.is_none(),
    }
}
