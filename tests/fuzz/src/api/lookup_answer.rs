//! What a range API answers.

use super::answer::lists;

const DIGITS: &str = "1D72CD07550416C216D8AD296BF5C0AE8E0";
const OTHER: &str = "1E2AAA439972480CEC7F16C795BBB429372";

/// What is taken lists the digits if and only if a line of theirs has a count; and one bad line makes it no answer.
pub fn run(bytes: &[u8]) {
    let found = lists(bytes, DIGITS);
    assert_eq!(found, lists(bytes, &DIGITS.to_lowercase()));
    let Some(is_listed) = found else { return };
    let text = std::str::from_utf8(bytes).expect("what is taken is text");
    assert!(text.is_ascii());
    let upper = text.to_ascii_uppercase();
    let mut counts = upper.split(DIGITS).skip(1).filter_map(|rest| rest.strip_prefix(':'));
    let has_count = counts.any(|rest| rest.chars().take_while(char::is_ascii_digit).any(|digit| digit != '0'));
    assert_eq!(is_listed, has_count);

    let with = |line: &str| lists(format!("{line}\r\n{text}").as_bytes(), DIGITS);
    assert_eq!(with(&format!("{OTHER}:7")), Some(is_listed));
    assert_eq!(with(&format!("{DIGITS}:0")), Some(is_listed), "padding");
    assert_eq!(with(&format!("{DIGITS}:1")), Some(true));
    assert_eq!(with("<html>"), None);
}
