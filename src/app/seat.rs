//! The seats of a terminal: one for each station that it serves.

/// Stations that one terminal serves at most: two screens fit on 24 rows.
pub const SEATS_MOST: usize = 2;

/// One of the stations that a terminal serves, and its part of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Seat {
    /// The only one, or the upper one.
    #[default]
    First,
    /// The lower one.
    Second,
}

impl Seat {
    /// The one beside it.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::First => Self::Second,
            Self::Second => Self::First,
        }
    }
}

/// One thing for each seat of a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PerSeat<T> {
    first: T,
    second: Option<T>,
}

impl<T> PerSeat<T> {
    /// For one seat, or for two.
    pub fn new(first: T, second: Option<T>) -> Self {
        Self { first, second }
    }

    /// Whether there are two.
    pub fn are_two(&self) -> bool {
        self.second.is_some()
    }

    /// That of a seat. A terminal always has its first seat: it stands in for a second one that is not there.
    pub fn at(&self, seat: Seat) -> &T {
        match (seat, &self.second) {
            (Seat::Second, Some(second)) => second,
            (Seat::First | Seat::Second, _) => &self.first,
        }
    }

    /// The same, to be changed.
    pub fn at_mut(&mut self, seat: Seat) -> &mut T {
        match (seat, &mut self.second) {
            (Seat::Second, Some(second)) => second,
            (Seat::First | Seat::Second, _) => &mut self.first,
        }
    }

    /// All of them, the first seat's first.
    pub fn iter(&self) -> impl Iterator<Item = (Seat, &T)> {
        let second = self.second.as_ref().map(|t| (Seat::Second, t));
        std::iter::once((Seat::First, &self.first)).chain(second)
    }

    /// All of them, to be changed.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (Seat, &mut T)> {
        let second = self.second.as_mut().map(|t| (Seat::Second, t));
        std::iter::once((Seat::First, &mut self.first)).chain(second)
    }

    /// Another thing for each seat, where that works for all of them.
    pub fn try_map<U, E>(self, mut change: impl FnMut(T) -> Result<U, E>) -> Result<PerSeat<U>, E> {
        Ok(PerSeat { first: change(self.first)?, second: self.second.map(change).transpose()? })
    }
}

impl<T, U> PerSeat<(T, U)> {
    /// Two things for each seat, apart.
    pub fn unzip(self) -> (PerSeat<T>, PerSeat<U>) {
        let (second_t, second_u) = self.second.unzip();
        (PerSeat::new(self.first.0, second_t), PerSeat::new(self.first.1, second_u))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_seat_stands_in_for_one_that_is_not_there() {
        let mut one = PerSeat::new("a", None);
        assert_eq!((*one.at(Seat::Second), one.iter().count(), one.are_two()), ("a", 1, false));
        *one.at_mut(Seat::Second) = "b";
        assert_eq!(one.at(Seat::First), &"b");
        let two = PerSeat::new("a", Some("b"));
        assert_eq!((*two.at(Seat::First), *two.at(Seat::Second)), ("a", "b"));
        let (texts, lengths) = two.try_map(|t| Ok::<_, ()>((t, t.len()))).unwrap().unzip();
        assert_eq!((texts, lengths), (two, PerSeat::new(1, Some(1))));
    }
}
