//! How a process that has time gives way to those that have none.

/// The least urgent that there is.
const LEAST: i32 = 19;
/// A little less urgent than work: a third of a processor where there is too little for all.
const LESS: i32 = 5;

/// Lets everything else on the machine go first: what is done at night, or tried out, is never in the way of somebody
/// who waits for an answer. The scheduler of the disk goes by this as well, where it was told nothing else.
pub fn give_way() {
    // Where it may not, it works as it was started.
    let _as_it_was = rustix::process::setpriority_process(None, LEAST);
}

/// Lets those that record go first: what only looks wakes with each commit, and that is not done then.
pub fn let_work_go_first() {
    let _as_it_was = rustix::process::setpriority_process(None, LESS);
}
