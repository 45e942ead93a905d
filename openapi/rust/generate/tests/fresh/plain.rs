//! The contract in the words that the generator knows: OpenAPI 3.0, and errors of type `application/json`.
//!
//! On the way it is made tolerant, so that a client of today understands the service of tomorrow.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

/// Lists of values that a later version may lengthen, and where they stand in a problem.
pub const OPEN: [(&str, &str); 2] = [("ProblemCode", "/code"), ("PasswordReason", "/reasons/items")];

/// Converts a document.
pub fn plain(mut document: Value) -> Value {
    document["openapi"] = "3.0.3".into();
    let fields = document.as_object_mut().unwrap();
    for word in ["webhooks", "jsonSchemaDialect"] {
        fields.remove(word);
    }
    keep_used_schemas(&mut document);
    walk(&mut document);
    let schemas = &mut document["components"]["schemas"];
    schemas["Secret"] = json!({ "type": "string" });
    for (name, place) in OPEN {
        // A text in the answer, looked up in the list afterwards: a new value must not make an answer unreadable.
        let place = schemas["Problem"]["properties"].pointer_mut(place).expect("the contract has the list's place");
        *place = json!({ "type": "string" });
        schemas[name]["enum"].as_array_mut().expect("the contract lists the values").push("unknown".into());
    }
    document
}

/// Without what the webhooks alone use: their bodies are for the application to read.
fn keep_used_schemas(document: &mut Value) {
    let mut used: BTreeSet<String> = BTreeSet::new();
    let mut next = references(&document["paths"]);
    while let Some(name) = next.pop() {
        if used.insert(name.clone()) {
            next.extend(references(&document["components"]["schemas"][name]));
        }
    }
    let schemas = document["components"]["schemas"].as_object_mut().unwrap();
    schemas.retain(|name, _| used.contains(name));
}

/// The schemas that a part of the document names.
fn references(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => text.strip_prefix("#/components/schemas/").map(ToOwned::to_owned).into_iter().collect(),
        Value::Object(fields) => fields.values().flat_map(references).collect(),
        Value::Array(items) => items.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
}

fn walk(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            schema(fields);
            fields.values_mut().for_each(walk);
        }
        Value::Array(items) => items.iter_mut().for_each(walk),
        _ => {}
    }
}

fn schema(fields: &mut Map<String, Value>) {
    if let Some(problem) = fields.remove("application/problem+json") {
        fields.insert("application/json".into(), problem);
    }
    null_among_types(fields);
    null_among_choices(fields);
    if let Some(constant) = fields.remove("const") {
        fields.insert("enum".into(), json!([constant]));
    }
    if fields.get("type") == Some(&json!("string")) {
        // The service checks what it gets, and its own answers need no check.
        for word in ["minLength", "maxLength", "pattern", "not"] {
            fields.remove(word);
        }
        if fields.get("format") == Some(&json!("password")) {
            let description = fields.remove("description").unwrap_or_default();
            fields.clear();
            fields.insert("allOf".into(), json!([{ "$ref": "#/components/schemas/Secret" }]));
            fields.insert("description".into(), description);
        }
    }
}

/// `"type": ["string", "null"]` is `"type": "string", "nullable": true` in 3.0.
fn null_among_types(fields: &mut Map<String, Value>) {
    let Some(Value::Array(types)) = fields.get_mut("type") else { return };
    types.retain(|kind| kind != "null");
    let [kind] = &types[..] else { panic!("one type beside null is all that 3.0 can say") };
    let kind = kind.clone();
    fields.insert("type".into(), kind);
    fields.insert("nullable".into(), true.into());
}

/// `anyOf` or `oneOf` of something and null is that something, `nullable`.
fn null_among_choices(fields: &mut Map<String, Value>) {
    for word in ["anyOf", "oneOf"] {
        let Some(Value::Array(choices)) = fields.get_mut(word) else { continue };
        let before = choices.len();
        choices.retain(|choice| choice["type"] != "null");
        if choices.len() < before {
            let choices = fields.remove(word).unwrap();
            fields.insert("allOf".into(), choices);
            fields.insert("nullable".into(), true.into());
        }
    }
}

#[test]
fn what_only_3_1_can_say_is_said_in_3_0() {
    let reference = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let plain = plain(json!({
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "webhooks": { "event": { "schema": reference("Event") } },
        "paths": { "/": { "post": {
            "requestBody": { "content": { "application/json": { "schema": reference("Thing") } } },
            "responses": { "400": { "content": { "application/problem+json": { "schema": reference("Problem") } } } },
        } } },
        "components": { "schemas": {
            "ProblemCode": { "type": "string", "enum": ["busy"] },
            "PasswordReason": { "type": "string", "enum": ["too_short"] },
            "Problem": { "type": "object", "properties": {
                "code": reference("ProblemCode"),
                "reasons": { "type": "array", "items": reference("PasswordReason") },
            } },
            "Event": { "type": "object" },
            "Thing": { "properties": {
                "wait": { "type": ["integer", "null"], "minimum": 0 },
                "maybe": { "anyOf": [reference("ProblemCode"), { "type": "null" }] },
                "name": { "type": ["string", "null"], "maxLength": 3, "pattern": "^a", "not": { "pattern": "b" } },
                "token": { "type": "string", "format": "password", "maxLength": 51, "description": "Secret." },
                "kind": { "type": "string", "const": "a" },
            } },
        } },
    }));
    assert_eq!(plain["openapi"], "3.0.3");
    assert!(plain.get("webhooks").is_none() && plain.get("jsonSchemaDialect").is_none());
    assert!(plain["paths"]["/"]["post"]["responses"]["400"]["content"]["application/json"].is_object());
    let schemas = &plain["components"]["schemas"];
    assert!(schemas.get("Event").is_none());
    assert_eq!(schemas["ProblemCode"]["enum"], json!(["busy", "unknown"]));
    assert_eq!(
        schemas["Problem"]["properties"],
        json!({ "code": { "type": "string" }, "reasons": { "type": "array", "items": { "type": "string" } } })
    );
    assert_eq!(
        schemas["Thing"]["properties"],
        json!({
            "wait": { "type": "integer", "nullable": true, "minimum": 0 },
            "maybe": { "allOf": [reference("ProblemCode")], "nullable": true },
            "name": { "type": "string", "nullable": true },
            "token": { "allOf": [reference("Secret")], "description": "Secret." },
            "kind": { "type": "string", "enum": ["a"] },
        })
    );
}
