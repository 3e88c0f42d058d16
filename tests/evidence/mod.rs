//! What auditors ask, clause by clause, shown on the running program. `docs/evidence.md` says which clause is supported
//! by which test; each test that it names must be there.

use std::path::Path;

mod ipc_1782;
mod iso_9001;
mod part_11;

/// The tests that the page names, each as `module::name`.
fn named(page: &str) -> Vec<String> {
    let codes = page.split('`').skip(1).step_by(2);
    codes.filter(|code| code.contains("::") && !code.contains(' ')).map(str::to_owned).collect()
}

/// Whether a test of that name is in the module's file or folder.
fn is_there(name: &str) -> bool {
    let (module, function) = name.rsplit_once("::").unwrap();
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let file = tests.join(format!("{}.rs", module.replace("::", "/")));
    let text = std::fs::read_to_string(file).unwrap_or_default();
    text.contains(&format!("#[test]\nfn {function}(")) || text.contains(&format!("fn {function}() {{"))
}

#[test]
fn every_test_that_the_page_names_is_there() {
    let page = include_str!("../../docs/evidence.md");
    let named = named(page);
    assert!(named.len() > 30, "{named:?}");
    for name in &named {
        assert!(is_there(name), "{name}");
    }
    assert!(!is_there("evidence::part_11::nobody_wrote_this"));
    for word in ["compliant", "compliance", "certified", "conforms"] {
        assert!(!page.to_lowercase().contains(word), "the page says {word}");
    }
}

/// Each test of this folder is named on the page.
#[test]
fn every_test_of_a_clause_is_on_the_page() {
    let page = include_str!("../../docs/evidence.md");
    let sources = [
        ("part_11", include_str!("part_11.rs")),
        ("iso_9001", include_str!("iso_9001.rs")),
        ("ipc_1782", include_str!("ipc_1782.rs")),
    ];
    for (module, source) in sources {
        for test in source.split("#[test]\nfn ").skip(1) {
            let name = test.split_once('(').unwrap().0;
            assert!(page.contains(&format!("`evidence::{module}::{name}`")), "{module}::{name}");
        }
    }
}
