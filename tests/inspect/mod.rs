//! The inspector as a technician meets it: the real program on a real terminal, over a real sshd, beside a writer that
//! must not notice; and its screens, drawn from a ledger that the gate filled.

mod beside;
mod by_ssh;
mod finding;
mod live;
mod looker;
mod screen;
mod screens;
mod things;
mod wire;
