//! `openapi/rust/src/generated.rs` is what the generator makes of `openapi/openapi.json` today.
//!
//! `UPDATE_CLIENTS=1 cargo test --workspace --test fresh` writes it.

mod plain;

use std::{env, fs, path::Path};

const HEAD: &str = "// Written by openapi/rust/generate out of openapi/openapi.json, never edited.\n\n";

#[test]
fn the_client_is_what_the_contract_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let contract = fs::read_to_string(folder.join("../../openapi.json")).unwrap();
    let made = generate(&contract);
    let file = folder.join("../src/generated.rs");
    if env::var_os("UPDATE_CLIENTS").is_some() {
        fs::write(file, made).unwrap();
        return;
    }
    assert!(fs::read_to_string(file).unwrap() == made, "openapi/rust is stale: run `make spec`");
}

fn generate(contract: &str) -> String {
    let plain = plain::plain(serde_json::from_str(contract).unwrap());
    let spec: openapiv3::OpenAPI = serde_json::from_value(plain).unwrap();
    let mut settings = progenitor::GenerationSettings::default();
    settings.with_replacement("Secret", "crate::Secret", [].into_iter());
    for list in plain::OPEN {
        settings.with_patch(list.0, progenitor::TypePatch::default().with_attr("#[non_exhaustive]"));
    }
    let code = progenitor::Generator::new(&settings).generate_tokens(&spec).unwrap();
    format!("{HEAD}{}", prettyplease::unparse(&syn::parse2(code).unwrap()))
}
