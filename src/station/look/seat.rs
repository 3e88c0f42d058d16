//! The terminal of whoever looks: taken, given back, and its keyboard.

use std::io;

use ratatui::crossterm::event::{Event, read};

use crate::app::msg::Key;
use crate::app::port::Fault;
use crate::station::threads;
use crate::ui::keymap;
use crate::ui::terminal::{self, Sound};

/// The terminal as long as this lives; however the program goes on, it is given back.
pub(super) struct Entered(());

impl Entered {
    /// Takes the terminal.
    pub(super) fn enter() -> Result<Self, Fault> {
        terminal::leave_on_panic();
        terminal::enter(Sound::Ring).map_err(unusable)?;
        Ok(Self(()))
    }
}

impl Drop for Entered {
    fn drop(&mut self) {
        terminal::leave();
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the form that map_err hands over")]
pub(super) fn unusable(e: io::Error) -> Fault {
    Fault::new(format!("the terminal cannot be used: {e}"), "run it on a terminal; `traveller show` works without one")
}

/// What came from the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pressed {
    /// A key.
    Key(Key),
    /// It has another size.
    Resized,
    /// It is gone: nobody sees anything any more.
    Gone,
}

/// Starts the thread that reads the keyboard. It ends when the terminal does, or when nobody listens any more.
pub(super) fn keyboard(tell: impl Fn(Pressed) -> bool + Send + 'static) -> Result<(), Fault> {
    threads::spawn("keyboard", move || {
        while let Ok(event) = read() {
            let pressed = match event {
                Event::Key(key) => keymap::key(key).map(Pressed::Key),
                Event::Resize(..) => Some(Pressed::Resized),
                Event::FocusGained | Event::FocusLost | Event::Mouse(_) | Event::Paste(_) => None,
            };
            if let Some(pressed) = pressed
                && !tell(pressed)
            {
                return;
            }
        }
        tell(Pressed::Gone);
    })?;
    Ok(())
}
