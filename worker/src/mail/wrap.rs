//! Lines of plain text no wider than old readers show.

/// Columns of a line (RFC 3676, section 4.2).
pub(super) const COLUMNS: usize = 78;

/// Breaks lines that are too wide: at spaces and, where a script writes none, behind its punctuation alone. What has
/// no such place, such as a link, stays whole.
pub(super) fn wrap(text: &str) -> String {
    text.lines().map(wrap_line).collect::<Vec<_>>().join("\n")
}

fn wrap_line(line: &str) -> String {
    let (mut wrapped, mut columns) = (String::with_capacity(line.len() + 8), 0);
    for piece in pieces(line) {
        let own = width(piece.trim_end_matches(' '));
        if columns > 0 && columns + own > COLUMNS {
            wrapped.truncate(wrapped.trim_end_matches(' ').len());
            wrapped.push('\n');
            columns = 0;
        }
        wrapped.push_str(piece);
        columns += width(piece);
    }
    wrapped
}

/// The parts of a line that are not broken, each with the space or the punctuation behind it.
fn pieces(line: &str) -> Vec<&str> {
    let is_end = |c: char| matches!(c, ' ' | '。' | '、' | '，' | '；' | '：' | '！' | '？');
    line.split_inclusive(is_end).collect()
}

/// Columns on a terminal, and about those of other readers: ideographs, kana and hangul take two.
pub(super) fn width(text: &str) -> usize {
    let is_wide = |c: char| {
        matches!(u32::from(c), 0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff
            | 0xfe30..=0xfe4f | 0xff00..=0xff60 | 0xffe0..=0xffe6 | 0x1f300..=0x1faff | 0x20000..=0x3fffd)
    };
    text.chars().map(|c| if is_wide(c) { 2 } else { 1 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_whole_and_no_line_ends_in_a_space() {
        let text = "word ".repeat(40);
        let wrapped = wrap(text.trim_end());
        assert!(wrapped.lines().all(|line| line.len() <= COLUMNS && !line.ends_with(' ')), "{wrapped}");
        assert_eq!(wrapped.replace('\n', " "), text.trim_end());
        assert_eq!(wrapped.lines().next().unwrap().len(), 74, "a line is filled");
    }

    #[test]
    fn chinese_is_broken_behind_punctuation_alone() {
        let sentence = "请先确保邮箱安全，然后再次重置密码。";
        let wrapped = wrap(&sentence.repeat(4));
        assert!(wrapped.lines().all(|line| width(line) <= COLUMNS && line.ends_with(['，', '。'])), "{wrapped}");
        assert_eq!(wrapped.replace('\n', ""), sentence.repeat(4));
    }

    #[test]
    fn what_has_no_place_to_break_is_left() {
        let link = format!("https://app.example/#/{}", "x".repeat(100));
        assert_eq!(wrap(&link), link);
        assert_eq!(wrap("a\n\nb\u{a0}c"), "a\n\nb\u{a0}c");
    }
}
