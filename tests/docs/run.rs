//! Every command of every page is run in its order, with the answer that it should have. What cannot be run here is in
//! a short table in `pages.toml`, with where it is shown or why it is not.

use std::collections::BTreeSet;

use super::desk::Desk;
use super::pages::{pages, read};
use super::setting::{Part, Settings};
use crate::replica::far_side::FarSide;
use crate::replica::runbook;
use crate::support::page::commands;

/// The page of which the first part is done elsewhere, step by step.
const RUNBOOK: &str = "docs/runbook.md";

/// Each part of each page, with its commands. A part ends where the next one begins.
fn parts(settings: &Settings) -> Vec<(&Part, Vec<String>)> {
    let begin = |text: &str, part: &Part| {
        let from = part.from.as_deref().unwrap_or_default();
        text.find(from).unwrap_or_else(|| panic!("{}: there is no {from:?}", part.page))
    };
    let of = |(n, part): (usize, &'_ Part)| {
        let text = read(&part.page);
        let next = settings.parts.get(n + 1).filter(|next| next.page == part.page);
        commands(&text[begin(&text, part)..next.map_or(text.len(), |next| begin(&text, next))])
    };
    settings.parts.iter().enumerate().map(|(n, part)| (part, of((n, part)))).collect()
}

/// What is not run here, by its page.
fn elsewhere(settings: &Settings) -> BTreeSet<(String, String)> {
    let table = settings.elsewhere.iter().flat_map(|e| e.commands.iter().map(|c| (e.page.clone(), c.clone())));
    table.chain(runbook::done().into_iter().map(|command| (RUNBOOK.to_owned(), command))).collect()
}

/// Does what a page says.
fn follow(page: &str) {
    let settings = Settings::read();
    let elsewhere = elsewhere(&settings);
    for (part, commands) in parts(&settings).into_iter().filter(|(part, _)| part.page == page) {
        let uses_ssh = commands.iter().any(|command| command.contains("ssh"));
        let far = if uses_ssh { FarSide::with_sshd() } else { None };
        let desk = Desk::new(part, far.as_ref());
        for command in commands {
            let is_out_of_reach = far.is_none() && command.contains("ssh");
            if elsewhere.contains(&(page.to_owned(), command.clone())) || is_out_of_reach {
                continue;
            }
            let line = desk.typed(&command);
            if let Some(screen) = part.screens.get(&command) {
                desk.look(&line, screen);
                continue;
            }
            let answer = desk.run(&line);
            let due = part.answers.get(&command).copied().unwrap_or(0);
            let is_right = answer.code == due || (answer.code == 1 && part.either.contains(&command));
            assert!(is_right, "{page}: {command}\n, typed as {line}\n: {answer:?}");
        }
    }
}

macro_rules! follow {
    ($($test:ident: $page:literal)*) => {
        const FOLLOWED: &[&str] = &[$($page),*];
        $(
            #[test]
            fn $test() {
                follow($page);
            }
        )*
    };
}

follow! {
    batches: "docs/batches.md"
    board: "docs/board.md"
    deviations: "docs/deviations.md"
    engineer: "docs/engineer.md"
    exports: "docs/exports.md"
    first: "docs/first.md"
    gaps: "docs/gaps.md"
    lead: "docs/lead.md"
    many: "docs/many.md"
    night: "docs/night.md"
    operator: "docs/operator.md"
    packaging: "packaging/README.md"
    packing: "docs/packing.md"
    paper: "docs/paper.md"
    readme: "README.md"
    review: "docs/review.md"
    runbook: "docs/runbook.md"
    shift: "docs/shift.md"
    technician: "docs/technician.md"
}

#[test]
fn no_command_is_left_out_and_nothing_is_set_for_one_that_no_page_has() {
    let settings = Settings::read();
    let elsewhere = elsewhere(&settings);
    let of_page = |page: String| commands(&read(&page)).into_iter().map(move |command| (page.clone(), command));
    let of_pages: BTreeSet<(String, String)> = pages().into_iter().flat_map(of_page).collect();
    assert!(of_pages.len() > 150, "{}", of_pages.len());
    let mut run = BTreeSet::new();
    for (part, commands) in parts(&settings) {
        assert!(FOLLOWED.contains(&part.page.as_str()), "nobody follows {}", part.page);
        for set in part.answers.keys().chain(part.screens.keys()).chain(&part.either) {
            assert!(commands.contains(set), "{} has no command {set:?}", part.page);
        }
        for example in part.stands.keys() {
            assert!(commands.iter().any(|c| c.contains(example)), "{} has no example {example:?}", part.page);
        }
        run.extend(commands.into_iter().map(|command| (part.page.clone(), command)));
    }
    assert!(settings.elsewhere.iter().all(|of| !of.why.is_empty()));
    for of_table in &elsewhere {
        assert!(of_pages.contains(of_table), "the table names what no page has: {of_table:?}");
    }
    for command in &of_pages {
        assert!(run.contains(command) || elsewhere.contains(command), "neither run nor in the table: {command:?}");
    }
}
