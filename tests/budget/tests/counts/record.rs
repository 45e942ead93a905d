//! What was counted, as `counts.toml` keeps it.

use std::{collections::BTreeMap, fmt, fs};

use budget::CASES;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/counts.toml");

/// Parts of a hundred by which a count may differ. Those of one build differ by less than one: seeds of hash tables are
/// random, and so are the boundaries of mails. The rest is for what moves around when code nearby is changed.
const TOLERANCE: u64 = 5;
/// The same where compiler, Valgrind or C library are of another version: what they do better or worse is nobody's
/// fault here, and a function that takes half as much again is found nevertheless.
const TOLERANCE_OF_OTHERS: u64 = 25;

/// What a count depends on beside the code.
#[derive(Debug, PartialEq, Eq)]
pub struct Tools {
    pub rustc: String,
    pub valgrind: String,
    pub glibc: String,
}

impl fmt::Display for Tools {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "rustc {}, Valgrind {} and glibc {}", self.rustc, self.valgrind, self.glibc)
    }
}

/// Instructions of a call, by the function's name.
#[derive(Debug)]
pub struct Record {
    pub tools: Tools,
    pub counts: BTreeMap<String, u64>,
}

/// A function that is out of its budget.
#[derive(Debug, PartialEq, Eq)]
pub struct Differs {
    name: String,
    kept: Option<u64>,
    now: Option<u64>,
}

impl fmt::Display for Differs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, .. } = self;
        match (self.kept, self.now) {
            (Some(kept), Some(now)) => {
                let (sign, by) = if now > kept { ('+', now - kept) } else { ('-', kept - now) };
                let parts = by * 1000 / kept.max(1);
                write!(f, "  {name}: {now}, and {kept} are written down ({sign}{}.{} %)", parts / 10, parts % 10)
            }
            (None, now) => write!(f, "  {name}: {}, and nothing is written down", now.unwrap_or_default()),
            (Some(kept), None) => write!(f, "  {name}: {kept} are written down, and it is not there"),
        }
    }
}

impl Record {
    /// Reads the file.
    pub fn read() -> Self {
        Self::parse(&fs::read_to_string(FILE).unwrap())
    }

    fn parse(text: &str) -> Self {
        let file: toml::Table = text.parse().unwrap();
        let tool = |name: &str| file["counted_with"][name].as_str().unwrap().to_owned();
        let tools = Tools { rustc: tool("rustc"), valgrind: tool("valgrind"), glibc: tool("glibc") };
        let counts = file["instructions"].as_table().unwrap().iter();
        let counts = counts.map(|(name, count)| (name.clone(), count.as_integer().unwrap().unsigned_abs())).collect();
        Self { tools, counts }
    }

    /// Writes the file, in the order of the functions.
    pub fn write(&self) {
        fs::write(FILE, self.text()).unwrap();
    }

    fn text(&self) -> String {
        let Tools { rustc, valgrind, glibc } = &self.tools;
        let lines: String = CASES.iter().map(|case| format!("{} = {}\n", case.name, self.counts[case.name])).collect();
        format!(
            "# Instructions of one call, as Callgrind counts them on x86-64. Written by\n\
             #     UPDATE_BUDGET=1 cargo nextest run -p budget\n\
             # and compared by each `make test`: docs/benchmarks.md.\n\n\
             [counted_with]\nrustc = \"{rustc}\"\nvalgrind = \"{valgrind}\"\nglibc = \"{glibc}\"\n\n[instructions]\n{lines}"
        )
    }

    /// The functions whose counts are not those of this record, with as much patience as the tools ask for.
    pub fn compare(&self, now: &Self) -> Vec<Differs> {
        let tolerance = if self.tools == now.tools { TOLERANCE } else { TOLERANCE_OF_OTHERS };
        let names: std::collections::BTreeSet<&String> = self.counts.keys().chain(now.counts.keys()).collect();
        let differing = names.into_iter().filter_map(|name| {
            let (kept, now) = (self.counts.get(name).copied(), now.counts.get(name).copied());
            let is_within = kept.zip(now).is_some_and(|(kept, now)| kept.abs_diff(now) * 100 <= kept * tolerance);
            (!is_within).then(|| Differs { name: name.clone(), kept, now })
        });
        differing.collect()
    }
}

fn record(rustc: &str, counts: &[(&str, u64)]) -> Record {
    let tools = Tools { rustc: rustc.into(), valgrind: "3.19.0".into(), glibc: "2.36".into() };
    Record { tools, counts: counts.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect() }
}

#[test]
fn what_takes_more_or_far_less_than_is_written_down_is_named() {
    let kept = record("1.95.0", &[("more", 1000), ("less", 1000), ("as_much", 1000), ("gone", 7)]);
    let now = record("1.95.0", &[("more", 1051), ("less", 949), ("as_much", 1050), ("new", 8)]);
    let told: Vec<String> = kept.compare(&now).iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "  gone: 7 are written down, and it is not there",
            "  less: 949, and 1000 are written down (-5.1 %)",
            "  more: 1051, and 1000 are written down (+5.1 %)",
            "  new: 8, and nothing is written down",
        ]
    );
}

#[test]
fn another_compiler_is_given_more_room() {
    let kept = record("1.95.0", &[("some", 1000)]);
    assert!(kept.compare(&record("1.96.0", &[("some", 1250)])).is_empty());
    assert_eq!(kept.compare(&record("1.96.0", &[("some", 1251)])).len(), 1);
}

#[test]
fn what_is_written_is_read_alike() {
    let counts: Vec<(&str, u64)> = CASES.iter().zip(1..).map(|(case, n)| (case.name, n)).collect();
    let kept = record("1.95.0", &counts);
    let read = Record::parse(&kept.text());
    assert_eq!(read.tools, kept.tools);
    assert!(read.compare(&kept).is_empty() && read.counts.len() == CASES.len());
}
