//! The pages of `docs/`: each command of Traveller that they tell a person to type is there, with its options; each is
//! linked from the README.

use std::fs;
use std::path::{Path, PathBuf};

use crate::readme::commands;
use crate::support::shell::Shell;

fn pages() -> Vec<PathBuf> {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let pages: Vec<_> = fs::read_dir(docs).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(!pages.is_empty());
    pages
}

/// The words of a command of Traveller before its options, and the options; none where another program is called.
fn parts(command: &str) -> Option<(String, Vec<String>)> {
    let called = command.strip_prefix("sudo -u ").and_then(|rest| rest.split_once(' ')).map_or(command, |(_, c)| c);
    let words: Vec<&str> = called.strip_prefix("traveller ")?.split_whitespace().collect();
    let is_option = |word: &&&str| word.starts_with("--");
    let options = words.iter().filter(is_option).map(|word| (*word).to_owned()).collect();
    let is_name = |word: &&&str| word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') && !word.starts_with('-');
    Some((words.iter().take_while(is_name).copied().collect::<Vec<_>>().join(" "), options))
}

#[test]
fn every_command_of_the_pages_is_there() {
    let shell = Shell::new();
    let mut seen = 0;
    for page in pages() {
        for command in commands(&fs::read_to_string(&page).unwrap()) {
            let Some((name, options)) = parts(&command) else { continue };
            let help = shell.run(&format!("{name} --help")).done();
            for option in options {
                assert!(help.contains(&option), "{}: {command}: there is no {option}", page.display());
            }
            seen += 1;
        }
    }
    assert!(seen > 1, "only {seen} commands were found");
}

#[test]
fn every_page_is_linked_from_the_readme() {
    let readme = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    for page in pages() {
        let name = page.file_name().unwrap().to_str().unwrap();
        assert!(readme.contains(&format!("docs/{name}")), "{name}");
    }
}
