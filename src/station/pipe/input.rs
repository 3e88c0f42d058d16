//! A line of input: a scan as the scanner sent it, or a JSON object that says more.

use super::line::Line;
use super::receive::Receive;
use crate::domain::command::Command;
use crate::domain::id::{DeviceId, UnitId};
use crate::domain::label::Label;
use crate::domain::text::{clipped, display_safe};
use crate::station::pin::Pin;

/// Bytes that a JSON line may have. A scan has its own, smaller limit.
pub const LINE_BYTES_MOST: usize = 64 * 1024;
/// Characters of a malformed line that its refusal keeps.
const MALFORMED_CHARS_KEPT: usize = 80;
/// The device of a scan that names none: a line is a scan as the scanner sent it, never typed.
const PIPE: &str = "pipe";

/// What a line asks for.
pub struct Input {
    /// The command.
    pub command: Command,
    /// A lot that whoever is signed on receives. Where nobody is, the command stands as it is.
    pub receive: Option<Box<Receive>>,
    /// The PIN that came with it, checked before the command is given and kept nowhere.
    pub pin: Option<Pin>,
    /// What a scan came by: the device that the line names, or the pipe itself.
    pub device: Option<DeviceId>,
}

/// Reads one line, its end removed. Whatever cannot be read becomes a command too: one that is refused and recorded.
pub fn read(line: &[u8]) -> Input {
    if line.first() != Some(&b'{') {
        return Input::scan(line, None, None);
    }
    let read = std::str::from_utf8(line).ok().filter(|_| line.len() <= LINE_BYTES_MOST);
    let read = read.and_then(|text| serde_json::from_str::<Line>(text).ok());
    read.and_then(Line::input).unwrap_or_else(|| malformed(line))
}

/// The line as a command that is always refused. A PIN may be in it, so only what surely is none is kept.
fn malformed(line: &[u8]) -> Input {
    let text = String::from_utf8_lossy(line.get(..MALFORMED_CHARS_KEPT * 4).unwrap_or(line));
    let input = if text.contains("pin") || text.contains("PIN") {
        "{...}".to_owned()
    } else {
        clipped(&display_safe(&text), MALFORMED_CHARS_KEPT).into_owned()
    };
    Input::of(Command::Malformed { input })
}

impl Input {
    pub(super) fn of(command: Command) -> Self {
        Self { command, receive: None, pin: None, device: None }
    }

    pub(super) fn scan(label: &[u8], unit: Option<UnitId>, device: Option<DeviceId>) -> Self {
        let device = device.or_else(|| DeviceId::parse(PIPE).ok());
        Self { device, ..Self::of(Command::Scan { label: Label::read(label), unit }) }
    }
}
