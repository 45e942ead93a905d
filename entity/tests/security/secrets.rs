//! Secrets are compared in constant time, since there is no other way to compare them.

use std::{
    fs,
    path::{Path, PathBuf},
};

use entity::{
    account::StoredHash,
    code::{Code, Guess},
    keyring::Keys,
    token::ResetToken,
};

/// Does not compile for a type that has `==`: then both of the traits apply, and the compiler cannot choose.
macro_rules! cannot_be_compared {
    ($($secret:ty),+) => {$({
        trait Applies<Which> {
            fn applies() {}
        }
        struct ToAll;
        struct ToComparable;
        impl<T: ?Sized> Applies<ToAll> for T {}
        impl<T: ?Sized + PartialEq> Applies<ToComparable> for T {}
        let _ = <$secret as Applies<_>>::applies;
    })+};
}

/// All files of Rust below the crates' sources.
fn sources() -> Vec<PathBuf> {
    fn below(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                below(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut found = Vec::new();
    for crate_name in ["api", "entity", "worker"] {
        below(&root.join(crate_name).join("src"), &mut found);
    }
    found
}

/// The attributes in front of each type with the line that begins it, and its name.
fn types(source: &str) -> Vec<(String, String)> {
    let (mut found, mut attributes) = (Vec::new(), String::new());
    for line in source.lines().map(str::trim_start) {
        if line.starts_with("#[") {
            attributes.push_str(line);
        } else if let Some(rest) = ["pub struct ", "struct ", "pub enum ", "enum ", "pub(crate) struct "]
            .iter()
            .find_map(|start| line.strip_prefix(start))
        {
            let name = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            found.push((std::mem::take(&mut attributes) + line, name.to_owned()));
        } else if !line.starts_with("//") {
            attributes.clear();
        }
    }
    found
}

#[test]
fn r24_secrets_have_no_equality_that_could_stop_at_the_first_difference() {
    cannot_be_compared!(Code, Guess, Keys, ResetToken, StoredHash);

    // Whatever is wiped from memory is a secret.
    let mut secrets = Vec::new();
    for path in sources() {
        let source = fs::read_to_string(&path).unwrap();
        for (attributes, name) in types(&source).into_iter().filter(|(attributes, _)| attributes.contains("Zeroiz")) {
            assert!(!attributes.contains("PartialEq"), "{name} in {}", path.display());
            assert!(!source.contains(&format!("PartialEq for {name}")), "{name} in {}", path.display());
            secrets.push(name);
        }
    }
    for known in ["Code", "Guess", "Keys", "ResetToken", "StoredHash", "NewPassword"] {
        assert!(secrets.iter().any(|secret| secret == known), "{known} is among {secrets:?}");
    }
}

/// Where secrets and what strangers send meet, they meet in `ct_eq`.
#[test]
fn r24_codes_fingerprints_and_hashes_are_compared_by_subtle() {
    for (file, compared) in [
        ("entity/src/code.rs", "self.0.as_bytes().ct_eq(guess.0.as_bytes())"),
        ("entity/src/account/reset.rs", ".ct_eq(reset.fingerprint.as_bytes())"),
        ("api/src/password/stored.rs", ".ct_eq("),
    ] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join(file);
        let source = fs::read_to_string(&path).unwrap();
        assert!(source.contains(compared) && source.contains("subtle::ConstantTimeEq"), "{file}");
    }
}

#[test]
fn types_are_found_with_all_their_attributes() {
    let found =
        types("#[derive(Clone)]\n#[other]\n/// Text.\npub struct One(String);\n\n#[derive(X)]\nfn f() {}\nstruct Two;");
    let one = "#[derive(Clone)]#[other]pub struct One(String);";
    assert_eq!(found, [(one.into(), "One".into()), ("struct Two;".into(), "Two".into())]);
}
