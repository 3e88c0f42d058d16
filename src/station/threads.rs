//! The one place where threads are started: each has a name, which shows in `ps` and in a crash report.

use std::thread::{Builder, JoinHandle};

use crate::app::port::Fault;

/// Starts a thread. The name is kept to 15 bytes by Linux.
pub fn spawn<T: Send + 'static>(
    name: &'static str,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<JoinHandle<T>, Fault> {
    Builder::new().name(name.to_owned()).spawn(work).map_err(|e| {
        Fault::new(
            format!("the {name} thread did not start: {e}"),
            "raise the limit of tasks (TasksMax) or restart the device",
        )
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_thread_knows_its_name() {
        let name = super::spawn("scanner", || std::thread::current().name().map(str::to_owned));
        assert_eq!(name.unwrap().join().unwrap().as_deref(), Some("scanner"));
    }
}
