//! What a range API answers: lines of the hash's other 35 digits, a colon, and how often it was seen.

/// Digits of a SHA-1 that were not told.
const KEPT: usize = 35;

/// Whether these digits are among the lines with a count above zero; those with zero are padding, which hides from who
/// listens how long the answer is. Nothing if any line is of another form: then it is no answer at all.
pub(super) fn lists(body: &[u8], digits: &str) -> Option<bool> {
    let text = std::str::from_utf8(body).ok()?;
    let mut listed = false;
    for line in text.lines().filter(|line| !line.is_empty()) {
        let (suffix, count) = line.split_once(':')?;
        let is_suffix = suffix.len() == KEPT && suffix.bytes().all(|digit| digit.is_ascii_hexdigit());
        let is_count = !count.is_empty() && count.bytes().all(|digit| digit.is_ascii_digit());
        if !is_suffix || !is_count {
            return None;
        }
        listed |= suffix.eq_ignore_ascii_case(digits) && count.bytes().any(|digit| digit != b'0');
    }
    Some(listed)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIGITS: &str = "1D72CD07550416C216D8AD296BF5C0AE8E0";
    const OTHER: &str = "1E2AAA439972480CEC7F16C795BBB429372";

    #[test]
    fn a_line_with_a_count_lists_and_padding_does_not() {
        for (lines, listed) in [
            (format!("{OTHER}:3\r\n{DIGITS}:10\r\n"), true),
            (format!("{DIGITS}:1"), true),
            (format!("{}:1\n", DIGITS.to_lowercase()), true),
            (format!("{DIGITS}:99999999999999999999999999"), true),
            (format!("{OTHER}:3\r\n{DIGITS}:0\r\n"), false),
            (format!("{DIGITS}:000"), false),
            (format!("{OTHER}:10"), false),
            (String::new(), false),
        ] {
            assert_eq!(lists(lines.as_bytes(), DIGITS), Some(listed), "{lines:?}");
        }
    }

    #[test]
    fn one_line_of_another_form_is_no_answer() {
        for line in [
            "<!DOCTYPE html>",
            DIGITS,
            &format!("{DIGITS}:"),
            &format!("{DIGITS}:-1"),
            &format!("{DIGITS}: 1"),
            &format!("{DIGITS}:1 "),
            &format!("{DIGITS}:1:1"),
            &format!("0{DIGITS}:1"),
            &format!("{}G:1", &DIGITS[1..]),
            &format!("21BD1{DIGITS}:1"),
        ] {
            assert_eq!(lists(format!("{DIGITS}:1\r\n{line}\r\n").as_bytes(), DIGITS), None, "{line}");
        }
        assert_eq!(lists(b"\xff\xfe", DIGITS), None);
    }
}
