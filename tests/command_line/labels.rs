//! `traveller label`, as scripts use it.

use std::io::Write;
use std::process::Stdio;

use serde_json::{Value, json};

use crate::support::shell::{Answer, Shell};

/// What the program says of these bytes.
fn said(args: &[&str], bytes: &[u8]) -> Vec<Value> {
    let shell = Shell::new();
    let mut command = shell.command("label");
    let mut child =
        command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(bytes).unwrap();
    let out = Answer::of(&child.wait_with_output().unwrap()).done();
    assert!(std::fs::read_dir(shell.home.path()).unwrap().next().is_none(), "it made a file");
    out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn each_label_is_one_object() {
    let lines =
        said(&[], b"]d2010950600013435221SN7\x1d10LOT-7A\r\n[)>\x1e06\x1d1PM4-12\x1dQ250\x1e\x04\nPC226-000417\n");
    let gs1 = json!({"kind": "gs1", "symbology": "]d2", "fields": [], "error": null,
        "gs1": [["01", "09506000134352"], ["21", "SN7"], ["10", "LOT-7A"]]});
    let envelope = json!({"kind": "iso15434", "symbology": null, "gs1": [], "error": null,
        "fields": [["1P", "M4-12"], ["Q", "250"]]});
    let plain = json!({"kind": "plain", "symbology": null, "gs1": [], "fields": [], "error": null});
    assert_eq!(lines, [gs1, envelope, plain]);
    let link = said(&[], b"]Q1https://example.com/01/09506000134352");
    assert_eq!(link[0]["kind"], "digital-link");
    assert_eq!(link[0]["gs1"], json!([["01", "09506000134352"]]));
}

#[test]
fn what_is_broken_says_where_and_why() {
    let mut input = b"]C10109506000134353\n\n\xff\nA\x1b[2J\n".to_vec();
    input.extend(vec![b'7'; 10_000]);
    input.extend(b"\nPC226-000417");
    let lines = said(&[], &input);
    let errors: Vec<_> = lines.iter().map(|line| line["error"].as_str().unwrap_or("none")).collect();
    assert_eq!(
        errors,
        [
            "(01): the check digit is wrong",
            "it is empty",
            "it is no UTF-8",
            "it has control characters that no label has",
            "it is longer than 4096 bytes",
            "none",
        ]
    );
    assert_eq!(
        (&lines[0]["kind"], &lines[0]["symbology"], &lines[0]["gs1"]),
        (&json!("gs1"), &json!("]C1"), &json!([]))
    );
}

#[test]
fn labels_may_end_in_nul() {
    let lines = said(&["--null"], b"]C1010950600013435210LOT-7A\0A\0");
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["gs1"][1], json!(["10", "LOT-7A"]));
}
