//! How a process that has time gives way to those that have none.

use thread_priority::ThreadPriority;
use thread_priority::unix::{
    NormalThreadSchedulePolicy, ThreadSchedulePolicy, set_thread_priority_and_policy, thread_native_id,
};

/// The least urgent that there is.
const LEAST: i32 = 19;
/// A little less urgent than work: a third of a processor where there is too little for all.
const LESS: i32 = 5;

/// Lets everything else on the machine go first: what is done at night, or tried out, is never in the way of somebody
/// who waits for an answer. Under `SCHED_IDLE` (sched(7)) whoever wakes for work is taken up at once; to be nice
/// alone does not promise that. The scheduler of the disk goes by both, where it was told nothing else.
pub fn give_way() {
    // Where it may not, it works as it was started. Threads that it starts are as it is.
    let idle = ThreadSchedulePolicy::Normal(NormalThreadSchedulePolicy::Idle);
    let _as_it_was = set_thread_priority_and_policy(thread_native_id(), ThreadPriority::Min, idle);
    let _as_it_was = rustix::process::setpriority_process(None, LEAST);
}

/// Lets those that record go first: what only looks wakes with each commit, and that is not done then.
pub fn let_work_go_first() {
    let _as_it_was = rustix::process::setpriority_process(None, LESS);
}

#[cfg(test)]
mod tests {
    use thread_priority::thread_schedule_policy;

    use super::*;
    use crate::station::threads;

    #[test]
    fn who_gives_way_is_idle_and_so_are_the_threads_that_it_starts() {
        let policies = threads::spawn("night", || {
            give_way();
            let mine = thread_schedule_policy().unwrap();
            (mine, threads::spawn("night-2", || thread_schedule_policy().unwrap()).unwrap().join().unwrap())
        });
        let idle = ThreadSchedulePolicy::Normal(NormalThreadSchedulePolicy::Idle);
        assert_eq!(policies.unwrap().join().unwrap(), (idle, idle));
        assert_ne!(thread_schedule_policy().unwrap(), idle, "nobody else is");
    }
}
