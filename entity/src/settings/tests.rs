//! Settings are refused by name, and a secret's value is never shown.

use std::time::Duration;

use super::*;

fn source(file: Option<&str>, variables: &[(&str, &str)]) -> Result<Source, SettingError> {
    let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), Some((*value).to_owned())));
    Source::from_parts(file.map(|text| ("rekey.toml", text)), variables)
}

#[test]
fn the_environment_wins_over_the_file_and_the_file_over_defaults() {
    let file = "[http]\nlisten = \"127.0.0.1:1\"\n[code]\nttl = \"5m\"\n";
    let source = source(Some(file), &[("REKEY_HTTP_LISTEN", "127.0.0.1:2")]).unwrap();
    assert_eq!(source.get::<std::net::SocketAddr>("http.listen").unwrap().port(), 2);
    assert_eq!(source.get::<Duration>("code.ttl").unwrap(), Duration::from_secs(300));
    assert_eq!(source.get::<Duration>("token.ttl").unwrap(), Duration::from_secs(600));
    assert_eq!(source.optional::<String>("smtp.url").unwrap(), None);
}

#[test]
fn lists_read_alike_from_both() {
    let from_file = source(Some("[http]\nallowed_origins = [\"https://a.b\", \"https://c.d\"]"), &[]).unwrap();
    let from_env = source(None, &[("REKEY_HTTP_ALLOWED_ORIGINS", "https://a.b, https://c.d")]).unwrap();
    let key = "http.allowed_origins";
    assert_eq!(from_file.get::<List<String>>(key).unwrap(), from_env.get::<List<String>>(key).unwrap());
}

#[test]
fn misspelt_names_are_refused() {
    for (file, variables) in [
        (None, &[("REKEY_HTTP_LISTENS", "x")][..]),
        (None, &[("REKEY_HTTP_LISTEN_FILE", "x")][..]),
        (Some("[http]\nlistens = \"x\""), &[]),
        (Some("http = 1"), &[]),
    ] {
        assert!(source(file, variables).is_err(), "{file:?} {variables:?}");
    }
}

#[test]
fn a_wrong_value_is_named_and_a_secret_one_not_shown() {
    let given = source(None, &[("REKEY_CODE_TTL", "soon"), ("REKEY_SECRET", "hunter2")]).unwrap();
    let error = given.get::<Duration>("code.ttl").unwrap_err().to_string();
    assert_eq!(error, "REKEY_CODE_TTL: \"soon\" is not a span of time such as 90s or 10m");
    let error = given.keyring().unwrap_err().to_string();
    assert!(error.starts_with("REKEY_SECRET: ") && !error.contains("hunter2"), "{error}");
    let broken = source(Some("secret = \"hunter2\n"), &[]).err().unwrap().to_string();
    assert!(!broken.contains("hunter2"), "{broken}");
}

#[test]
fn secrets_can_be_files_and_not_both() {
    let file = std::env::temp_dir().join(format!("rekey-secret-{}", std::process::id()));
    std::fs::write(&file, "a secret of thirty-two bytes or more\n").unwrap();
    let path = file.to_str().unwrap();
    assert!(source(None, &[("REKEY_SECRET_FILE", path)]).unwrap().keyring().is_ok());
    let both = [("REKEY_SECRET_FILE", path), ("REKEY_SECRET", "x")];
    let outcome = source(None, &both);
    std::fs::remove_file(&file).unwrap();
    assert!(outcome.is_err());
}

#[test]
fn r71_the_sample_secret_is_refused() {
    let given = source(None, &[("REKEY_SECRET", SAMPLE_SECRETS[0])]).unwrap();
    assert!(given.keyring().unwrap_err().to_string().contains("sample"));
}

#[test]
fn every_default_is_written_for_its_type() {
    let none = source(None, &[]).unwrap();
    for setting in CATALOGUE.iter().filter(|s| s.key.starts_with("limits.") || s.key.ends_with("ttl")) {
        let fits = match setting.default {
            "true" => none.get::<bool>(setting.key).is_ok(),
            text if text.ends_with(['s', 'm']) => none.get::<Duration>(setting.key).is_ok(),
            _ => none.get::<u32>(setting.key).is_ok(),
        };
        assert!(fits, "{}", setting.key);
    }
}
