//! The keyboard thread: blocks on the terminal, and turns what comes into messages.

use ratatui::crossterm::event::{Event, read};

use super::inbox::Inbox;
use crate::app::msg::News;
use crate::app::port::Fault;
use crate::station::threads;
use crate::ui::keymap;

/// Starts the thread that reads the keyboard. It ends when the terminal does.
pub(super) fn watch(inbox: Inbox) -> Result<(), Fault> {
    threads::spawn("keyboard", move || {
        while let Ok(event) = read() {
            let news = match event {
                Event::Key(key) => keymap::key(key).map(News::Key),
                Event::Resize(..) => Some(News::Resized),
                Event::FocusGained | Event::FocusLost | Event::Mouse(_) | Event::Paste(_) => None,
            };
            if let Some(news) = news
                && inbox.send(news).is_err()
            {
                return;
            }
        }
        // The terminal is gone: nobody can see or type anything here any more.
        let _ = inbox.send(News::Quit);
    })?;
    Ok(())
}
