//! How new passwords are hashed: argon2id, always.

use std::fmt;

use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, Version};
use entity::{
    account::StoredHash,
    settings::{SettingError, Source},
};

use super::{
    NewPassword, Normalize,
    stored::{MAX_ITERATIONS, MAX_MEMORY_KIB, MAX_PARALLELISM},
};

/// Floors: the OWASP cheat sheet Password Storage, argon2id's second row (R44).
const MIN_MEMORY_KIB: u32 = 19_456;
const MIN_ITERATIONS: u32 = 2;
const MIN_PARALLELISM: u32 = 1;

/// Hashes passwords with the parameters of the settings.
pub struct Hasher {
    argon2: Argon2<'static>,
    normalize: Normalize,
}

impl Hasher {
    /// Reads `password.argon2_*` and `password.normalize`.
    ///
    /// # Errors
    /// If one is below its floor, or so high that `verify` would not take the hash.
    pub fn read(source: &Source) -> Result<Self, SettingError> {
        let within = |key: &str, least: u32, most: u32| {
            let value: u32 = source.get(key)?;
            if (least..=most).contains(&value) {
                Ok(value)
            } else {
                Err(SettingError::of(key, format!("must be from {least} to {most}")))
            }
        };
        let memory = within("password.argon2_memory_kib", MIN_MEMORY_KIB, MAX_MEMORY_KIB)?;
        let iterations = within("password.argon2_iterations", MIN_ITERATIONS, MAX_ITERATIONS)?;
        let parallelism = within("password.argon2_parallelism", MIN_PARALLELISM, MAX_PARALLELISM)?;
        let params = Params::new(memory, iterations, parallelism, None)
            .map_err(|error| SettingError::of("password.argon2_memory_kib", error.to_string()))?;
        Ok(Self {
            argon2: Argon2::new(Algorithm::Argon2id, Version::V0x13, params),
            normalize: source.get("password.normalize")?,
        })
    }

    /// Hashes a password under a random salt of 16 octets. It takes a core for tens of milliseconds: keep it off the
    /// threads that serve.
    ///
    /// # Errors
    /// If the memory or the random numbers are not to be had.
    pub fn hash(&self, password: &NewPassword) -> Result<StoredHash, HashingFailed> {
        let text = password.normalized(self.normalize);
        let hash = self.argon2.hash_password(text.as_bytes()).map_err(|_| HashingFailed)?;
        Ok(StoredHash::new(hash.to_string()))
    }

    /// Whether this password has this hash. It takes as long as the hash demands, within bounds.
    #[must_use]
    pub fn verify(&self, stored: &StoredHash, password: &NewPassword) -> super::Verified {
        super::verify(stored.expose(), &password.normalized(self.normalize))
    }

    /// What is done to a password before it is hashed.
    #[must_use]
    pub fn normalize(&self) -> Normalize {
        self.normalize
    }
}

impl fmt::Debug for Hasher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hasher").field("argon2", &self.argon2).finish_non_exhaustive()
    }
}

/// Memory or random numbers were not to be had.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("memory or random numbers were not to be had")]
pub struct HashingFailed;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::password::Verified;

    fn hasher(variables: &[(&str, &str)]) -> Result<Hasher, SettingError> {
        let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), Some((*value).to_owned())));
        Hasher::read(&Source::from_parts(None, variables).unwrap())
    }

    #[test]
    fn r44_hashes_are_argon2id_with_the_floor_and_a_fresh_salt() {
        let (hasher, password) = (hasher(&[]).unwrap(), NewPassword::new("violet harbour tractor".into()));
        let [one, two] = [(); 2].map(|()| hasher.hash(&password).unwrap());
        assert!(one.expose().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert_ne!(one.expose(), two.expose());
        assert_eq!(hasher.verify(&one, &password), Verified::Yes);
        assert_eq!(hasher.verify(&one, &NewPassword::new("violet harbour tractos".into())), Verified::No);
    }

    #[test]
    fn r44_parameters_below_the_floor_are_refused_by_name() {
        for (name, value) in [
            ("REKEY_PASSWORD_ARGON2_MEMORY_KIB", "19455"),
            ("REKEY_PASSWORD_ARGON2_MEMORY_KIB", "4294967295"),
            ("REKEY_PASSWORD_ARGON2_ITERATIONS", "1"),
            ("REKEY_PASSWORD_ARGON2_PARALLELISM", "0"),
        ] {
            assert!(hasher(&[(name, value)]).unwrap_err().to_string().starts_with(name), "{name}={value}");
        }
    }

    #[test]
    fn r39_the_last_of_two_hundred_characters_counts() {
        let hasher = hasher(&[]).unwrap();
        let [one, two] = ["a", "b"].map(|last| NewPassword::new(format!("{}{last}", "x".repeat(199))));
        let hash = hasher.hash(&one).unwrap();
        assert_eq!(hasher.verify(&hash, &one), Verified::Yes);
        assert_eq!(hasher.verify(&hash, &two), Verified::No);
    }

    #[test]
    fn r41_a_decomposed_password_verifies_against_the_composed_one() {
        let hasher = hasher(&[]).unwrap();
        let hash = hasher.hash(&NewPassword::new("caf\u{e9} au lait".into())).unwrap();
        assert_eq!(hasher.verify(&hash, &NewPassword::new("cafe\u{301} au lait".into())), Verified::Yes);
    }
}
