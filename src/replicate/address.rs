//! Where a replica is, as people write it: a directory, or a directory behind ssh.

use std::fmt;
use std::path::PathBuf;

use super::far::{Far, LIMITS};
use super::replica::Replica;
use super::target::Target;
use crate::app::port::Fault;

/// Characters that a user, a host or a path may have.
const PART_CHARS_MOST: usize = 255;

/// Where a replica is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// A directory, by its absolute path.
    Dir(PathBuf),
    /// A directory on another machine.
    Ssh(SshAddress),
}

/// A directory on another machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SshAddress {
    /// Who there; none: whom ssh's own configuration names.
    pub user: Option<String>,
    /// The machine, or a name for it in ssh's configuration.
    pub host: String,
    /// The port; none: ssh's own.
    pub port: Option<u16>,
    /// The absolute path there.
    pub path: String,
}

impl Address {
    /// Reads an address; the same, however it was written.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        if let Some(rest) = text.strip_prefix("ssh://") {
            return SshAddress::parse(rest).map(Self::Ssh).ok_or_else(|| {
                Fault::new(format!("{text} is no target"), "name it like ssh://user@host:22/srv/replica")
            });
        }
        let path = text.strip_prefix("dir:").unwrap_or(text);
        if path.contains("://") {
            let instead = "name a directory, such as dir:/mnt/nas/line, or ssh://host/srv/replica";
            return Err(Fault::new(format!("{text} is no target"), instead));
        }
        // An empty path is no path.
        let path = std::path::absolute(path)
            .map_err(|e| Fault::new(format!("\"{text}\" is no target: {e}"), "name a directory"))?;
        Ok(Self::Dir(path))
    }

    /// Opens it to send to. `known` is the mark that it was seen with; one that was never seen is given `fresh`.
    pub fn open(&self, known: Option<&str>, fresh: &str) -> Result<Box<dyn Replica>, Fault> {
        let address = self.to_string();
        Ok(match self {
            Self::Dir(path) => Box::new(Target::open(&address, path, known, fresh)?),
            Self::Ssh(ssh) => Box::new(Far::open(&address, &ssh.command(), &LIMITS, known, fresh)?),
        })
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dir(path) => write!(f, "dir:{}", path.display()),
            Self::Ssh(SshAddress { user, host, port, path }) => {
                f.write_str("ssh://")?;
                if let Some(user) = user {
                    write!(f, "{user}@")?;
                }
                if host.contains(':') { write!(f, "[{host}]") } else { f.write_str(host) }?;
                if let Some(port) = port {
                    write!(f, ":{port}")?;
                }
                f.write_str(path)
            }
        }
    }
}

impl SshAddress {
    /// Reads what follows `ssh://`.
    fn parse(text: &str) -> Option<Self> {
        let (who, path) = text.split_at(text.find('/')?);
        let (user, place) = match who.rsplit_once('@') {
            Some((user, place)) => (Some(user), place),
            None => (None, who),
        };
        let (host, port) = match place.strip_prefix('[') {
            Some(bracketed) => {
                let (host, rest) = bracketed.split_once(']')?;
                (host, if rest.is_empty() { None } else { Some(rest.strip_prefix(':')?) })
            }
            None => match place.split_once(':') {
                Some((host, port)) => (host, Some(port)),
                None => (place, None),
            },
        };
        let port = match port {
            Some(digits) => Some(digits.parse().ok().filter(|port| *port > 0)?),
            None => None,
        };
        // What begins with a dash would be an option of ssh.
        let plain = |text: &str, more: &[u8]| {
            let sound = text.bytes().all(|b| b.is_ascii_alphanumeric() || more.contains(&b));
            sound && !text.is_empty() && !text.starts_with('-') && text.len() <= PART_CHARS_MOST
        };
        let path_is_sound = path.len() > 1 && path.len() <= PART_CHARS_MOST && !path.chars().any(char::is_control);
        let sound = user.is_none_or(|user| plain(user, b"._-")) && plain(host, b"._-:%") && path_is_sound;
        sound.then(|| Self { user: user.map(str::to_owned), host: host.to_owned(), port, path: path.to_owned() })
    }

    /// The words of the command that opens a way there. Where the far side has a forced command, the last is for
    /// nothing.
    fn command(&self) -> Vec<String> {
        let mut words: Vec<String> = vec!["ssh".to_owned(), "-T".to_owned(), "-a".to_owned(), "-x".to_owned()];
        let alive = LIMITS.alive_seconds;
        for option in [
            "BatchMode=yes".to_owned(),
            "ClearAllForwardings=yes".to_owned(),
            format!("ConnectTimeout={}", LIMITS.connect_seconds),
            format!("ServerAliveInterval={alive}"),
            format!("ServerAliveCountMax={}", LIMITS.alive_most),
        ] {
            words.extend(["-o".to_owned(), option]);
        }
        if let Some(port) = self.port {
            words.extend(["-p".to_owned(), port.to_string()]);
        }
        let host = self.user.as_ref().map_or_else(|| self.host.clone(), |user| format!("{user}@{}", self.host));
        let quoted = self.path.replace('\'', "'\\''");
        words.extend(["--".to_owned(), host, format!("traveller receive --into '{quoted}'")]);
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_the_same_however_it_is_written() {
        let read = |text: &str| Address::parse(text).unwrap();
        assert_eq!(read("dir:/mnt/nas"), read("/mnt/nas"));
        assert_eq!(read("/mnt/nas").to_string(), "dir:/mnt/nas");
        for text in ["ssh://host/srv/replica", "ssh://line@host:2222/srv/a b", "ssh://[fe80::1%eth0]:22/srv"] {
            assert_eq!(read(text).to_string(), text);
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in [
            "",
            "dir:",
            "http://host/path",
            "ssh://host",
            "ssh://host/",
            "ssh:///path",
            "ssh://-oProxyCommand=x/path",
            "ssh://-l@host/path",
            "ssh://a b@host/path",
            "ssh://host:0/path",
            "ssh://host:66000/path",
            "ssh://[::1/path",
            "ssh://host/a\nb",
        ] {
            assert!(Address::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn nothing_in_an_address_is_an_option_or_a_word_of_a_shell() {
        let Address::Ssh(ssh) = Address::parse("ssh://u@h:7/srv/it's; rm -rf").unwrap() else { panic!() };
        let words = ssh.command();
        assert!(words.contains(&"BatchMode=yes".to_owned()), "{words:?}");
        let end = words.iter().position(|word| word == "--").unwrap();
        assert_eq!(words[end + 1..], ["u@h", r"traveller receive --into '/srv/it'\''s; rm -rf'"]);
        assert_eq!(words[end - 2..end], ["-p", "7"]);
    }
}
