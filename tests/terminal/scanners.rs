//! Scanners of their own: what they send while something else shows, and what the terminal says of them.
