use std::io::Write as _;

use super::*;

fn policy(variables: &[(&str, &str)]) -> Result<Policy, SettingError> {
    let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), Some((*value).to_owned())));
    Policy::read(&Source::from_parts(None, variables).unwrap())
}

fn codes(reasons: Reasons) -> Vec<String> {
    reasons.into_vec().into_iter().map(Reason::code).collect()
}

fn length(policy: &Policy, text: &str) -> Vec<String> {
    policy.check_length(&NewPassword::new(text.into())).map_or_else(codes, |()| Vec::new())
}

fn strength(policy: &Policy, text: &str) -> Vec<String> {
    let address = Email::parse("annabelle.quistgaard@kestrelworks.example").unwrap();
    let checked = policy.check_strength(&NewPassword::new(text.into()), &address);
    checked.map_or_else(codes, |()| Vec::new())
}

#[test]
fn r39_fifteen_code_points_at_least_and_256_at_most() {
    let policy = policy(&[]).unwrap();
    assert_eq!(length(&policy, &"x".repeat(14)), ["too_short"]);
    assert!(length(&policy, &"x".repeat(15)).is_empty());
    assert!(length(&policy, &"x".repeat(256)).is_empty());
    assert_eq!(length(&policy, &"x".repeat(257)), ["too_long"]);
}

#[test]
fn r39_the_least_length_is_a_setting_with_bounds() {
    const NAME: &str = "REKEY_PASSWORD_MIN_LENGTH";
    assert!(length(&policy(&[(NAME, "8")]).unwrap(), "12345678").is_empty());
    for value in ["7", "65", "-1", "x"] {
        assert!(policy(&[(NAME, value)]).unwrap_err().to_string().starts_with(NAME), "{value}");
    }
}

#[test]
fn r40_a_code_point_counts_one_after_nfc() {
    let nfc = policy(&[]).unwrap();
    assert_eq!(length(&nfc, &"e\u{301}".repeat(14)), ["too_short"]);
    assert!(length(&nfc, &"😀".repeat(15)).is_empty());
    let none = policy(&[("REKEY_PASSWORD_NORMALIZE", "none")]).unwrap();
    assert!(length(&none, &"e\u{301}".repeat(14)).is_empty());
}

#[test]
fn r40_spaces_and_scripts_are_taken_without_composition_rules() {
    let policy = policy(&[]).unwrap();
    for text in ["violet harbour tractor mumbles", "печаль трактор осьминог", "春眠不觉晓处处闻啼鸟夜来风雨声"]
    {
        assert!(length(&policy, text).is_empty() && strength(&policy, text).is_empty(), "{text}");
    }
}

#[test]
fn r42_guessable_passwords_are_refused_with_advice() {
    let policy = policy(&[]).unwrap();
    for text in ["aaaaaaaaaaaaaaaaaaaa", "qwertyuiopasdfgh", "passwordpassword", "123456789012345678"] {
        let reasons = strength(&policy, text);
        assert_eq!(reasons[0], "too_guessable", "{text}");
        assert!(reasons.len() > 1 && !reasons.contains(&"contains_context".to_owned()), "{text}: {reasons:?}");
    }
}

#[test]
fn r42_the_address_and_the_service_are_guessed_first() {
    let policy = policy(&[("REKEY_SERVICE_NAME", "Marblewharf")]).unwrap();
    for text in [
        "annabelle.quistgaard@kestrelworks.example",
        "annabelle.quistgaard",
        "Quistgaard1Kestrelworks",
        "kestrelworks.example1",
        "marblewharfmarblewharf",
        "Marblewharf123",
    ] {
        let reasons = strength(&policy, text);
        assert_eq!(reasons.get(..2).unwrap_or_default(), ["too_guessable", "contains_context"], "{text}: {reasons:?}");
    }
    for text in ["annabelle violet harbour tractor", "marblewharf violet harbour tractor"] {
        assert!(strength(&policy, text).is_empty(), "{text}");
    }
}

#[test]
fn r42_the_operators_list_is_looked_up_in_any_capitals() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all("short\nViolet Harbour Tractor\r\n\u{ff}caf\u{e9} harbour tractor mumbles\n".as_bytes()).unwrap();
    file.write_all(b"\xff\xfe no UTF-8, and no line end").unwrap();
    let path = file.path().display().to_string();
    let policy = policy(&[("REKEY_PASSWORD_BLOCKLIST", &path)]).unwrap();
    for listed in ["violet harbour tractor", "VIOLET HARBOUR TRACTOR", "\u{ff}cafe\u{301} harbour tractor mumbles"] {
        assert_eq!(strength(&policy, listed), ["blocklisted"], "{listed}");
    }
    assert!(strength(&policy, "violet harbour tractors").is_empty());
}

#[test]
fn a_blocklist_that_cannot_be_read_is_refused_by_name() {
    let error = policy(&[("REKEY_PASSWORD_BLOCKLIST", "/nowhere/at/all")]).unwrap_err();
    assert!(error.to_string().starts_with("REKEY_PASSWORD_BLOCKLIST"));
}

/// A password for each piece of advice, so that none is in the contract in vain.
#[test]
fn r42_every_reason_has_a_password_that_is_refused_for_it() {
    let policy = policy(&[("REKEY_SERVICE_NAME", "Marblewharf")]).unwrap();
    let (mut missing, mut seen) = (Vec::new(), Vec::new());
    for (reason, text) in [
        ("too_guessable", "passwordpassword"),
        ("contains_context", "marblewharfmarblewharf"),
        ("warning_row_of_keys", "zxcvbnm,./"),
        ("warning_keyboard_pattern", "wertgfvbnm"),
        ("warning_repeated_character", "aaaaaaaaaaaaaaa"),
        ("warning_repeated_pattern", "abcabcabcabcabc"),
        ("warning_top_10_password", "password"),
        ("warning_top_100_password", "trustno1"),
        ("warning_common_password", "babylon5"),
        ("warning_similar_to_common_password", "p@ssword1"),
        ("warning_sequence", "abcdefghijklmno"),
        ("warning_recent_year", "2019"),
        ("warning_single_word", "parliamentary"),
        ("warning_date", "13.11.1987"),
        ("warning_single_name", "fitzgerald"),
        ("warning_common_name", "fitzgerald 12"),
        ("use_a_few_uncommon_words", ""),
        ("no_need_for_symbols_or_digits", ""),
        ("add_another_word", "babylon5"),
        ("capitals_help_little", "Babylon5"),
        ("all_capitals_help_little", "BABYLON"),
        ("reversed_words_help_little", "drowssap"),
        ("substitutions_help_little", "p@ssword"),
        ("use_longer_keyboard_pattern", "wertgfvbnm"),
        ("avoid_repetition", "abcabcabcabcabc"),
        ("avoid_sequences", "abcdefghijklmno"),
        ("avoid_recent_years", "2019"),
        ("avoid_your_years", "2019"),
        ("avoid_your_dates", "13.11.1987"),
    ] {
        let reasons = strength(&policy, text);
        seen.push(reason.to_owned());
        if !reasons.iter().any(|found| found == reason) {
            missing.push((reason, text, reasons));
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
    // These have tests of their own.
    seen.extend(["too_short", "too_long", "blocklisted"].map(ToOwned::to_owned));
    let all = Reason::ALL.iter().map(|reason| reason.code());
    assert_eq!(all.filter(|reason| !seen.contains(reason)).collect::<Vec<_>>(), [""; 0]);
}
