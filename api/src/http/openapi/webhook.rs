//! The webhook: what an application is told of a reset.

use serde_json::{Value, json};

/// Adds it, with its schemas.
pub fn add(spec: &mut Value) {
    spec["webhooks"]["password.reset"]["post"] = operation();
    let schemas = &mut spec["components"]["schemas"];
    schemas["PasswordResetEvent"] = event();
    schemas["PasswordResetData"] = data();
}

fn operation() -> Value {
    let header = |name: &str, description: &str, schema: Value, example: &str| {
        json!({
            "name": name, "in": "header", "required": true, "description": description, "schema": schema,
            "example": example,
        })
    };
    json!({
        "operationId": "receive_password_reset",
        "summary": "A password was reset",
        "description": "A call to `webhook.url` after each reset, signed as Standard Webhooks describes, so that it can end the account's \
            sessions. It is sent again, for a day, until it is answered by a 2xx within 5 seconds, and can come more \
            than once and in any order: `webhook-id` stays the same. It holds neither the address nor a secret.",
        "security": [],
        "parameters": [
            header(
                "webhook-id", "The same for every delivery of one event.", json!({"type": "string"}),
                "evt_5f0c2d4e8a9b4c7d9e1f2a3b4c5d6e7f",
            ),
            header(
                "webhook-timestamp",
                "When this delivery was sent, in seconds since 1970: refuse one that is minutes old.",
                json!({"type": "string", "pattern": "^[0-9]+$"}),
                "1796000042",
            ),
            header(
                "webhook-signature",
                "`v1,` and base64 of HMAC-SHA256 over `<webhook-id>.<webhook-timestamp>.<body>`. While a secret is \
                 being changed there are several, parted by blanks: one that fits is enough.",
                json!({"type": "string"}),
                "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=",
            ),
        ],
        "requestBody": {
            "required": true,
            "content": {"application/json": {
                "schema": {"$ref": "#/components/schemas/PasswordResetEvent"},
                "examples": {"reset": {"summary": "A password was reset", "value": example()}},
            }},
        },
        "responses": {
            "2XX": {"description": "Taken. It is not sent again."},
            "410": {"description": "Not wanted: this one is not sent again by itself."},
            "default": {"description": "Not taken, redirects included: it is sent again later, after `Retry-After` if that is within an hour."},
        },
    })
}

fn example() -> Value {
    json!({
        "type": "password.reset",
        "timestamp": "2026-11-30T09:14:02.137Z",
        "data": {
            "event_id": "5f0c2d4e8a9b4c7d9e1f2a3b4c5d6e7f",
            "account_id": "6d3b0a52-7f14-4a55-9d0e-3a4b5c6d7e8f",
            "occurred_at": "2026-11-30T09:14:02.137Z",
        },
    })
}

fn event() -> Value {
    json!({
        "title": "PasswordResetEvent",
        "type": "object",
        "description": "What the webhook `password.reset` carries.",
        "required": ["type", "timestamp", "data"],
        "properties": {
            "type": {"type": "string", "enum": ["password.reset"], "description": "What happened."},
            "timestamp": {"type": "string", "format": "date-time", "description": "When it happened."},
            "data": {"$ref": "#/components/schemas/PasswordResetData"},
        },
    })
}

fn data() -> Value {
    json!({
        "title": "PasswordResetData",
        "type": "object",
        "description": "Whose password was reset, and when.",
        "required": ["event_id", "account_id", "occurred_at"],
        "properties": {
            "event_id": {"type": "string", "description": "The row of `reset_event`: the same for every delivery."},
            "account_id": {"type": "string", "description": "The account's `id`."},
            "occurred_at": {
                "type": "string", "format": "date-time",
                "description": "When the reset was written. A log-in with the old password can still succeed some \
                    moments later: end all sessions of the account, or those with a lower `session_epoch`.",
            },
        },
    })
}
