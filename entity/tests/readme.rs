//! The README's table of settings says what the catalogue says.
//!
//! `UPDATE_README=1 cargo test -p entity --test readme` writes it.

use std::{env, fs};

use entity::settings::CATALOGUE;

const README: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../README.md");
const BEGIN: &str = "<!-- settings: written by entity/tests/readme.rs -->\n";
const END: &str = "<!-- end of settings -->";

fn table() -> String {
    let mut table =
        String::from("| In `rekey.toml` | In the environment | Default | Meaning |\n| --- | --- | --- | --- |\n");
    for setting in CATALOGUE {
        let variable = format!("REKEY_{}", setting.key.replace('.', "_").to_uppercase());
        let default = match setting.default {
            "" => "–".to_owned(),
            default => format!("`{default}`"),
        };
        let secret = if setting.secret { " 🔒" } else { "" };
        table += &format!("| `{}` | `{variable}`{secret} | {default} | {} |\n", setting.key, setting.about);
    }
    table
}

#[test]
fn the_readme_lists_every_setting_as_the_catalogue_has_it() {
    let text = fs::read_to_string(README).unwrap();
    let (before, rest) = text.split_once(BEGIN).expect("the README marks where its table of settings begins");
    let (written, after) = rest.split_once(END).expect("the README marks where its table of settings ends");
    let table = table();
    if env::var_os("UPDATE_README").is_some() {
        fs::write(README, format!("{before}{BEGIN}{table}{END}{after}")).unwrap();
    } else {
        assert_eq!(written, table, "stale: UPDATE_README=1 cargo test -p entity --test readme");
    }
}
