//! From OpenAPI 3.0, which the framework writes, to 3.1: what of it a schema spells differently.

use serde_json::{Map, Value, json};

/// Raises a whole document.
pub fn raise(spec: &mut Value) {
    spec["openapi"] = "3.1.0".into();
    if let Some(schemas) = spec["components"]["schemas"].as_object_mut() {
        schemas.values_mut().for_each(schema);
    }
    within(&mut spec["paths"]);
}

/// Finds the schemas in parameters, headers and bodies.
fn within(value: &mut Value) {
    match value {
        Value::Object(fields) => fields.iter_mut().for_each(|(name, value)| match name.as_str() {
            "schema" => schema(value),
            _ => within(value),
        }),
        Value::Array(items) => items.iter_mut().for_each(within),
        _ => {}
    }
}

/// Raises one schema with all that are inside of it.
fn schema(value: &mut Value) {
    let Value::Object(fields) = value else { return };
    described_reference(fields);
    nullable(fields);
    bound(fields, "minimum", "exclusiveMinimum");
    bound(fields, "maximum", "exclusiveMaximum");
    if let Some(example) = fields.remove("example") {
        fields.insert("examples".into(), json!([example]));
    }
    for (name, inner) in fields {
        match (name.as_str(), inner) {
            ("properties", Value::Object(properties)) => properties.values_mut().for_each(schema),
            ("items" | "additionalProperties", inner) => schema(inner),
            ("allOf" | "anyOf" | "oneOf", Value::Array(parts)) => parts.iter_mut().for_each(schema),
            _ => {}
        }
    }
}

/// `nullable` is a type of its own.
fn nullable(fields: &mut Map<String, Value>) {
    if fields.remove("nullable") != Some(true.into()) {
        return;
    }
    if let Some(kind) = fields.get_mut("type") {
        *kind = json!([kind.take(), "null"]);
    }
    if let Some(Value::Array(values)) = fields.get_mut("enum") {
        values.push(Value::Null);
    }
}

/// An exclusive bound is a number in place of the other, and whole numbers are written as such.
fn bound(fields: &mut Map<String, Value>, inclusive: &str, exclusive: &str) {
    let is_exclusive = fields.remove(exclusive) == Some(true.into());
    let Some(number) = fields.remove(inclusive) else { return };
    let whole = number.as_f64().filter(|number| number.fract() == 0.0 && number.abs() < 1e15);
    #[expect(clippy::cast_possible_truncation, reason = "it is whole and small")]
    let number = whole.map_or(number, |whole| (whole as i64).into());
    fields.insert(if is_exclusive { exclusive } else { inclusive }.into(), number);
}

/// 3.0 ignores what stands beside a `$ref`, so the framework wraps it; in 3.1 it counts.
fn described_reference(fields: &mut Map<String, Value>) {
    let Some(Value::Array(parts)) = fields.get_mut("allOf") else { return };
    let [Value::Object(reference), Value::Object(beside)] = parts.as_mut_slice() else { return };
    if reference.contains_key("$ref") && beside.keys().all(|key| key == "description") {
        let mut merged = std::mem::take(reference);
        merged.append(beside);
        fields.remove("allOf");
        fields.append(&mut merged);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raised(mut before: Value) -> Value {
        schema(&mut before);
        before
    }

    #[test]
    fn null_becomes_a_type() {
        assert_eq!(raised(json!({"type": "string", "nullable": true})), json!({"type": ["string", "null"]}));
        assert_eq!(raised(json!({"type": "string", "nullable": false})), json!({"type": "string"}));
        let choice = raised(json!({"type": "string", "enum": ["a"], "nullable": true}));
        assert_eq!(choice, json!({"type": ["string", "null"], "enum": ["a", null]}));
    }

    #[test]
    fn bounds_become_numbers() {
        let before = json!({"minimum": 0.0, "exclusiveMinimum": true, "maximum": 9.5, "exclusiveMaximum": false});
        assert_eq!(raised(before), json!({"exclusiveMinimum": 0, "maximum": 9.5}));
        assert_eq!(raised(json!({"minimum": 400.0})).to_string(), r#"{"minimum":400}"#);
    }

    #[test]
    fn a_reference_may_have_a_description_beside_it() {
        let wrapped = json!({"allOf": [{"$ref": "#/a"}, {"description": "b"}], "description": "c"});
        assert_eq!(raised(wrapped), json!({"$ref": "#/a", "description": "b"}));
        let two = json!({"allOf": [{"$ref": "#/a"}, {"$ref": "#/b"}]});
        assert_eq!(raised(two.clone()), two);
    }

    #[test]
    fn examples_are_a_list_and_schemas_are_found_inside_of_others() {
        let before = json!({"properties": {"nullable": {"type": "array", "items": {"example": 1, "nullable": true}}}});
        assert_eq!(raised(before), json!({"properties": {"nullable": {"type": "array", "items": {"examples": [1]}}}}));
        let mut spec = json!({"paths": {"/": {"post": {"parameters": [{"schema": {"nullable": true, "type": "string"}}],
            "example": "stays"}}}});
        raise(&mut spec);
        assert_eq!(spec["paths"]["/"]["post"]["parameters"][0]["schema"]["type"], json!(["string", "null"]));
        assert_eq!(spec["paths"]["/"]["post"]["example"], "stays");
        assert_eq!(spec["openapi"], "3.1.0");
    }
}
