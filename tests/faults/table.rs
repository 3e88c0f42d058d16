//! The table of faults names tests that exist.

use std::fs;
use std::path::Path;

const TABLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/faults.md");

/// The text of every Rust file under a directory.
fn source(directory: &Path) -> String {
    let entries = fs::read_dir(directory).unwrap().map(|e| e.unwrap().path());
    entries
        .map(|path| match path.extension().and_then(|e| e.to_str()) {
            None if path.is_dir() => source(&path),
            Some("rs") => fs::read_to_string(path).unwrap(),
            _ => String::new(),
        })
        .collect()
}

#[test]
fn every_fault_names_a_test_that_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let source = source(&root.join("tests")) + &source(&root.join("src"));
    let source: String = source.lines().flat_map(|line| [line.trim_start(), "\n"]).collect();
    let table = fs::read_to_string(TABLE).unwrap();
    let rows: Vec<_> = table.lines().filter(|line| line.starts_with("| ")).skip(1).collect();
    assert!(rows.len() > 20, "{rows:?}");
    for row in rows {
        let test = row.trim_end_matches(" |").rsplit("| ").next().unwrap().trim_matches('`');
        assert!(source.contains(&format!("#[test]\nfn {test}()")), "{test} is no test");
    }
}
