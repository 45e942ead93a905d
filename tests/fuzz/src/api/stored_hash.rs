//! A hash that another application stored.

use super::stored::{MAX_ITERATIONS, MAX_MEMORY_KIB, MAX_PARALLELISM, Verified, is_supported, scheme, verify};

/// Rounds of PBKDF2 that are borne.
const MAX_ROUNDS: u64 = 5_000_000;

/// What is taken demands no more than is borne, however its numbers are written; and what is cheap is verified.
pub fn run(bytes: &[u8]) {
    let Ok(stored) = std::str::from_utf8(bytes) else { return };
    let scheme = scheme(stored);
    assert_eq!(is_supported(stored), scheme != "unsupported");
    if !is_supported(stored) {
        assert_eq!(verify(stored, "violet harbour"), Verified::Unsupported);
        return;
    }
    let numbers = numbers(stored);
    // The library takes a parameter that stands twice, and its last value; the bounds are for what it took.
    let named = |name: &str| {
        let values = stored.split(['$', ',']).filter_map(|part| part.strip_prefix(name)?.parse::<u64>().ok());
        values.min()
    };
    let cheap = match scheme {
        "bcrypt" => {
            let cost: u64 = stored[4..6].parse().expect("a cost");
            assert!((4..=15).contains(&cost), "{stored}");
            4
        }
        "pbkdf2_sha1" | "pbkdf2_sha256" => {
            let rounds: u64 = stored.split('$').nth(1).and_then(|rounds| rounds.parse().ok()).expect("rounds");
            assert!((1..=MAX_ROUNDS).contains(&rounds), "{stored}");
            256
        }
        "scrypt" if stored.starts_with('$') => {
            assert!(named("ln=").is_some_and(|log| log <= 22), "{stored}");
            6
        }
        "scrypt" => 64,
        _ => {
            let bounds = [("m=", MAX_MEMORY_KIB), ("t=", MAX_ITERATIONS), ("p=", MAX_PARALLELISM)];
            for (name, most) in bounds {
                assert!(named(name).is_none_or(|demand| demand <= u64::from(most)), "{stored}");
            }
            256
        }
    };
    if numbers.iter().all(|number| *number <= cheap) {
        let once = verify(stored, "violet harbour");
        assert_ne!(once, Verified::UnknownPepper);
        assert_eq!(verify(stored, "violet harbour"), once);
    }
}

/// The numbers of its parameters, in all fields that can hold one: not those of salt and hash, the last two.
fn numbers(stored: &str) -> Vec<u64> {
    let fields: Vec<&str> = stored.split('$').collect();
    let parameters = match stored.starts_with("scrypt") {
        true => vec![fields[1], fields[3], fields[4]],
        false => fields[..fields.len() - 2].iter().copied().chain(fields.get(2).copied()).collect(),
    };
    let digits = parameters
        .iter()
        .flat_map(|field| field.split(','))
        .map(|part| part.trim_start_matches(|c: char| !c.is_ascii_digit()));
    // The version of argon2 and the names of schemes are no costs.
    digits.filter_map(|number| number.parse().ok()).filter(|number| *number != 19).collect()
}
