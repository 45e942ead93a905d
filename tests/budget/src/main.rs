//! `rekey-budget NAME`: calls one of the functions, for Callgrind to count.

use std::env;

fn main() -> Result<(), String> {
    let name = env::args().nth(1).ok_or("which function? They are in src/cases.rs")?;
    let case = budget::CASES.iter().find(|case| case.name == name);
    case.ok_or_else(|| format!("there is no function {name}"))?.call();
    Ok(())
}
