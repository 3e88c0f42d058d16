//! The receiving end by itself: senders that lie, and a receiver that is killed.

use std::fs;
use std::io::BufReader;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use traveller::ledger::chain::Hash;
use traveller::replicate::packing::Packing;
use traveller::replicate::segment::{Name, Packer};
use traveller::replicate::wire::{Answer, Ask, NameWords, StreamWords, await_greeting, hear, say, write_frame};

use super::desk::{Desk, files};
use super::far_side::{FarSide, PROGRAM};
use super::traced;

/// A sender that says what it likes.
struct Sender {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
}

impl Sender {
    fn to(desk: &Desk) -> Self {
        let mut receive = Command::new(PROGRAM);
        receive.args(["receive", "--into"]).arg(desk.target()).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = receive.stderr(Stdio::null()).spawn().unwrap();
        let mut from = BufReader::new(child.stdout.take().unwrap());
        await_greeting(&mut from).unwrap();
        Self { to: child.stdin.take().unwrap(), child, from }
    }

    fn opened(desk: &Desk) -> Self {
        let mut sender = Self::to(desk);
        let answer = sender.ask(&Ask::Open { known: None, fresh: "0123456789abcdef".to_owned() });
        assert!(matches!(answer, Answer::Opened { .. }), "{answer:?}");
        sender
    }

    fn ask(&mut self, ask: &Ask) -> Answer {
        say(&mut self.to, ask).unwrap();
        hear(&mut self.from).unwrap().unwrap()
    }

    fn send(&mut self, words: NameWords, file: &[u8]) -> Answer {
        say(&mut self.to, &Ask::Send(words)).unwrap();
        write_frame(&mut self.to, file).unwrap();
        hear(&mut self.from).unwrap().unwrap()
    }

    #[track_caller]
    fn refused(&mut self, words: NameWords, file: &[u8], why: &str) {
        let Answer::Failed { what, instead } = self.send(words, file) else { panic!("it was taken") };
        assert!(what.contains(why) && !instead.is_empty(), "{what}");
    }

    fn end(self) -> Option<i32> {
        let Self { mut child, to, from } = self;
        drop((to, from));
        child.wait().unwrap().code()
    }
}

/// Events of a stream as a segment.
fn segment(terminal: &str, first: u64, previous: Hash, bodies: &[&str]) -> (Name, Vec<u8>) {
    let (terminal, epoch) = (terminal.parse().unwrap(), "0123456789abcdef".parse().unwrap());
    let mut packer = Packer::new(terminal, epoch, first, previous, Packing::Hard).unwrap();
    for body in bodies {
        packer.push(body).unwrap();
    }
    packer.finish().unwrap().unwrap()
}

#[test]
fn a_sender_that_lies_changes_nothing() {
    let desk = Desk::new();
    let mut sender = Sender::opened(&desk);
    let (one, file) = segment("T7", 1, Hash::ZERO, &["a", "b", "c"]);
    assert_eq!(sender.send(NameWords::of(&one, Hash::ZERO), &file), Answer::Done);
    let before = files(&desk.target());

    let (fork, forked) = segment("T7", 1, Hash::ZERO, &["a", "x", "c"]);
    sender.refused(NameWords::of(&fork, Hash::ZERO), &forked, "are there already");
    let (inside, within) = segment("T7", 2, Hash::of(b"x"), &["x"]);
    sender.refused(NameWords::of(&inside, Hash::of(b"x")), &within, "are there already");
    let (other, follows) = segment("T7", 4, Hash::of(b"x"), &["d"]);
    sender.refused(NameWords::of(&other, Hash::of(b"x")), &follows, "follows other events");
    let (far, beyond) = segment("T7", 9, Hash::of(b"x"), &["d"]);
    sender.refused(NameWords::of(&far, Hash::of(b"x")), &beyond, "the events before it are not there");
    let (begins, zero) = segment("T8", 2, Hash::ZERO, &["d"]);
    sender.refused(NameWords::of(&begins, Hash::ZERO), &zero, "the events before it are not there");
    let (next, spoilt) = segment("T7", 4, one.head, &["d"]);
    sender.refused(NameWords::of(&next, one.head), &spoilt[..spoilt.len() - 3], "cannot be unpacked");
    sender.refused(NameWords::of(&next, one.head), &file, "was not taken");
    sender.refused(
        NameWords { head: "../../x".to_owned(), ..NameWords::of(&next, one.head) },
        &spoilt,
        "makes no sense",
    );
    assert_eq!(files(&desk.target()), before, "nothing is written");
    // After all that it still takes what is right.
    assert_eq!(sender.send(NameWords::of(&next, one.head), &spoilt), Answer::Done);
    assert_eq!(sender.end(), Some(0));
}

#[test]
fn a_hole_is_filled_by_what_fits_on_both_sides_and_by_nothing_else() {
    let desk = Desk::new();
    let (one, file) = segment("T7", 1, Hash::ZERO, &["a", "b"]);
    let (two, next) = segment("T7", 3, one.head, &["c"]);
    let mut sender = Sender::opened(&desk);
    assert_eq!(sender.send(NameWords::of(&one, Hash::ZERO), &file), Answer::Done);
    assert_eq!(sender.send(NameWords::of(&two, one.head), &next), Answer::Done);
    assert_eq!(sender.end(), Some(0));
    fs::remove_file(desk.target().join(one.to_string())).unwrap();
    let mut sender = Sender::opened(&desk);
    let (other, fork) = segment("T7", 1, Hash::ZERO, &["a", "x"]);
    sender.refused(NameWords::of(&other, Hash::ZERO), &fork, "do not lead to the hash");
    assert_eq!(sender.send(NameWords::of(&one, Hash::ZERO), &file), Answer::Done);
}

#[test]
fn messages_without_sense_end_in_words() {
    let desk = Desk::new();
    let stream = || StreamWords { terminal: "T1".parse().unwrap(), epoch: "0123456789abcdef".parse().unwrap() };
    let mut sender = Sender::to(&desk);
    assert!(matches!(sender.ask(&Ask::Found(stream())), Answer::Failed { .. }), "before it is open");
    for fresh in ["", "../x", "\"", &"a".repeat(65)] {
        let answer = sender.ask(&Ask::Open { known: None, fresh: fresh.to_owned() });
        assert!(matches!(answer, Answer::Failed { .. }), "{fresh}");
    }
    assert!(!desk.target().exists());
    for frame in [&b"{\"found\":{\"terminal\":\"../..\",\"epoch\":\"0123456789abcdef\"}}"[..], b"{}", b"\xff", b""] {
        let mut sender = Sender::opened(&desk);
        write_frame(&mut sender.to, frame).unwrap();
        assert!(hear::<Answer>(&mut sender.from).unwrap().is_none(), "{frame:?}");
        assert_eq!(sender.end(), Some(3));
    }
    assert_eq!(files(&desk.target()).len(), 1, "the mark");
}

#[test]
fn a_stream_is_written_by_one_connection_at_a_time() {
    let desk = Desk::new();
    let (one, file) = segment("T7", 1, Hash::ZERO, &["a"]);
    let (two, next) = segment("T7", 2, one.head, &["b"]);
    let mut first = Sender::opened(&desk);
    assert_eq!(first.send(NameWords::of(&one, Hash::ZERO), &file), Answer::Done);
    let mut second = Sender::opened(&desk);
    second.refused(NameWords::of(&two, one.head), &next, "another connection is sending");
    let (other, elsewhere) = segment("T8", 1, Hash::ZERO, &["a"]);
    assert_eq!(second.send(NameWords::of(&other, Hash::ZERO), &elsewhere), Answer::Done, "other streams go on");
    assert_eq!(first.end(), Some(0));
    assert_eq!(second.send(NameWords::of(&two, one.head), &next), Answer::Done);
}

#[test]
fn a_receiver_that_is_killed_anywhere_is_ended_by_the_next_run() {
    if !traced::is_there() {
        return;
    }
    let receive = |far: &FarSide| format!("{PROGRAM} receive --into {}", far.replica().display());
    let watched = |far: &FarSide| format!("exec $(cat {}/watch) {}", far.at("").display(), receive(far));
    let far = FarSide::scripted(watched);
    let log = far.at("calls");
    far.put("watch", &format!("strace -f -o {} -e {}", log.display(), traced::trace()));
    far.replicate(&Desk::new()).done();
    let calls = traced::counted(&fs::read_to_string(log).unwrap());
    assert!(calls.len() > 20, "{calls:?}");
    for (call, when) in calls {
        let (desk, far) = (Desk::new(), FarSide::scripted(watched));
        far.put("watch", &format!("strace -f -o /dev/null -e inject={call}:signal=KILL:when={when}"));
        let answer = far.replicate(&desk);
        far.put("watch", "env");
        let said = far.replicate(&desk);
        assert_eq!(said.code, 0, "{call} {when}: {said:?}");
        far.is_whole(&desk);
        assert_eq!(files(&far.replica()).len(), 2, "{call} {when}: {:?}", files(&far.replica()));
        assert!([0, 3].contains(&answer.code), "{call} {when}: {answer:?}");
    }
}
