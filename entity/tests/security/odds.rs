//! The odds of a take-over by guessing, as docs/security.md tells them: computed from the defaults of the settings.
//!
//! `UPDATE_ODDS=1 cargo test -p entity --test security` writes them.

use std::{env, fs};

use entity::{
    challenge::TRIES,
    code::CodeFormat,
    limits::{ALARM_SPAN, DAY},
    settings::{CATALOGUE, FromSetting},
};

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/security.md");
const BEGIN: &str = "<!-- odds: written by entity/tests/security/odds.rs -->\n";
const END: &str = "<!-- end of odds -->";

/// Days of a campaign that lasts a year.
const YEAR: f64 = 365.0;
const DAY_HOURS: f64 = 24.0;

fn hours(span: std::time::Duration) -> f64 {
    span.as_secs_f64() / 3600.0
}

fn default(key: &str) -> u32 {
    let setting = CATALOGUE.iter().find(|setting| setting.key == key);
    setting.expect("the setting is there").default.parse().expect("its default is a number")
}

/// How many codes there are.
fn codes(format: CodeFormat) -> f64 {
    match format {
        CodeFormat::Base32x8 => 32_f64.powi(8),
        CodeFormat::Digits8 => 1e8,
        CodeFormat::Digits6 => 1e6,
    }
}

/// Whole, its thousands parted.
fn grouped(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut text = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1 in 22,000,000,000`: two digits tell all that there is to tell.
fn one_in(chance: f64) -> String {
    let whole = 1.0 / chance;
    let scale = 10_f64.powf(whole.log10().floor() - 1.0).max(1.0);
    format!("1 in {}", grouped((whole / scale).round() * scale))
}

fn tables() -> String {
    let tries = u32::from(TRIES);
    let (hour, day) = (default("limits.address_per_hour"), default("limits.address_per_day"));
    let (mine_hour, mine_day) = (default("limits.address_client_per_hour"), default("limits.address_client_per_day"));
    let verifies = default("limits.client_verifies_per_hour");
    let before_alarm = default("limits.failed_tries_alarm") - 1;
    // A bucket that is full holds an hour's verifies; what is refilled comes on top.
    let refilled = f64::from(verifies) * hours(DAY);
    let spans = 1.0 / hours(ALARM_SPAN);
    let mut text = format!(
        "| Guesses at most | In one code | In codes of an hour | In codes of {} hours |\n| --- | --- | --- | --- |\n\
         | at one address, by everybody together | {tries} | {} | {} |\n\
         | at one address, by one client | {tries} | {} | {} |\n\
         | at all addresses, by one client | {tries} | {} | {} |\n\
         | at all addresses, by everybody, without the alarm | {tries} | {} | {} |\n\n",
        hours(DAY),
        hour * tries,
        day * tries,
        mine_hour * tries,
        mine_day * tries,
        verifies * 2,
        refilled + f64::from(verifies),
        grouped(f64::from(before_alarm) * spans),
        grouped(f64::from(before_alarm) * spans * hours(DAY)),
    );
    text += "| `code.format` | Codes | One code | One address in a day | One address in a year | Any address in a day, \
             without the alarm |\n| --- | --- | --- | --- | --- | --- |\n";
    for name in ["base32-8", "digits-8", "digits-6"] {
        let all = codes(CodeFormat::from_setting(name).expect("a format"));
        let (code, address) = (f64::from(tries) / all, f64::from(day * tries) / all);
        let once = |guesses: f64| -f64::exp_m1(guesses * f64::ln_1p(-1.0 / all));
        let year = once(f64::from(day * tries) * YEAR * DAY_HOURS / hours(DAY));
        let spray = once(f64::from(before_alarm) * spans * DAY_HOURS);
        let odds = [code, address, year, spray].map(one_in);
        text += &format!("| `{name}` | {} | {} |\n", grouped(all), odds.join(" | "));
    }
    text
}

#[test]
fn the_odds_in_the_manual_are_those_of_the_defaults() {
    let text = fs::read_to_string(PAGE).unwrap();
    let (before, rest) = text.split_once(BEGIN).expect("docs/security.md marks where the odds begin");
    let (written, after) = rest.split_once(END).expect("docs/security.md marks where the odds end");
    let tables = tables();
    if env::var_os("UPDATE_ODDS").is_some() {
        fs::write(PAGE, format!("{before}{BEGIN}{tables}{END}{after}")).unwrap();
    } else {
        assert_eq!(written, tables, "stale: UPDATE_ODDS=1 cargo test -p entity --test security");
    }
}
