//! A receiver takes what Rekey signs, by the code that `docs/webhooks.md` shows.

use std::{fs, path::Path, process::Command};

use e2e::server::receiver::Receiver;
use e2e::{process, programs};
use serde_json::json;

/// What comes after the code of the manual: the cases on standard input, an answer for each on standard output.
const ASK: &str = r#"
import { readFileSync } from "node:fs";

const cases = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(cases.map(({ headers, body, secret }) => isFromRekey(headers, body, secret))));
"#;

/// The only block of JavaScript in the manual.
fn manual() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/webhooks.md");
    let text = fs::read_to_string(path).expect("the manual is there");
    let (_, rest) = text.split_once("```js\n").expect("it has a block of JavaScript");
    rest.split_once("```").expect("the block ends").0.to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r70_the_code_of_the_manual_takes_what_is_signed_and_nothing_else() {
    // Base64 of 24 octets each.
    let [old, new, other] = ["b2xk", "bmV3", "b3Ro"].map(|part| format!("whsec_{}", part.repeat(8)));
    let receiver = Receiver::start().await;
    let mut test = Command::new(programs::own("rekey-worker"));
    let folder = tempfile::tempdir().expect("temporary folders can be made");
    test.args(["webhook", "test"])
        .current_dir(folder.path())
        .env("REKEY_WEBHOOK_URL", format!("http://{}/", receiver.address()))
        .env("REKEY_WEBHOOK_SECRET", format!("{new},{old}"))
        .env("REKEY_WEBHOOK_ALLOWED_NETWORKS", "127.0.0.0/8");
    let sent = process::run(&test, b"");
    assert!(sent.success, "{}", sent.stderr);
    let call = receiver.wait_for(1).await;

    let case = |secret: &str, body: &str| json!({ "headers": call.headers, "body": body, "secret": secret });
    let mut cases = vec![case(&old, &call.body), case(&new, &call.body), case(&other, &call.body)];
    cases.push(case(&new, &call.body.replace("test", "rest")));
    for (name, value) in [("webhook-timestamp", json!("1")), ("webhook-id", json!("evt_other"))] {
        cases.push(case(&new, &call.body));
        cases.last_mut().expect("one was added")["headers"][name] = value;
    }
    for name in ["webhook-id", "webhook-timestamp", "webhook-signature"] {
        let mut without = case(&new, &call.body);
        without["headers"].as_object_mut().expect("headers are an object").remove(name);
        cases.push(without);
    }

    let script = folder.path().join("receiver.mjs");
    fs::write(&script, manual() + ASK).expect("the folder can be written");
    let mut node = Command::new(programs::foreign("node"));
    node.arg(&script);
    let told = process::run(&node, json!(cases).to_string().as_bytes());
    assert!(told.success, "{}", told.stderr);
    let told: Vec<bool> = serde_json::from_str(&told.stdout).expect("an answer for each case");
    assert_eq!(told, [true, true, false, false, false, false, false, false, false]);
}
