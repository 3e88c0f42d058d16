//! Pages for a browser, taken apart.

use regex::Regex;

/// The texts of a page, once its tags are found to close each other.
pub(super) fn texts(page: &str) -> Vec<String> {
    let tag = Regex::new(r#"<(/?)([a-zA-Z][a-zA-Z0-9]*)((?: [a-zA-Z:-]+="[^"<>]*")*)(/?)>|<!DOCTYPE html>"#).unwrap();
    let mut open: Vec<String> = Vec::new();
    let (mut texts, mut end) = (Vec::new(), 0);
    for found in tag.captures_iter(page) {
        let whole = found.get(0).unwrap();
        let text = &page[end..whole.start()];
        assert!(!text.contains(['<', '>']), "a stray bracket: {text}");
        assert!(open.last().is_some_and(|tag| tag == "style") || !text.contains(['"', '\'']), "a bare quote: {text}");
        texts.push(text.trim().to_owned());
        end = whole.end();
        let Some(name) = found.get(2).map(|name| name.as_str().to_owned()) else { continue };
        match (&found[1], &found[4]) {
            ("/", _) => assert_eq!(open.pop(), Some(name), "closes what is open"),
            ("", "") => open.push(name),
            _ => {}
        }
    }
    assert!(open.is_empty() && page[end..].trim().is_empty(), "{open:?}");
    let entity = Regex::new("&(?:amp|lt|gt|quot|#39);").unwrap();
    assert!(texts.iter().all(|text| !entity.replace_all(text, "").contains('&')), "a bare ampersand");
    texts.retain(|text| !text.is_empty());
    texts
}
