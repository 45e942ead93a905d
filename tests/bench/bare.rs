//! What Rekey is compared with: the same work with nothing around it, each in a process of its own, as the programs are.

mod endpoint;
mod hash;
mod mails;
mod push;
mod scripts;

use std::collections::BTreeMap;
use std::str::FromStr;

/// Runs one of them. The arguments are its name and pairs of a name and a value.
///
/// # Panics
/// If there is none of that name, or an argument is missing.
pub async fn run(arguments: &[String]) {
    let (name, rest) = arguments.split_first().expect("a name");
    let arguments = Arguments(rest.chunks(2).map(|pair| (pair[0].clone(), pair[1].clone())).collect());
    match name.as_str() {
        "endpoint" => endpoint::run(arguments.get("listen"), arguments.get("redis")).await,
        "hash" => hash::run(arguments.get("seconds")),
        "mails" => {
            mails::run(
                &arguments.get::<String>("file"),
                arguments.get("smtp"),
                arguments.get("connections"),
                arguments.get("mails"),
            )
            .await
        }
        "push" => push::run(arguments.get("redis"), arguments.get("jobs")),
        "scripts" => scripts::run(arguments.get("redis"), arguments.get("jobs")),
        other => panic!("there is no {other} here"),
    }
}

struct Arguments(BTreeMap<String, String>);

impl Arguments {
    fn get<T: FromStr>(&self, name: &str) -> T {
        let value = self.0.get(name).unwrap_or_else(|| panic!("{name} is missing"));
        value.parse().unwrap_or_else(|_| panic!("{name} cannot be {value}"))
    }
}

/// Tells the harness the figure that was measured.
fn tell(figure: f64) {
    use std::io::Write as _;
    writeln!(std::io::stdout(), "BENCH {figure:.6}").expect("somebody listens");
}
