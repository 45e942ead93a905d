//! The exported description: the framework's, in OpenAPI 3.1, and what the framework cannot say.

use poem_openapi::OpenApiService;
use serde_json::{Value, json};

use super::{
    Api,
    answers::{self, Call, Documented, Example},
    raise::raise,
    webhook,
};
use crate::{
    http::problem::{PROBLEM_JSON, ProblemCode},
    password::Reason,
};

/// The description as JSON, with a line end.
pub fn document(service: &OpenApiService<Api, ()>) -> String {
    let mut spec: Value = serde_json::from_str(&service.spec()).expect("the framework writes JSON");
    tidy(&mut spec);
    raise(&mut spec);
    // The same paths below whatever host and prefix the document came from.
    spec["servers"] = json!([{"url": "/", "description": "The service that this description comes from"}]);
    spec["security"] = json!([]);
    spec["info"]["license"]["identifier"] = spec["info"]["license"]["name"].clone();
    spec["components"]["headers"] = headers();
    schemas(&mut spec["components"]["schemas"]);
    for call in answers::calls() {
        describe(&mut spec["paths"][call.path]["post"], &call);
    }
    webhook::add(&mut spec);
    format!("{spec:#}\n")
}

/// Media types and header names as their standards write them, so that generated clients find them.
fn tidy(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            if let Some(content) = fields.remove("application/json; charset=utf-8") {
                fields.insert("application/json".into(), content);
            }
            for (shouted, name) in [("RETRY-AFTER", "Retry-After"), ("ALLOW", "Allow")] {
                if let Some(header) = fields.remove(shouted) {
                    fields.insert(name.into(), header);
                }
            }
            fields.values_mut().for_each(tidy);
        }
        Value::Array(items) => items.iter_mut().for_each(tidy),
        _ => {}
    }
}

/// The address as [`entity::email::Email`] reads it, but for the octets before the `@`.
pub(super) const EMAIL_PATTERN: &str = r"^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$";

/// More than 64 octets before the `@`. Apart, as a look-ahead in the pattern stops those who make examples from it.
pub(super) const LONG_LOCAL_PART: &str = "^[^@]{65}";

/// What no program may show: generated clients hide what is marked so.
pub(super) const SECRETS: [(&str, &str); 5] = [
    ("VerifyBody", "code"),
    ("Verified", "reset_token"),
    ("ConfirmBody", "reset_token"),
    ("ConfirmBody", "new_password"),
    ("ConfirmBody", "second_factor_proof"),
];

/// What is true of the bodies and cannot be told to the framework.
fn schemas(schemas: &mut Value) {
    for body in ["RequestBody", "VerifyBody", "ConfirmBody"] {
        // Unknown fields are refused; what may be missing may be null.
        schemas[body]["additionalProperties"] = false.into();
        let required = schemas[body]["required"].as_array().cloned().unwrap_or_default();
        let properties = schemas[body]["properties"].as_object_mut().into_iter().flatten();
        for (_, property) in properties.filter(|(name, _)| !required.contains(&json!(name))) {
            property["type"] = json!([property["type"], "null"]);
        }
    }
    schemas["RequestBody"]["properties"]["email"]["pattern"] = EMAIL_PATTERN.into();
    schemas["RequestBody"]["properties"]["email"]["not"] = json!({"pattern": LONG_LOCAL_PART});
    for (schema, field) in SECRETS {
        schemas[schema]["properties"][field]["format"] = "password".into();
    }
    // It is null after the last resend, and always there.
    let challenge = &mut schemas["Challenge"];
    challenge["properties"]["resend_in"]["type"] = json!(["integer", "null"]);
    challenge["required"] = json!(["challenge_id", "expires_in", "resend_in"]);
    for (name, field) in [("Challenge", "expires_in"), ("Challenge", "resend_in"), ("Verified", "expires_in")] {
        schemas[name]["properties"][field]["minimum"] = 0.into();
    }
    let codes: Vec<_> = ProblemCode::ALL.iter().map(|code| (code.code(), code.meaning())).collect();
    let reasons: Vec<_> = Reason::ALL.iter().map(|reason| (reason.code(), reason.meaning())).collect();
    list(&mut schemas["ProblemCode"], &codes);
    list(&mut schemas["PasswordReason"], &reasons);
}

/// Puts the meaning of each value into the description of an enum.
fn list(schema: &mut Value, values: &[(String, &str)]) {
    let lines = values.iter().map(|(code, meaning)| format!("\n- `{code}`: {meaning}"));
    let head = schema["description"].as_str().unwrap_or_default().replace('\n', " ");
    schema["description"] = format!("{head}\n{}", lines.collect::<String>()).into();
}

fn headers() -> Value {
    json!({
        "CacheControl": {
            "description": "No answer may be kept.",
            "required": true,
            "schema": {"type": "string", "enum": ["no-store"]},
        },
        "RequestId": {
            "description": "Names this call in the service's log.",
            "required": true,
            "schema": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
        },
    })
}

/// Gives a call the answers that it has and no others, each with its examples and headers.
fn describe(operation: &mut Value, call: &Call) {
    operation["requestBody"]["content"]["application/json"]["examples"] = examples(&call.bodies);
    for parameter in operation.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten() {
        if parameter["name"] == "Idempotency-Key" {
            let bounds = json!({"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"});
            parameter["schema"] = bounds;
        }
    }
    let Some(responses) = operation["responses"].as_object_mut() else { return };
    responses.retain(|status, _| status == call.status || call.refusals.iter().any(|one| one.status() == *status));
    for (status, response) in responses {
        response["headers"]["Cache-Control"] = json!({"$ref": "#/components/headers/CacheControl"});
        response["headers"]["X-Request-Id"] = json!({"$ref": "#/components/headers/RequestId"});
        let refusals: Vec<&Documented> = call.refusals.iter().filter(|one| one.status() == *status).collect();
        if !refusals.is_empty() {
            let lines = refusals.iter().map(|one| format!("`{}`: {}", one.code().code(), one.when));
            response["description"] = lines.collect::<Vec<_>>().join("\n\n").into();
            let named =
                refusals.iter().map(|one| (one.code().code(), json!({"summary": one.when, "value": one.body()})));
            response["content"][PROBLEM_JSON]["examples"] = named.collect();
        } else if !call.successes.is_empty() {
            response["content"]["application/json"]["examples"] = examples(&call.successes);
        }
    }
}

fn examples(examples: &[Example]) -> Value {
    let named = examples.iter().map(|one| (one.name.to_owned(), json!({"summary": one.summary, "value": one.value})));
    named.collect()
}
