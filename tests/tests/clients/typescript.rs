//! The TypeScript client, built as for its package.

use std::fs;
use std::path::Path;

use e2e::programs;
use tokio::process::Command;

use crate::dialogue;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn typescript_performs_a_reset() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    let compiler = tests.join("../openapi/node_modules/.bin/tsc");
    assert!(compiler.is_file(), "{} is not there: run `make tools`", compiler.display());
    let built = tempfile::tempdir().expect("temporary folders can be made");
    let mut build = Command::new(compiler);
    build.arg("--project").arg(tests.join("../openapi/typescript")).arg("--outDir").arg(built.path());
    let built_well = build.output().await.expect("the compiler starts");
    assert!(built_well.status.success(), "{}", String::from_utf8_lossy(&built_well.stdout));
    // Without the package's own word Node takes the files for CommonJS.
    fs::write(built.path().join("package.json"), r#"{"type":"module"}"#).expect("the folder can be written");

    let mut node = Command::new(programs::foreign("node"));
    node.arg(tests.join("tests/clients/typescript.mjs")).env("CLIENT", built.path().join("index.js"));
    dialogue::performs_a_reset(node).await;
}
