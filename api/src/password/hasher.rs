//! How new passwords are hashed: argon2id, always.

mod memory;

use std::fmt;

use argon2::{Algorithm, Argon2, Params, Version};
use entity::{
    account::StoredHash,
    settings::{SettingError, Source},
};

use memory::Memory;
use password_hash::phc::{Output, ParamsString, PasswordHash, Salt};

use super::{
    NewPassword, Normalize, Verified,
    pepper::{self, Pepper, Peppers},
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
    peppers: Peppers,
    memory: Memory,
}

impl Hasher {
    /// Reads `password.argon2_*`, `password.normalize` and `password.pepper`.
    ///
    /// # Errors
    /// If one is below its floor, or so high that `verify` would not take the hash; if a pepper is too short.
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
            peppers: Peppers::read(source)?,
            memory: Memory::default(),
        })
    }

    /// Hashes a password under a random salt of 16 octets. It takes a core for tens of milliseconds: keep it off the
    /// threads that serve.
    ///
    /// # Errors
    /// If the memory or the random numbers are not to be had.
    pub fn hash(&self, password: &NewPassword) -> Result<StoredHash, HashingFailed> {
        let text = password.normalized(self.normalize);
        let hash = match self.peppers.current() {
            Some(pepper) => self.argon2id(pepper.apply(&text).as_bytes()).map(|hash| pepper.mark(&hash)),
            None => self.argon2id(text.as_bytes()),
        };
        hash.map(StoredHash::new).ok_or(HashingFailed)
    }

    /// The PHC string, under a random salt of 16 octets; none without memory.
    fn argon2id(&self, text: &[u8]) -> Option<String> {
        let (params, salt) = (self.argon2.params(), rand::random::<[u8; 16]>());
        let mut hash = [0; Params::DEFAULT_OUTPUT_LEN];
        let work = |blocks: &mut [_]| self.argon2.hash_password_into_with_memory(text, &salt, &mut hash, blocks);
        self.memory.within(params.block_count(), work)?.ok()?;
        let hash = PasswordHash {
            algorithm: Algorithm::Argon2id.ident(),
            version: Some(Version::V0x13.into()),
            params: ParamsString::try_from(params).ok()?,
            salt: Some(Salt::new(&salt).ok()?),
            hash: Some(Output::new(&hash).ok()?),
        };
        Some(hash.to_string())
    }

    /// Whether this password has this hash. It takes as long as the hash demands, within bounds.
    #[must_use]
    pub fn verify(&self, stored: &StoredHash, password: &NewPassword) -> Verified {
        let text = password.normalized(self.normalize);
        let Some((id, hash)) = pepper::split(stored.expose()) else { return super::verify(stored.expose(), &text) };
        match self.peppers.find(id) {
            Some(pepper) => super::verify(hash, &pepper.apply(&text)),
            None => Verified::UnknownPepper,
        }
    }

    /// How many characters [`Hasher::hash`] makes with these settings: what a column must have room for (R45).
    #[must_use]
    pub fn hash_length(&self) -> usize {
        let params = self.argon2.params();
        let [m, t, p] = [params.m_cost(), params.t_cost(), params.p_cost()];
        // 16 octets of salt and 32 of hash, in base64 without padding.
        let hash = format!("$argon2id$v=19$m={m},t={t},p={p}$").len() + 22 + "$".len() + 43;
        hash + if self.peppers.current().is_some() { Pepper::mark_length() } else { 0 }
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
        // The second one was made in the memory that the first one left.
        for hash in [&one, &two] {
            assert_eq!(hasher.verify(hash, &password), Verified::Yes);
            assert_eq!(hasher.verify(hash, &NewPassword::new("violet harbour tractos".into())), Verified::No);
        }
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

    const OLD: &str = "an old pepper; an old pepper; an old pepper";
    const NEW: &str = "a new pepper; a new pepper; a new pepper";

    #[test]
    fn hashes_say_which_pepper_they_need_and_verify_with_that_one_alone() {
        let with = |list: &str| hasher(&[("REKEY_PASSWORD_PEPPER", list)]).unwrap();
        let (none, old, new, both) = (hasher(&[]).unwrap(), with(OLD), with(NEW), with(&format!("{NEW},{OLD}")));
        let [right, wrong] = ["violet harbour tractor", "violet harbour tractos"].map(|it| NewPassword::new(it.into()));
        let [plain, by_old, by_new] = [&none, &old, &both].map(|hasher| hasher.hash(&right).unwrap());
        assert!(by_new.expose().starts_with("$hmac-sha256$"));
        assert_eq!(
            pepper::split(by_new.expose()).unwrap().0,
            pepper::split(new.hash(&right).unwrap().expose()).unwrap().0
        );
        for (hasher, hash, expected) in [
            (&both, &plain, Verified::Yes),
            (&both, &by_old, Verified::Yes),
            (&both, &by_new, Verified::Yes),
            (&new, &by_old, Verified::UnknownPepper),
            (&none, &by_old, Verified::UnknownPepper),
            (&old, &by_new, Verified::UnknownPepper),
        ] {
            assert_eq!(hasher.verify(hash, &right), expected);
            assert_ne!(hasher.verify(hash, &wrong), Verified::Yes);
        }
        // Without the pepper, what is left of it is the hash of something else.
        let bare = StoredHash::new(pepper::split(by_new.expose()).unwrap().1);
        assert_eq!(both.verify(&bare, &right), Verified::No);
    }

    #[test]
    fn r45_the_length_of_a_hash_is_known_before_it_is_made() {
        let (dear, pepper) = (("REKEY_PASSWORD_ARGON2_ITERATIONS", "10"), ("REKEY_PASSWORD_PEPPER", NEW));
        for variables in [&[][..], &[dear], &[pepper], &[dear, pepper]] {
            let hasher = hasher(variables).unwrap();
            let hash = hasher.hash(&NewPassword::new("violet harbour tractor".into())).unwrap();
            assert_eq!(hash.expose().len(), hasher.hash_length(), "{variables:?}");
        }
    }
}
