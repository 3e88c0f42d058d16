//! A route of one step, from a few words.

use std::collections::BTreeMap;

use crate::domain::id::{PartId, Revision, RouteId};
use crate::domain::pattern::Pattern;
use crate::domain::role::Role;
use crate::domain::route::{
    Advance, Capture, ClockRule, Identifier, IdentifierKind, Part, Phase, Route, Start, Step, StepLater, Typed,
};

use super::plant::{station, step};

/// A route as `ID REVISION PATTERN [GTIN] [PART...] [made=PART]` says it.
#[expect(clippy::too_many_lines, reason = "a step has many fields")]
pub(super) fn read_route(text: &str) -> Option<Route> {
    let mut words = text.split(' ');
    let (id, revision) = (RouteId::parse(words.next()?).ok()?, Revision::parse(words.next()?).ok()?);
    let pattern = Pattern::parse(words.next()?).ok()?;
    let gtin = words.next().and_then(|gtin| gtin.parse().ok());
    // A part that is loaded, and what may take its place.
    let words: Vec<&str> = words.collect();
    let parts: Vec<PartId> = words.iter().filter_map(|part| PartId::parse(part).ok()).collect();
    // And one that the route itself makes.
    let made = words.iter().find_map(|word| PartId::parse(word.strip_prefix("made=")?).ok());
    let about_part = |alternates: &[PartId]| Part {
        title: "Screw".to_owned(),
        capture: Capture::Loaded,
        pattern: None,
        gtin: None,
        typed: Typed::Allow,
        made_by: None,
        alternates: alternates.to_vec(),
        supplier_parts: Vec::new(),
        inspect: false,
        floor_minutes: None,
        overrun: 0,
    };
    let step = Step {
        id: step("10"),
        title: "Assemble".to_owned(),
        phase: Phase::Assembly,
        station: station("assembly"),
        role: Role::Operator,
        document: None,
        instructions: None,
        uses: parts.first().map(|part| (part.clone(), 4)).into_iter().collect(),
        checks: Vec::new(),
        sign_off: None,
        advance: Advance::Pass,
        retest: None,
        on_fail: step("10"),
        rework_to: Vec::new(),
        attempts: 3,
        qualification: None,
        not_by: Vec::new(),
        gauges: Vec::new(),
        minutes_since: None,
        when: None,
        sample: None,
        group: None,
        optional: false,
        rework: false,
        rework_max: None,
        nests: 1,
        load: None,
        depanel: false,
        first_piece: None,
        golden: None,
        pack: None,
        later: StepLater::default(),
    };
    Some(Route {
        id,
        revision,
        products: Vec::new(),
        title: text.to_owned(),
        identifier: Identifier {
            kind: IdentifierKind::Serial,
            pattern,
            start: Start::Once,
            gtin,
            typed: Typed::Allow,
            panel: None,
        },
        order_required: false,
        variants: BTreeMap::new(),
        parts: parts
            .iter()
            .enumerate()
            .map(|(n, p)| (p.clone(), about_part(&parts[(n + 1).min(parts.len())..])))
            .chain(made.map(|part| (part, Part { made_by: RouteId::parse("pc200").ok(), ..about_part(&[]) })))
            .collect(),
        defects: BTreeMap::new(),
        steps: vec![step],
        rework_max: None,
        review_months: None,
        clock: ClockRule::default(),
    })
}
