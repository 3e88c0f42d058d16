//! What one shift leaves to the next at a station: that it is down, a call for a lead, notes. And what people do about
//! it.

use serde::{Deserialize, Serialize};

use super::event::{Event, Link};
use super::id::{Badge, StationId};
use super::station::Station;
use super::text::is_safe;
use super::time::{At, Moment, SECOND};
use super::what::What;

/// Notes that wait at a station at once.
pub const NOTES_MOST: usize = 8;

/// Hours that were explained and are kept of a station: the last ones.
pub const EXPLAINED_MOST: usize = 48;

/// Microseconds back that an hour may lie which is explained: a week.
pub const EXPLAINED_WITHIN: i64 = 7 * 24 * 3_600 * SECOND;

/// Characters that a note may have.
pub const NOTE_CHARS_MOST: usize = 300;

/// What somebody does about a station.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Watching {
    /// The station; none: the one where it is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<StationId>,
    /// What.
    pub act: WatchAct,
    /// Who, proved by the PIN; none: whoever is signed on at that very station.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Badge>,
}

/// What can be done about a station.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WatchAct {
    /// It is down.
    Down {
        /// Why: a word of the plant, or a sentence.
        reason: String,
    },
    /// It works again.
    Up,
    /// A note for whoever comes next.
    Note {
        /// What it says.
        text: String,
    },
    /// The notes were read.
    Read,
    /// A lead is to come.
    Call,
    /// Nobody need come any more.
    Withdraw {
        /// Why.
        reason: String,
    },
    /// A lead came.
    Answer,
    /// Why an hour fell short of its plan.
    Explain {
        /// When the hour began.
        hour: At,
        /// Why: a word of the plant, or a sentence.
        reason: String,
    },
}

/// What waits at a station. Folded from the events recorded there.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Watch {
    /// Since when it is down, and why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub down: Option<Down>,
    /// The call that nobody has answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub call: Option<Call>,
    /// Notes that nobody has read, the oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// The hours that fell short and of which a lead said why, the last ones.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub explained: Vec<Explained>,
}

/// A lead said why an hour fell short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explained {
    /// When the hour began.
    pub hour: At,
    /// Why.
    pub reason: String,
    /// Who said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Badge>,
    /// When that was said.
    pub at: At,
    /// The event.
    pub event: Link,
}

/// A station is down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Down {
    /// Why.
    pub reason: String,
    /// Who said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Badge>,
    /// Since when, by both clocks.
    pub since: Moment,
    /// The event.
    pub event: Link,
}

/// A lead was called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// Who called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Badge>,
    /// Since when, by both clocks.
    pub since: Moment,
    /// The event.
    pub event: Link,
}

/// A note that waits to be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// What it says.
    pub text: String,
    /// Who left it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Badge>,
    /// When.
    pub at: At,
    /// The event.
    pub event: Link,
}

/// What waits at a named station.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Watched {
    /// The station.
    pub station: StationId,
    /// What waits there.
    #[serde(flatten)]
    pub watch: Watch,
}

impl Watched {
    /// What waits at a station; none where nothing does.
    pub fn of(station: &Station) -> Option<Self> {
        let name = station.station.as_ref().filter(|_| !station.watch.is_empty())?;
        Some(Self { station: name.clone(), watch: station.watch.clone() })
    }
}

impl Watch {
    /// Whether nothing was ever said that is kept: then a fold does not write it.
    pub(super) fn is_blank(&self) -> bool {
        self.is_empty() && self.explained.is_empty()
    }

    /// Whether nothing waits. An hour that was explained waits for nobody.
    pub fn is_empty(&self) -> bool {
        self.down.is_none() && self.call.is_none() && self.notes.is_empty()
    }

    /// The notes that a person did not leave: those that the person has to read.
    pub fn notes_for<'a>(&'a self, badge: &'a Badge) -> impl Iterator<Item = &'a Note> {
        self.notes.iter().filter(move |note| note.by.as_ref() != Some(badge))
    }

    /// Folds one event of the station.
    #[expect(clippy::wildcard_enum_match_arm, reason = "a fold reads the kinds that concern it")]
    pub(super) fn apply(&mut self, event: &Event) {
        let (by, link) = (event.about.by.clone(), event.stamp.link());
        match &event.what {
            What::StationDown(_) => {
                let reason = event.about.reason.clone().unwrap_or_default();
                self.down = Some(Down { reason, by, since: event.stamp.moment(), event: link });
            }
            What::StationUp(_) => self.down = None,
            What::LeadCalled(_) => self.call = Some(Call { by, since: event.stamp.moment(), event: link }),
            What::CallWithdrawn(_) | What::CallAnswered(_) => self.call = None,
            What::NoteLeft(e) => {
                self.notes.push(Note { text: e.text.clone(), by, at: event.stamp.at, event: link });
            }
            What::HourExplained(e) => {
                let reason = event.about.reason.clone().unwrap_or_default();
                self.explained.retain(|of| of.hour != e.hour);
                if self.explained.len() >= EXPLAINED_MOST {
                    self.explained.remove(0);
                }
                self.explained.push(Explained { hour: e.hour, reason, by, at: event.stamp.at, event: link });
            }
            What::NoteRead(_) => self.notes.retain(|note| Some(&note.event) != event.about.corrects.as_ref()),
            _ => {}
        }
    }
}

/// Whether a text can be a note: something, short enough to be read, and harmless to show.
pub fn is_note(text: &str) -> bool {
    !text.trim().is_empty() && text.chars().count() <= NOTE_CHARS_MOST && text.chars().all(is_safe)
}

/// Whether something is said about a station, wherever that is done: it answers nothing that was asked back there.
pub(super) fn is_said(what: &What) -> bool {
    matches!(
        what,
        What::LeadCalled(_)
            | What::CallWithdrawn(_)
            | What::CallAnswered(_)
            | What::NoteLeft(_)
            | What::NoteRead(_)
            | What::HourExplained(_)
    )
}
