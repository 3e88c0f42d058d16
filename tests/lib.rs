//! What Traveller promises, tested from outside: one binary, one module for each subject.

#[cfg(test)]
mod board;
#[cfg(test)]
mod command_line;
#[cfg(test)]
mod decisions;
#[cfg(test)]
mod docs;
#[cfg(test)]
mod edges_of_time;
#[cfg(test)]
mod events;
#[cfg(test)]
mod evidence;
#[cfg(test)]
mod export;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod gaps;
#[cfg(test)]
mod inspect;
#[cfg(test)]
mod labels;
#[cfg(test)]
mod last_guards;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod line;
#[cfg(test)]
mod load_traces;
#[cfg(test)]
mod oracle;
#[cfg(test)]
mod paper_shifts;
#[cfg(test)]
mod paper_times;
#[cfg(test)]
mod past_gates;
#[cfg(test)]
mod pty;
#[cfg(test)]
mod readme;
#[cfg(test)]
mod replica;
#[cfg(test)]
mod review;
#[cfg(test)]
mod rig;
#[cfg(test)]
mod scanner;
#[cfg(test)]
mod scenarios;
#[cfg(test)]
mod support;
#[cfg(test)]
mod terminal;
#[cfg(test)]
mod tidy;
#[cfg(test)]
mod together;
