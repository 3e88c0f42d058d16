//! A head that was kept elsewhere: it stays a witness of the ledger that it was taken from, and of no other.

use std::fs;

use crate::support::shell::Shell;
use traveller::ledger::chain::Hash;
use traveller::ledger::head_file::{Content, Witnessed, default_path, read};

fn head(shell: &Shell) -> Witnessed {
    match read(&default_path(&shell.ledger())).unwrap() {
        Content::Record(seen) => seen,
        other @ (Content::Nothing | Content::Damaged) => panic!("{other:?}"),
    }
}

fn verify(shell: &Shell, seen: &Witnessed, json: bool) -> (i32, String) {
    let mut command = shell.command("verify");
    if json {
        command.arg("--json");
    }
    let output = command.arg("--head").arg(seen.words()).output().unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn a_kept_head_agrees_with_its_ledger_however_far_that_went_on() {
    let shell = Shell::at_work();
    let kept = head(&shell);
    shell.make("V000001", "B0001");
    assert!(head(&shell).seq > kept.seq);
    let (code, said) = verify(&shell, &kept, false);
    let same = format!("event {} of {} {} is the same\nok\n", kept.seq, kept.terminal, kept.epoch);
    assert!(code == 0 && said.ends_with(&same), "{code} {said}");
    let (code, said) = verify(&shell, &kept, true);
    assert!(code == 0 && said.starts_with("{\"ok\":true,") && said.contains("\"kept\":{\"ok\":true,"), "{code} {said}");
}

#[test]
fn a_head_that_disagrees_is_told_by_how() {
    let shell = Shell::at_work();
    let own = head(&shell);
    let other = Witnessed { hash: Hash::of(b"other"), ..own.clone() };
    let later = Witnessed { seq: own.seq + 3, ..own.clone() };
    let foreign = head(&Shell::at_work());
    let missing = format!("saw more: events {} to {} are missing here", own.seq + 1, own.seq + 3);
    for (seen, what) in [(other, "saw another event"), (later, &*missing), (foreign, "is of another ledger")] {
        let (code, said) = verify(&shell, &seen, false);
        assert!(code == 1 && said.contains(what) && said.contains("\nnot ok: "), "{what}: {code} {said}");
        let (code, said) = verify(&shell, &seen, true);
        assert!(code == 1 && said.starts_with("{\"ok\":false,"), "{what}: {code} {said}");
    }
}

#[test]
fn a_ledger_that_was_put_back_is_found_by_the_kept_head_alone() {
    let shell = Shell::at_work();
    let old = fs::read(shell.ledger()).unwrap();
    let wal = shell.ledger().with_extension("db-wal");
    let old_wal = fs::read(&wal).unwrap();
    let old_head = fs::read(default_path(&shell.ledger())).unwrap();
    shell.make("V000001", "B0001");
    let kept = head(&shell);
    fs::write(shell.ledger(), old).unwrap();
    fs::write(&wal, old_wal).unwrap();
    fs::write(default_path(&shell.ledger()), old_head).unwrap();
    shell.run("verify").done();
    let (code, said) = verify(&shell, &kept, false);
    assert!(code == 1 && said.contains("are missing here"), "{code} {said}");
}

#[test]
fn a_slip_in_a_head_is_wrong_use_and_no_alarm() {
    let shell = Shell::at_work();
    let mut command = shell.command("verify");
    let slip = head(&shell).words().replace("HEAD1", "HEAD2");
    let output = command.arg("--head").arg(slip).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("a character of it is wrong"), "{said}");
}
