use super::*;

/// What argon2's reference, Python's `hashlib` and the system's `crypt` made of this password.
const PASSWORD: &str = "violet harbour";
const OTHERS: [(&str, &str); 5] = [
    ("bcrypt", "$2b$04$abcdefghijklmnopqrstuuOA2shY3XqPn93uFG6AuHle7Ux.cNdFG"),
    ("pbkdf2_sha256", "pbkdf2_sha256$1000$Na+Cl$r8DKgzPJ+VgWmab25PP3g8GU7VMKkm/H3OQVIuzUo6g="),
    ("pbkdf2_sha1", "pbkdf2_sha1$1000$NaCl$KObLeWekak1ZPgBEHNS7YUv4IlU="),
    (
        "scrypt",
        "scrypt$1024$NaClNaCl$8$1$\
         R0VGTDtGDIdW2uumEPypWek++04mnGF+TIHk/TGoQzThGpWtbXb30BJir4JzlhMVMKhev3Tu/iucdYrWr7l/4A==",
    ),
    ("scrypt", "$scrypt$ln=10,r=8,p=1$TmFDbE5hQ2w$R0VGTDtGDIdW2uumEPypWek++04mnGF+TIHk/TGoQzQ"),
];
/// Of the reference's own test, for the password `password`.
const ARGON2: [(&str, &str); 3] = [
    ("argon2id", "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"),
    ("argon2i", "$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$wWKIMhR9lyDFvRz9YTZweHKfbftvj+qf+YFY4NeBbtA"),
    ("argon2i", "$argon2i$m=65536,t=2,p=1$c29tZXNhbHQ$9sTbSlTio3Biev89thdrlKKiCaYsjjYVJxGAL3swxpQ"),
];

fn check(expected: &str, hash: &str, password: &str) {
    assert_eq!(scheme(hash), expected, "{hash}");
    assert_eq!(verify(hash, password), Verified::Yes, "{hash}");
    assert_eq!(verify(hash, "Violet harbour"), Verified::No, "{hash}");
    assert_eq!(verify(hash, ""), Verified::No, "{hash}");
}

#[test]
fn hashes_of_other_programs_verify() {
    for (scheme, hash) in OTHERS {
        check(scheme, hash, PASSWORD);
    }
    for (scheme, hash) in ARGON2 {
        check(scheme, hash, "password");
        check(scheme, &format!("argon2{hash}"), "password");
    }
    for letter in ["a", "y"] {
        check("bcrypt", &OTHERS[0].1.replacen("2b", &format!("2{letter}"), 1), PASSWORD);
    }
}

#[test]
fn what_is_no_hash_or_demands_too_much_is_unsupported() {
    for hash in [
        "",
        "$",
        "violet harbour",
        "!unusable",
        "md5$salt$0123456789abcdef0123456789abcdef",
        "argon2",
        "argon2$",
        "argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ",
        "$argon2id$v=18$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=4294967295,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=65536,t=4000000000,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$2b$31$abcdefghijklmnopqrstuuOA2shY3XqPn93uFG6AuHle7Ux.cNdFG",
        "$2b$04$abcdefghijklmnopqrstuuOA2shY3XqPn93uFG6AuHle7Ux.cNd",
        "pbkdf2_sha256$4000000000$NaCl$r8DKgzPJ+VgWmab25PP3g8GU7VMKkm/H3OQVIuzUo6g=",
        "pbkdf2_sha256$0$NaCl$r8DKgzPJ+VgWmab25PP3g8GU7VMKkm/H3OQVIuzUo6g=",
        "pbkdf2_sha256$1000$NaCl$",
        "pbkdf2_sha256$1000$NaCl",
        "scrypt$1073741824$NaClNaCl$8$1$R0VGTDtGDIdW2uumEPypWek++04mnGF+TIHk/TGoQzQ=",
        "scrypt$1000$NaClNaCl$8$1$R0VGTDtGDIdW2uumEPypWek++04mnGF+TIHk/TGoQzQ=",
        "$scrypt$ln=63,r=8,p=1$TmFDbE5hQ2w$R0VGTDtGDIdW2uumEPypWek++04mnGF+TIHk/TGoQzQ",
        "$scrypt$ln=10,r=8,p=4294967295$TmFDbE5hQ2w$R0VGTDtGDIdW2uumEPypWek++04mnGF+TIHk/TGoQzQ",
    ] {
        assert_eq!(verify(hash, PASSWORD), Verified::Unsupported, "{hash}");
        assert!(!is_supported(hash), "{hash}");
    }
}
