//! Time windows that no unit can keep: a step between two others takes longer to wait for than the last of them allows.

use crate::domain::route::{MinutesSince, Route, Step};

use super::choices::Slip;
use super::lanes::{Lane, is_sure};
use super::remarks::Place;
use super::source::quoted;

/// Everything of the kind in a route.
pub(super) fn too_narrow(route: &Route, lanes: &[Lane<'_>]) -> Vec<Slip> {
    let mut slips = Vec::new();
    for step in &route.steps {
        let Some(MinutesSince { step: since, max: Some(most), .. }) = &step.minutes_since else { continue };
        let Some(since) = route.step(since) else { continue };
        let found = lanes.iter().find_map(|lane| longest(lane, since, step).filter(|(_, least)| least > most));
        if let Some((between, least)) = found {
            let what = format!(
                "no unit is in time: step {} comes before this one, at least {least} minutes after step {}",
                quoted(between.id.as_str()),
                quoted(since.id.as_str())
            );
            let place = Place::Key(step.id.clone(), "minutes_since");
            slips.push(Slip::new(place, what, format!("`max` of {least} or more")));
        }
    }
    slips
}

/// The step between two others that is longest waited for, and how long after the first of them that is at least.
fn longest<'r>(lane: &Lane<'r>, first: &Step, last: &Step) -> Option<(&'r Step, u32)> {
    let (from, to) = (lane.block_of(first)?, lane.block_of(last)?);
    let between = lane.blocks.iter().take(to).skip(from + 1).flatten().copied().filter(|step| is_sure(step));
    let waits = between.filter_map(|step| {
        let since = step.minutes_since.as_ref()?;
        let measured = lane.steps().find(|s| s.id == since.step)?;
        // What is measured from before the first of them may have passed long ago; what a unit need not have does not
        // bind it.
        let binds = lane.block_of(measured)? >= from && (is_sure(measured) || measured.id == first.id);
        since.min.filter(|_| binds).map(|least| (step, least))
    });
    waits.max_by_key(|(_, least)| *least)
}

#[cfg(test)]
mod tests {
    use crate::route_file::testing::{found, with};

    fn told(least: u32, of: &str, most: u32) -> Vec<String> {
        let text =
            with("id = \"20\"\n", &format!("id = \"20\"\nminutes_since = {{ step = \"{of}\", min = {least} }}\n"));
        found(
            &text
                .replace("id = \"30\"\n", &format!("id = \"30\"\nminutes_since = {{ step = \"10\", max = {most} }}\n")),
        )
    }

    #[test]
    fn a_window_is_as_wide_as_the_waits_within_it() {
        assert_eq!(
            told(60, "10", 59),
            ["46:17: no unit is in time: step `20` comes before this one, at least 60 minutes after step `10`; \
              write `max` of 60 or more"]
        );
        assert_eq!(told(60, "10", 60), Vec::<String>::new());
    }

    #[test]
    fn a_wait_that_not_every_unit_has_makes_no_window_too_narrow() {
        let text = with("on_fail = \"20\"\n", "")
            .replace("id = \"20\"\n", "id = \"20\"\noptional = true\nminutes_since = { step = \"10\", min = 60 }\n")
            .replace("id = \"30\"\n", "id = \"30\"\nminutes_since = { step = \"10\", max = 30 }\n");
        assert_eq!(found(&text), Vec::<String>::new());
    }
}
