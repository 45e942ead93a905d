//! The three calls as OpenAPI describes them. Each extracts, calls and maps; what they do is in the files of their names.

use std::sync::Arc;

use poem::{Request, web::Data};
use poem_openapi::{ApiResponse, OpenApi, OpenApiService, Tags, param::Header, payload::Json};

use serde_json::Value;

use super::{caller::Caller, problem::Refusal};
use crate::{
    confirm::{self, ConfirmBody},
    request::{self, Challenge, RequestBody},
    service::Service,
    verify::{self, Verified, VerifyBody},
};

#[derive(ApiResponse)]
enum Requested {
    /// If the address has an account, a mail is on its way.
    #[oai(status = 202)]
    Accepted(Json<Challenge>),
}

#[derive(ApiResponse)]
enum VerifyAnswer {
    /// The code was right.
    #[oai(status = 200)]
    Verified(Json<Verified>),
}

#[derive(ApiResponse)]
enum Confirmed {
    /// The password is changed. The user logs in with it: no session comes out of a reset.
    #[oai(status = 204)]
    Changed,
}

#[derive(Tags)]
enum Tag {
    /// The three steps of a reset.
    PasswordReset,
}

/// The API.
pub struct Api;

#[OpenApi(prefix_path = "/password-reset", tag = "Tag::PasswordReset")]
impl Api {
    /// Ask for a reset
    ///
    /// Opens a challenge and mails its code, if the address has an account; the answer does not tell. With the id of a
    /// live challenge of the same address its code is mailed once more.
    #[oai(path = "/request", method = "post", operation_id = "request_password_reset")]
    async fn request(
        &self,
        service: Data<&Arc<Service>>,
        http: &Request,
        /// Any text of 1 to 255 visible ASCII characters that is new for each reset: a repeated call with the same key
        /// and body gets the first answer again, so that a lost answer costs nobody their code.
        #[oai(name = "Idempotency-Key")]
        idempotency_key: Header<Option<String>>,
        body: Json<RequestBody>,
    ) -> Result<Requested, Refusal> {
        // The framework drops a value outside ASCII, and all but the first of several.
        let sent = http.headers().get_all("idempotency-key").iter().count();
        if sent != usize::from(idempotency_key.0.is_some()) {
            return Err(Refusal::invalid("Idempotency-Key must be one header of visible ASCII characters"));
        }
        let extras = request::Extras {
            idempotency_key: idempotency_key.0,
            accept_language: http.header("accept-language").map(ToOwned::to_owned),
            traceparent: http.header("traceparent").map(ToOwned::to_owned),
        };
        let challenge = request::request(&service, caller(http)?, body.0, extras).await?;
        Ok(Requested::Accepted(Json(challenge)))
    }

    /// Exchange the code for a reset token
    ///
    /// A challenge bears five wrong codes. A wrong, used or expired code and an unknown challenge get the same answer.
    #[oai(path = "/verify", method = "post", operation_id = "verify_code")]
    async fn verify(
        &self,
        service: Data<&Arc<Service>>,
        http: &Request,
        body: Json<VerifyBody>,
    ) -> Result<VerifyAnswer, Refusal> {
        let verified = verify::verify(&service, caller(http)?, body.0).await?;
        Ok(VerifyAnswer::Verified(Json(verified)))
    }

    /// Set the new password
    ///
    /// A refused password leaves the token usable, ten times. After a lost answer a repeated call gets `token_rejected`:
    /// the password may have been changed, so the user tries to log in with it.
    #[oai(path = "/confirm", method = "post", operation_id = "confirm_password_reset")]
    async fn confirm(
        &self,
        service: Data<&Arc<Service>>,
        http: &Request,
        body: Json<ConfirmBody>,
    ) -> Result<Confirmed, Refusal> {
        confirm::confirm(&service, caller(http)?, body.0).await?;
        Ok(Confirmed::Changed)
    }
}

fn caller(http: &Request) -> Result<&Caller, Refusal> {
    http.extensions().get().ok_or_else(Refusal::unavailable)
}

/// The API with its description.
pub fn service() -> OpenApiService<Api, ()> {
    OpenApiService::new(Api, "Rekey", env!("CARGO_PKG_VERSION"))
        .description(
            "Three calls reset a password: `request` mails a code, `verify` exchanges it for a token, `confirm` sets the \
             new password. Errors are `application/problem+json` with a stable `code`; 429 and 503 carry `Retry-After`.",
        )
        .license(poem_openapi::LicenseObject::new("MIT OR Apache-2.0"))
}

/// The description as JSON, with a line end: the framework's, and what it cannot say.
pub fn document(service: &OpenApiService<Api, ()>) -> String {
    let mut spec: Value = serde_json::from_str(&service.spec()).expect("the framework writes JSON");
    tidy(&mut spec);
    // It is null after the last resend, and always there.
    let challenge = &mut spec["components"]["schemas"]["Challenge"];
    challenge["properties"]["resend_in"]["nullable"] = true.into();
    challenge["required"] = serde_json::json!(["challenge_id", "expires_in", "resend_in"]);
    // Unknown fields are refused.
    for body in ["RequestBody", "VerifyBody", "ConfirmBody"] {
        spec["components"]["schemas"][body]["additionalProperties"] = false.into();
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_call_describes_its_answers_in_standard_names() {
        let spec: Value = serde_json::from_str(&document(&service())).unwrap();
        for (path, success) in super::super::CALLS.into_iter().zip(["202", "200", "204"]) {
            let call = &spec["paths"][path]["post"];
            assert!(call["operationId"].is_string() && call["summary"].is_string(), "{path}");
            assert!(call["requestBody"]["content"]["application/json"].is_object(), "{path}");
            for status in [success, "400", "405", "408", "413", "415", "422", "429", "503"] {
                assert!(call["responses"][status]["description"].is_string(), "{path} {status}");
            }
            for status in ["429", "503"] {
                assert!(call["responses"][status]["headers"]["Retry-After"].is_object(), "{path} {status}");
            }
        }
        assert_eq!(spec["components"]["schemas"]["Challenge"]["properties"]["resend_in"]["nullable"], true);
    }

    #[test]
    fn r31_confirm_takes_neither_account_nor_address() {
        let spec: Value = serde_json::from_str(&document(&service())).unwrap();
        let body = &spec["components"]["schemas"]["ConfirmBody"];
        let fields: Vec<_> = body["properties"].as_object().unwrap().keys().collect();
        assert_eq!(fields, ["new_password", "reset_token"]);
        assert_eq!(body["additionalProperties"], false);
    }
}
