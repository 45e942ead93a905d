//! The seeds of the fuzzer, and whatever once broke a parser, on every build.

use std::{collections::BTreeSet, fs, path::Path};

use fuzz::TARGETS;

fn names(folder: &Path, extension: &str) -> BTreeSet<String> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let is_meant = |path: &Path| path.extension().is_some_and(|found| found == extension);
    let stem = |path: &Path| path.file_stem().unwrap().to_str().unwrap().to_owned();
    files.filter(|path| extension.is_empty() || is_meant(path)).map(|path| stem(&path)).collect()
}

#[test]
fn seeds_and_past_crashes_break_no_parser() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    for target in TARGETS {
        let mut count = 0;
        for entry in fs::read_dir(seeds.join(target.name)).unwrap() {
            let path = entry.unwrap().path();
            let bytes = fs::read(&path).unwrap();
            println!("{}", path.display());
            (target.run)(&bytes);
            // Cut off anywhere, they are still foreign bytes.
            for end in 0..bytes.len().min(200) {
                (target.run)(&bytes[..end]);
            }
            count += 1;
        }
        assert!(count > 2, "{} has {count} seeds", target.name);
    }
}

#[test]
fn every_target_has_its_seeds_and_its_program() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let listed: BTreeSet<String> = TARGETS.iter().map(|target| target.name.to_owned()).collect();
    assert_eq!(names(&here.join("seeds"), ""), listed);
    assert_eq!(names(&here.join("run/targets"), "rs"), listed);
    let manifest = fs::read_to_string(here.join("run/Cargo.toml")).unwrap();
    for name in listed {
        assert!(manifest.contains(&format!("path = \"targets/{name}.rs\"")), "{name}");
    }
}
