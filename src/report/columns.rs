//! Text of 80 columns, for a printer that has only letters.

/// Columns of a page.
pub(super) const COLUMNS: usize = 80;

/// The words of a text, as pieces.
pub(super) fn words(text: &str) -> Vec<String> {
    text.split(' ').map(str::to_owned).collect()
}

/// Pieces side by side, with a gap between; over several lines where they do not fit one. The first line is indented by
/// so much, the others by `hanging`. A piece that fits no line is broken.
pub(super) fn filled(indent: usize, hanging: usize, gap: usize, pieces: &[String]) -> Vec<String> {
    let mut lines = Vec::new();
    let (mut line, mut used) = (" ".repeat(indent), indent);
    let mut is_empty = true;
    let widest = COLUMNS - indent.max(hanging);
    let broken = pieces.iter().flat_map(|piece| chunks(piece, widest));
    for piece in broken {
        let size = piece.chars().count();
        if !is_empty && used + gap + size > COLUMNS {
            lines.push(std::mem::replace(&mut line, " ".repeat(hanging)));
            (used, is_empty) = (hanging, true);
        }
        let space = if is_empty { 0 } else { gap };
        line.push_str(&" ".repeat(space));
        line.push_str(&piece);
        used += space + size;
        is_empty = false;
    }
    lines.push(line);
    lines
}

fn chunks(piece: &str, most: usize) -> Vec<String> {
    let letters: Vec<char> = piece.chars().collect();
    if letters.is_empty() { vec![String::new()] } else { letters.chunks(most).map(|c| c.iter().collect()).collect() }
}
