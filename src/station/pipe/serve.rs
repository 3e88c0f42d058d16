//! The loop of the pipe: a line is read, settled, and answered, until the input ends.

use std::io::{self, BufRead, Read as _, Write};

use super::input::{LINE_BYTES_MOST, read};
use super::verdict::Verdict;
use crate::app::port::{Fault, Ledger};
use crate::domain::label::LABEL_BYTES_MOST;
use crate::domain::what::Leaving;
use crate::station::clerk::{Clerk, With};

/// How a run of the pipe ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The input ended.
    Input,
    /// A line was refused, and that was to end it.
    Refusal,
    /// Nobody reads the answers any more.
    NobodyReads,
}

/// Bytes of a line that are read; what is longer is refused whole.
const READ_MOST: usize = if LINE_BYTES_MOST > LABEL_BYTES_MOST { LINE_BYTES_MOST } else { LABEL_BYTES_MOST } + 2;

/// Serves lines until the input ends. Every answer is written after the commit that it reports, and flushed.
pub fn serve<L: Ledger>(
    clerk: &mut Clerk<L>,
    input: &mut impl BufRead,
    output: &mut impl Write,
    end_on_refusal: bool,
) -> Result<End, Fault> {
    while let Some(line) = next_line(input)? {
        let asked = read(&line);
        let command = match asked.receive {
            Some(receive) => receive.command(clerk.desk()?.station.operator.as_ref()),
            None => asked.command,
        };
        let with = With { pin: asked.pin, device: asked.device, screen_ms: None };
        let settled = clerk.give(&command, &with)?;
        let answer = Verdict::of(&settled).line();
        if writeln!(output, "{answer}").and_then(|()| output.flush()).is_err() {
            return Ok(End::NobodyReads);
        }
        if end_on_refusal && settled.answer.is_err() {
            return Ok(End::Refusal);
        }
    }
    clerk.leave(Leaving::Restart)?;
    Ok(End::Input)
}

/// The next line without its end; of an overlong one, as much as shows that it is.
fn next_line(input: &mut impl BufRead) -> Result<Option<Vec<u8>>, Fault> {
    let failed =
        |e: io::Error| Fault::new(format!("the input cannot be read: {e}"), "connect the scanner or the script again");
    let mut line = Vec::new();
    let most = u64::try_from(READ_MOST).unwrap_or(u64::MAX);
    let taken = input.by_ref().take(most).read_until(b'\n', &mut line).map_err(failed)?;
    if taken == 0 {
        return Ok(None);
    }
    if line.last() != Some(&b'\n') && taken == READ_MOST {
        skip_line(input).map_err(failed)?;
    }
    while line.last().is_some_and(|b| matches!(b, b'\n' | b'\r')) {
        line.pop();
    }
    Ok(Some(line))
}

fn skip_line(input: &mut impl BufRead) -> io::Result<()> {
    loop {
        let buffer = input.fill_buf()?;
        if buffer.is_empty() {
            return Ok(());
        }
        let end = buffer.iter().position(|b| *b == b'\n');
        let used = end.map_or(buffer.len(), |at| at + 1);
        input.consume(used);
        if end.is_some() {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(mut input: &[u8]) -> Vec<Vec<u8>> {
        let mut all = Vec::new();
        while let Some(line) = next_line(&mut input).unwrap() {
            all.push(line);
        }
        all
    }

    #[test]
    fn lines_come_without_their_ends_and_overlong_ones_are_cut_not_split() {
        assert_eq!(lines(b"A\r\n\nB"), [b"A".to_vec(), Vec::new(), b"B".to_vec()]);
        let mut long = vec![b'x'; READ_MOST * 3];
        long.extend(b"\nB\n");
        let read = lines(&long);
        assert_eq!((read.len(), read[0].len()), (2, READ_MOST));
        assert_eq!(read[1], b"B");
    }
}
