//! A link that is cut in the middle: a second machine as a network namespace.

use std::net::TcpStream;
use std::process::Command;
use std::time::Duration;

use super::desk::{Desk, files};
use super::far_side::{FarSide, PROGRAM};

/// The far machine's end of the cable.
const PLUG: &str = "tvfar";

/// A machine behind a cable of its own, gone with this value.
struct Cable {
    /// Its name, and that of the machine.
    name: String,
    /// A net of its own, without the last number.
    net: String,
}

impl Cable {
    /// None, and said, where this user may not make one.
    fn new() -> Option<Self> {
        let id = std::process::id();
        let cable = Self { name: format!("tv{id}"), net: format!("10.{}.{}", 200 + id % 50, id / 50 % 250) };
        let (near, net) = (&cable.name, &cable.net);
        let laid = ip(&["netns", "add", near])
            && ip(&["link", "add", near, "type", "veth", "peer", "name", PLUG, "netns", near])
            && ip(&["addr", "add", &format!("{net}.1/30"), "dev", near])
            && ip(&["link", "set", near, "up"])
            && ip(&["-n", near, "addr", "add", &format!("{net}.2/30"), "dev", PLUG])
            && cable.plugged();
        if !laid {
            println!("SKIPPED: this user may not make a network namespace");
        }
        laid.then_some(cable)
    }

    fn plugged(&self) -> bool {
        ip(&["-n", &self.name, "link", "set", PLUG, "up"])
    }

    /// Neighbours that were given up are asked for again, which takes a while.
    fn reaches_again(&self) -> bool {
        let there = format!("{}.2:22", self.net).parse().unwrap();
        (0..100).any(|_try| {
            ip(&["neigh", "flush", "dev", &self.name]);
            TcpStream::connect_timeout(&there, Duration::from_secs(2)).is_ok()
        })
    }
}

impl Drop for Cable {
    fn drop(&mut self) {
        // Whoever still runs there keeps the machine, but not the cable.
        ip(&["link", "del", &self.name]);
        ip(&["netns", "del", &self.name]);
    }
}

fn ip(words: &[&str]) -> bool {
    Command::new("ip").args(words).output().is_ok_and(|ended| ended.status.success())
}

#[expect(clippy::disallowed_methods, reason = "a stopwatch reads the clock")]
#[test]
fn a_link_that_is_cut_in_mid_segment_ends_in_a_named_time() {
    let Some(cable) = Cable::new() else { return };
    let mut there = Command::new("ip");
    there.args(["netns", "exec", &cable.name, "/usr/sbin/sshd"]);
    let Some(far) = FarSide::listening(&format!("{}.2", cable.net), 22, there) else { return };
    let desk = Desk::new();
    far.replicate(&desk).done();
    let before = files(&far.replica());
    for badge in 2001..2010 {
        desk.work(badge);
    }
    let receive = format!("{PROGRAM} receive --into {}", far.replica().display());
    far.force(&format!("(dd bs=1 count=1200 status=none; ip link set dev {PLUG} down; cat >/dev/null) | {receive}"));
    let began = std::time::Instant::now();
    let (what, instead) = far.run(&desk, "replicate --to ssh://far/srv/replica").failed(3);
    assert!(what.contains("sending a segment failed") && what.contains("not responding"), "{what}");
    assert!(instead.contains("check the network"), "{instead}");
    assert!(began.elapsed().as_secs() < 100, "{:?}", began.elapsed());
    assert_eq!(files(&far.replica()), before, "nothing half has a name");

    assert!(cable.plugged() && cable.reaches_again());
    far.force(&receive);
    far.replicate(&desk).done();
    far.is_whole(&desk);
}
