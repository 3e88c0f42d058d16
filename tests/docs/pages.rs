//! The pages themselves, and what is in `packaging/`: what they name is there, nothing that is to be typed escapes, and
//! the README leads to each.

use std::fs;
use std::path::Path;

use crate::support::page::commands;
use crate::support::shell::Shell;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The README, every page of `docs/` and of `packaging/`, as they are called from the root of the repository.
pub(super) fn pages() -> Vec<String> {
    let docs = fs::read_dir(Path::new(ROOT).join("docs")).unwrap();
    let mut pages: Vec<_> = docs.map(|page| format!("docs/{}", page.unwrap().file_name().to_str().unwrap())).collect();
    assert!(pages.len() > 10, "{pages:?}");
    pages.push("README.md".to_owned());
    let is_page = |file: &String| Path::new(file).extension().is_some_and(|ext| ext == "md");
    pages.extend(packed().into_iter().filter(is_page));
    pages.sort();
    pages
}

/// Every file of `packaging/`, in its folders too.
fn packed() -> Vec<String> {
    let mut folders = vec!["packaging".to_owned()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(Path::new(ROOT).join(&folder)).unwrap() {
            let entry = entry.unwrap();
            let name = format!("{folder}/{}", entry.file_name().to_str().unwrap());
            if entry.file_type().unwrap().is_dir() { folders.push(name) } else { files.push(name) }
        }
    }
    files
}

pub(super) fn read(page: &str) -> String {
    fs::read_to_string(Path::new(ROOT).join(page)).unwrap()
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

/// What the text names between two backticks, such as `traveller show UNIT`.
fn named(page: &str) -> Vec<String> {
    let prose: Vec<&str> = page.split("```").step_by(2).collect();
    let marked = prose.iter().flat_map(|text| text.split('`').skip(1).step_by(2));
    marked.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn every_command_of_the_pages_is_there() {
    let shell = Shell::new();
    let mut seen = 0;
    for page in pages() {
        let text = read(&page);
        for command in commands(&text).into_iter().chain(named(&text)) {
            let Some((name, options)) = parts(&command) else { continue };
            let help = shell.run(&format!("{name} --help")).done();
            for option in options {
                assert!(help.contains(&option), "{page}: {command}: there is no {option}");
            }
            seen += 1;
        }
    }
    assert!(seen > 200, "only {seen} commands were found");
}

/// What a service starts, and what sshd starts for a key, is there with its options: nobody sees it fail at night.
#[test]
fn every_command_of_the_services_is_there() {
    let shell = Shell::new();
    let mut seen = 0;
    for file in packed() {
        let text = read(&file);
        let lines = text.lines().map(str::trim).filter(|line| !line.starts_with('#'));
        let called = lines.filter_map(|line| line.split_once("/usr/bin/traveller ")).map(|(_, rest)| rest);
        for rest in called {
            let command = format!("traveller {}", rest.split('"').next().unwrap());
            let (name, options) = parts(&command).unwrap();
            let help = shell.run(&format!("{name} --help")).done();
            assert!(!name.is_empty(), "{file}: {command}");
            assert!(options.iter().all(|option| help.contains(option)), "{file}: {command}");
            seen += 1;
        }
    }
    assert!(seen >= 6, "only {seen} commands were found");
}

/// A command in a block of another sort would be run by nobody.
#[test]
fn every_command_is_in_a_block_of_the_shell() {
    for page in pages() {
        let mut sort = None;
        for line in read(&page).lines() {
            match (line.strip_prefix("```"), &sort) {
                (Some(of), None) => sort = Some(of.to_owned()),
                (Some(_), Some(_)) => sort = None,
                (None, Some(of)) if of != "sh" => assert!(!line.starts_with("traveller "), "{page}: {line}"),
                (None, _) => {}
            }
        }
        assert_eq!(sort, None, "{page} has a block without an end");
    }
}

#[test]
fn every_page_is_linked_from_the_readme() {
    let readme = read("README.md");
    for page in pages().iter().filter(|page| page.starts_with("docs/")) {
        assert!(readme.contains(page), "{page}");
    }
}
