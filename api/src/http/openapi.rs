//! The three calls as OpenAPI describes them. Each extracts, calls and maps; what they do is in the files of their names.

mod answers;
mod document;
mod raise;
#[cfg(test)]
mod tests;
mod webhook;

use std::sync::Arc;

use poem::{Request, web::Data};
use poem_openapi::{ApiResponse, OpenApi, OpenApiService, Tags, param::Header, payload::Json};

pub use document::document;

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
    /// the password may have been changed, so the user tries to log in with it. Where the service asks for it, an account
    /// that has a second factor needs a `second_factor_proof` of its application; without one the token stays usable, and
    /// it counts like a refused password.
    #[oai(path = "/confirm", method = "post", operation_id = "confirm_password_reset")]
    async fn confirm(
        &self,
        service: Data<&Arc<Service>>,
        http: &Request,
        body: Json<ConfirmBody>,
    ) -> Result<Confirmed, Refusal> {
        let languages = request::languages(None, http.header("accept-language"));
        confirm::confirm(&service, caller(http)?, body.0, languages).await?;
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
             new password. Errors are `application/problem+json` (RFC 9457) with a stable `code`, on every path and for \
             every method: a path that does not exist answers 404 `not_found`, another method than POST 405 \
             `method_not_allowed` with `Allow`. 429 and 503 carry `Retry-After`. None of the calls needs a credential; \
             all are limited by client and by address.",
        )
        .license(poem_openapi::LicenseObject::new("MIT OR Apache-2.0"))
}
