//! Sentences with places for evidence: `Due at {due_station}[ for step {due_step}].`
//!
//! What stands in brackets is left out where the evidence for it is absent, so that a sentence never shows a gap.

/// The sentence with its places filled.
pub(super) fn fill(template: &str, value: &dyn Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some(at) = rest.find('[') {
        let (before, from) = rest.split_at(at);
        let Some(end) = from.find(']') else { break };
        out.push_str(&plain(before, value).unwrap_or_default());
        let inner = from.get(1..end).unwrap_or_default();
        // Alternatives are parted by bars; the first that has all of its evidence stands.
        out.push_str(&inner.split('|').find_map(|one| plain(one, value)).unwrap_or_default());
        rest = from.get(end + 1..).unwrap_or_default();
    }
    out.push_str(&plain(rest, value).unwrap_or_default());
    out
}

/// A text without brackets; none where a place has no evidence.
fn plain(text: &str, value: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, from)) = rest.split_once('{') {
        let (name, after) = from.split_once('}')?;
        out.push_str(before);
        out.push_str(&value(name)?);
        rest = after;
    }
    out.push_str(rest);
    Some(out)
}

/// The places of a template, and whether each lies within brackets.
#[cfg(test)]
pub(super) fn places(template: &str) -> Vec<(String, bool)> {
    let mut all = Vec::new();
    let mut optional = false;
    let mut rest = template;
    while let Some(at) = rest.find(['[', ']', '{']) {
        let from = &rest[at..];
        if let Some(place) = from.strip_prefix('{') {
            let (name, after) = place.split_once('}').expect("every place is closed");
            all.push((name.to_owned(), optional));
            rest = after;
        } else {
            optional = from.starts_with('[');
            rest = &from[1..];
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_go_with_their_evidence() {
        let some = |name: &str| (name == "step").then(|| "30".to_owned());
        assert_eq!(fill("Due[ at {station}][ for step {step}].", &some), "Due for step 30.");
        assert_eq!(fill("Due at [{station}|another station].", &some), "Due at another station.");
        assert_eq!(places("A {b}[ {c}]"), [("b".to_owned(), false), ("c".to_owned(), true)]);
    }
}
