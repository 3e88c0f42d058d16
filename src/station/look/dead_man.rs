//! A process that is stopped while it reads keeps SQLite's lock, and the write-ahead log of whoever works grows until
//! it goes on. So the kernel holds a timer while a query runs: it ends the process where the query does not end in
//! time. Of all signals only this one ends a process that is stopped.

use std::ffi::{c_int, c_long, c_void};
use std::io;
use std::ptr;

use crate::app::port::Fault;

/// Seconds that one query may take before the process is ended. It ends by itself long before.
const SECONDS: c_long = 10;

/// `CLOCK_MONOTONIC` of `linux/time.h`.
const CLOCK: c_int = 1;
/// `SIGEV_SIGNAL` of `asm-generic/siginfo.h`.
const BY_SIGNAL: c_int = 0;
/// `SIGKILL`.
const KILL: c_int = 9;

/// `struct sigevent`: 64 bytes, the rest of them unused here.
#[repr(C)]
struct Notice {
    value: *mut c_void,
    signal: c_int,
    how: c_int,
    unused: [c_int; 12],
}

#[repr(C)]
#[derive(Clone, Copy, Default)]
struct Span {
    seconds: c_long,
    nanos: c_long,
}

/// `struct itimerspec`.
#[repr(C)]
#[derive(Default)]
struct Spans {
    again: Span,
    first: Span,
}

#[expect(unsafe_code, reason = "no crate here wraps the timers of POSIX")]
// SAFETY: the prototypes of `time.h`.
unsafe extern "C" {
    fn timer_create(clock: c_int, notice: *mut Notice, timer: *mut *mut c_void) -> c_int;
    fn timer_settime(timer: *mut c_void, flags: c_int, new: *const Spans, old: *mut Spans) -> c_int;
}

/// The timer. It lives as long as the process.
pub struct DeadMan {
    timer: *mut c_void,
}

#[expect(unsafe_code, reason = "the timer is an id that any thread of the process may name")]
// SAFETY: the pointer is never read; the C library and the kernel take it as a name.
unsafe impl Send for DeadMan {}

impl DeadMan {
    /// A timer that does not run yet.
    pub fn new() -> Result<Self, Fault> {
        let mut notice = Notice { value: ptr::null_mut(), signal: KILL, how: BY_SIGNAL, unused: [0; 12] };
        let mut timer = ptr::null_mut();
        #[expect(unsafe_code, reason = "no crate here wraps the timers of POSIX")]
        // SAFETY: both pointers are to live values of the types that `time.h` names.
        let made = unsafe { timer_create(CLOCK, &raw mut notice, &raw mut timer) };
        if made == 0 { Ok(Self { timer }) } else { Err(failed(&io::Error::last_os_error())) }
    }

    /// Does something that is over in time, or the process is.
    pub fn within<T>(&self, work: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
        self.set(SECONDS)?;
        let done = work();
        self.set(0)?;
        done
    }

    fn set(&self, seconds: c_long) -> Result<(), Fault> {
        let spans = Spans { first: Span { seconds, nanos: 0 }, ..Spans::default() };
        #[expect(unsafe_code, reason = "no crate here wraps the timers of POSIX")]
        // SAFETY: the timer was made by `timer_create`; the kernel copies the spans and is given no place for the old.
        let set = unsafe { timer_settime(self.timer, 0, &raw const spans, ptr::null_mut()) };
        if set == 0 { Ok(()) } else { Err(failed(&io::Error::last_os_error())) }
    }
}

fn failed(error: &io::Error) -> Fault {
    Fault::new(
        format!("the timer that guards the ledger did not start: {error}"),
        "raise the limit of pending signals (ulimit -i), or restart the device",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_over_in_time_goes_on() {
        assert_eq!(size_of::<Notice>(), 64);
        let guard = DeadMan::new().unwrap();
        assert_eq!(guard.within(|| Ok(7)).unwrap(), 7);
        assert!(guard.within(|| -> Result<(), Fault> { Err(Fault::new("a", "b")) }).is_err());
    }
}
