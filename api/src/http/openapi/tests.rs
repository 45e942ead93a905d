use serde_json::Value;

use super::{answers, document, service};
use crate::http::CALLS;

fn spec() -> Value {
    serde_json::from_str(&document(&service())).unwrap()
}

/// Where the calls' refusals are constructed: around every call, and in each one's own file.
const AROUND: [&str; 4] = [
    include_str!("../../http.rs"),
    include_str!("../body.rs"),
    include_str!("../openapi.rs"),
    include_str!("../problem.rs"),
];
const OWN: [&str; 3] =
    [include_str!("../../request.rs"), include_str!("../../verify.rs"), include_str!("../../confirm.rs")];

/// The functions of `Refusal` that a file names. `method_not_allowed` answers other methods than the described one.
fn constructed(file: &str) -> Vec<&str> {
    let rest = file.split("Refusal::").skip(1);
    let names = rest.filter_map(|rest| rest.split(|c: char| !(c.is_ascii_lowercase() || c == '_')).next());
    names.filter(|name| !name.is_empty() && *name != "method_not_allowed").collect()
}

#[test]
fn a_call_is_said_to_answer_the_problems_that_its_code_constructs() {
    for (call, own) in answers::calls().iter().zip(OWN) {
        let mut wanted: Vec<&str> = AROUND.into_iter().chain([own]).flat_map(constructed).collect();
        let mut said: Vec<&str> = call.refusals.iter().map(|one| one.made_by).collect();
        wanted.sort_unstable();
        wanted.dedup();
        said.sort_unstable();
        assert_eq!(said, wanted, "{}", call.path);
    }
}

#[test]
fn every_problem_of_a_call_has_an_example_that_fits_the_schema() {
    let spec = spec();
    let schema = &spec["components"]["schemas"]["Problem"];
    let codes = spec["components"]["schemas"]["ProblemCode"]["enum"].as_array().unwrap();
    for call in answers::calls() {
        let responses = spec["paths"][call.path]["post"]["responses"].as_object().unwrap();
        for one in &call.refusals {
            let (status, code) = (one.status(), one.code().code());
            let response = &responses[&status];
            assert_eq!(
                response["content"]["application/problem+json"]["schema"]["$ref"],
                "#/components/schemas/Problem"
            );
            let example = &response["content"]["application/problem+json"]["examples"][&code]["value"];
            assert_eq!(*example, one.body(), "{} {status} {code}", call.path);
            assert_eq!(example["status"].to_string(), status);
            assert!(codes.contains(&example["code"]), "{code}");
            for field in schema["required"].as_array().unwrap() {
                assert!(!example[field.as_str().unwrap()].is_null(), "{code} has {field}");
            }
            for field in example.as_object().unwrap().keys() {
                assert!(schema["properties"][field].is_object(), "{code}: {field} is described");
            }
            let waits = ["429", "503"].contains(&status.as_str());
            assert_eq!(response["headers"]["Retry-After"].is_object(), waits, "{} {status}", call.path);
        }
        let statuses: std::collections::BTreeSet<String> =
            call.refusals.iter().map(answers::Documented::status).chain([call.status.to_owned()]).collect();
        assert!(responses.keys().eq(statuses.iter()), "{}: {statuses:?} and no others", call.path);
    }
}

#[test]
fn every_call_is_described_in_standard_names() {
    let spec = spec();
    assert!(spec["paths"].as_object().unwrap().keys().all(|path| CALLS.contains(&path.as_str())));
    for call in answers::calls() {
        let operation = &spec["paths"][call.path]["post"];
        for text in ["operationId", "summary", "description"] {
            assert!(operation[text].is_string(), "{} {text}", call.path);
        }
        let body = &operation["requestBody"]["content"]["application/json"];
        assert_eq!(body["examples"].as_object().unwrap().len(), call.bodies.len());
        let success = &operation["responses"][call.status];
        let shown = success["content"]["application/json"]["examples"].as_object().map_or(0, serde_json::Map::len);
        assert_eq!(shown, call.successes.len(), "{}", call.path);
        for header in ["X-Request-Id", "Cache-Control"] {
            assert!(success["headers"][header].is_object(), "{} {header}", call.path);
        }
    }
}

#[test]
fn what_may_be_missing_may_be_null_and_no_more() {
    let spec = spec();
    let schemas = &spec["components"]["schemas"];
    let nullable = |schema: &str, field: &str| schemas[schema]["properties"][field]["type"].is_array();
    assert!(nullable("RequestBody", "locale") && nullable("VerifyBody", "proof") && nullable("Challenge", "resend_in"));
    assert!(!nullable("RequestBody", "email") && !nullable("Challenge", "expires_in"));
    assert!(!spec.to_string().contains("nullable"));
}

#[test]
fn the_pattern_of_an_address_takes_what_the_service_takes() {
    let pattern = regex::Regex::new(super::document::EMAIL_PATTERN).unwrap();
    for text in [
        "Some_One+tag@Example.COM",
        "o'brien%x@example.com",
        "a@localhost",
        "a.b@xn--p1ai",
        "{|}~@a-b.c",
        "",
        "@",
        "a@",
        "@a",
        "a@b@c",
        ".a@b",
        "a..b@c",
        "a.@b",
        "a@.b",
        "a@b..c",
        "a@-b",
        "a@b-",
        "a b@c",
        "mıke@example.com",
        "a@exämple.com",
        "\"a\"@b",
        "a@[127.0.0.1]",
        "a@b\n",
        "a@b\r\nBcc: c@d",
    ] {
        assert_eq!(pattern.is_match(text), entity::email::Email::parse(text).is_ok(), "{text:?}");
    }
    let long = regex::Regex::new(super::document::LONG_LOCAL_PART).unwrap();
    for (length, taken) in [(64, true), (65, false)] {
        let text = format!("{}@b", "a".repeat(length));
        assert_eq!((!long.is_match(&text), entity::email::Email::parse(&text).is_ok()), (taken, taken));
    }
    for (length, taken) in [(63, true), (64, false)] {
        assert_eq!(pattern.is_match(&format!("a@{}", "b".repeat(length))), taken);
    }
}

#[test]
fn secrets_are_marked() {
    let spec = spec();
    for (schema, field) in super::document::SECRETS {
        let kind = &spec["components"]["schemas"][schema]["properties"][field]["type"];
        assert!(kind == "string" || *kind == serde_json::json!(["string", "null"]), "{schema}.{field}");
        assert_eq!(spec["components"]["schemas"][schema]["properties"][field]["format"], "password");
    }
}

#[test]
fn r31_confirm_takes_neither_account_nor_address() {
    let spec = spec();
    let body = &spec["components"]["schemas"]["ConfirmBody"];
    let fields: Vec<_> = body["properties"].as_object().unwrap().keys().collect();
    assert_eq!(fields, ["new_password", "reset_token", "second_factor_proof"]);
    assert_eq!(body["additionalProperties"], false);
}

#[test]
fn the_webhook_carries_no_address() {
    let spec = spec();
    assert!(spec["webhooks"]["password.reset"]["post"].is_object());
    let data = spec["components"]["schemas"]["PasswordResetData"]["properties"].as_object().unwrap();
    assert!(data.keys().eq(["account_id", "event_id", "occurred_at"].iter()));
}
