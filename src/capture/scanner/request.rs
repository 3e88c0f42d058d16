//! The two requests to the kernel that need `unsafe`, since no crate wraps them.
//!
//! It keeps 64 events of a device until they are read. A scanner sends six for each character, two of them its own
//! scan codes, which say nothing new. Without those, half as many characters more fit before any are lost.
//!
//! It notes when each event happened, by the wall clock unless told otherwise; that one can jump.

use std::io;
use std::os::fd::AsFd;

use rustix::ioctl;

/// `EV_MSC` of `linux/input-event-codes.h`: scan codes.
const MISC: u32 = 4;
/// Codes of that type, in words: all fit in one. The kernel takes a size in bytes that is a multiple of 8.
const WORDS: usize = 1;

/// `struct input_mask` of `linux/input.h`.
#[repr(C)]
struct Mask {
    kind: u32,
    bytes: u32,
    codes: u64,
}

/// `EVIOCSMASK`.
const SET_MASK: ioctl::Opcode = ioctl::opcode::write::<Mask>(b'E', 0x93);

/// `EVIOCSCLOCKID`.
const SET_CLOCK: ioctl::Opcode = ioctl::opcode::write::<i32>(b'E', 0xa0);
/// `CLOCK_BOOTTIME` of `linux/time.h`.
const BOOT_CLOCK: i32 = 7;

/// Has the events of a device bear their moments by the boot clock, for this opening of it.
pub(super) fn tell_time_since_boot(device: impl AsFd) -> io::Result<()> {
    #[expect(unsafe_code, reason = "the kernel's interface is an ioctl with a pointer; no crate wraps it")]
    // SAFETY: the opcode is made of the type that the kernel reads, a C int; the kernel copies it.
    unsafe {
        ioctl::ioctl(device, ioctl::Setter::<SET_CLOCK, i32>::new(BOOT_CLOCK))?;
    }
    Ok(())
}

/// Keeps back the scan codes of a device, for this opening of it.
pub(super) fn keep_back_scan_codes(device: impl AsFd) -> io::Result<()> {
    let none = [0_u64; WORDS];
    let address = u64::try_from(none.as_ptr().expose_provenance()).map_err(io::Error::other)?;
    let mask = Mask { kind: MISC, bytes: 8, codes: address };
    #[expect(unsafe_code, reason = "the kernel's interface is an ioctl with a pointer in it; no crate wraps it")]
    // SAFETY: the opcode is made of the struct that the kernel reads; `codes` points to `none`, which has `bytes`
    // bytes and outlives the call; the kernel copies them and keeps no pointer.
    unsafe {
        ioctl::ioctl(device, ioctl::Setter::<SET_MASK, Mask>::new(mask))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_requests_are_the_kernels_own_numbers() {
        assert_eq!((SET_MASK, SET_CLOCK), (0x4010_4593, 0x4004_45a0));
        assert_eq!(size_of::<[u64; WORDS]>(), 8);
    }

    #[test]
    fn what_is_no_input_device_says_so() {
        let file = tempfile::tempfile().unwrap();
        for asked in [keep_back_scan_codes(&file), tell_time_since_boot(&file)] {
            assert_eq!(asked.unwrap_err().raw_os_error(), Some(25), "ENOTTY");
        }
    }
}
