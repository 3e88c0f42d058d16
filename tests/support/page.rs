//! The commands that a page tells a person to type.

/// Every command of a page: those of its `sh` blocks, without remarks. One that goes on after a `\`, or reads what
/// follows it, is one.
pub(crate) fn commands(page: &str) -> Vec<String> {
    let mut commands: Vec<String> = Vec::new();
    let mut inside = false;
    let mut goes_on = false;
    // The line that ends what a command reads.
    let mut until: Option<String> = None;
    for line in page.lines() {
        match line.trim_end() {
            "```sh" => inside = true,
            "```" => inside = false,
            line if inside && until.is_some() => {
                commands.last_mut().unwrap().extend(["\n", line]);
                until = until.filter(|end| end != line);
            }
            line if inside => {
                let said = line.split(" #").next().unwrap_or(line).trim();
                let (said, more) = said.strip_suffix('\\').map_or((said, false), |said| (said.trim(), true));
                if goes_on {
                    commands.last_mut().unwrap().extend([" ", said]);
                } else if !said.is_empty() && !said.starts_with('#') {
                    commands.push(said.to_owned());
                }
                goes_on = more;
                until = said.split_once("<<").map(|(_, end)| end.trim().to_owned());
            }
            _ => {}
        }
    }
    commands
}

#[test]
fn commands_are_read_off_the_text() {
    let text = "a\n```sh\nx --y   # why\n\n# only a remark\n```\n```text\nno\n```\n\
                ```sh\nz \\\n    a\nb <<E\n[#c] # d\nE\nf\n```\n";
    assert_eq!(commands(text), ["x --y", "z a", "b <<E\n[#c] # d\nE", "f"]);
}
