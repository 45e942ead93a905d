//! The three calls.

use std::time::Duration;

use crate::generated::{self, types};
use crate::{Challenge, Error, RequestBody, Secret, Verified};

#[cfg(feature = "tls")]
const CONNECT: Duration = Duration::from_secs(10);
/// The service gives up on a slow call of its own after less.
const ANSWER: Duration = Duration::from_secs(30);

/// A service, at its base URL. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Rekey(generated::Client);

impl Rekey {
    /// The service at `base_url`, such as `https://reset.example.com`. A path is kept.
    ///
    /// It follows no redirect: what it sends is for this service alone.
    ///
    /// # Errors
    /// [`Error::Invalid`] if `base_url` is no http or https URL, [`Error::Transport`] if TLS cannot be set up.
    #[cfg(feature = "tls")]
    pub fn new(base_url: &str) -> Result<Self, Error> {
        let builder = reqwest::Client::builder()
            .connect_timeout(CONNECT)
            .timeout(ANSWER)
            .redirect(reqwest::redirect::Policy::none())
            .tls_backend_preconfigured(crate::tls::config()?);
        Self::with_client(base_url, builder.build().map_err(Error::Transport)?)
    }

    /// The same by a client that you made, with your own time-outs, proxy and TLS.
    ///
    /// # Errors
    /// [`Error::Invalid`] if `base_url` is no http or https URL.
    pub fn with_client(base_url: &str, client: reqwest::Client) -> Result<Self, Error> {
        let url = reqwest::Url::parse(base_url).map_err(|error| Error::Invalid(format!("base URL: {error}")))?;
        if !["http", "https"].contains(&url.scheme()) || url.query().is_some() || url.fragment().is_some() {
            return Err(Error::Invalid("base URL: it must begin with http:// or https://, without ? and #".into()));
        }
        Ok(Self(generated::Client::new_with_client(base_url.trim_end_matches('/'), client)))
    }

    /// Asks for a code. The answer is the same whether or not the address has an account.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn request(&self, email: &str) -> Result<Challenge, Error> {
        self.request_with(&RequestBody::of(email), None).await
    }

    /// Asks for a code with all that can be said: a language, the challenge whose code is to be mailed once more, the
    /// proof of work that a `ProofRequired` asked for, and an
    /// `Idempotency-Key` (new for each reset, the same when a lost call is repeated).
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn request_with(&self, body: &RequestBody, idempotency_key: Option<&str>) -> Result<Challenge, Error> {
        answer(self.0.request_password_reset(idempotency_key, body).await).await
    }

    /// Exchanges the code, as the user typed it, for a token.
    ///
    /// # Errors
    /// See [`Error`]; `CodeRejected` if the code is not the one, or not any more.
    pub async fn verify(&self, challenge_id: &str, code: impl Into<Secret>) -> Result<Verified, Error> {
        self.verify_with(challenge_id, code, None).await
    }

    /// The same with the proof of work that a `ProofRequired` asked for: see `proof_challenge` of [`Error::Problem`].
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn verify_with(
        &self,
        challenge_id: &str,
        code: impl Into<Secret>,
        proof: Option<&str>,
    ) -> Result<Verified, Error> {
        let (challenge_id, proof) = (challenge_id.to_owned(), proof.map(str::to_owned));
        answer(self.0.verify_code(&types::VerifyBody { challenge_id, code: code.into(), proof }).await).await
    }

    /// Sets the new password. The token works once; after `PasswordRejected` it can be used again.
    ///
    /// # Errors
    /// See [`Error`]; `PasswordRejected` with reasons, `TokenRejected`, `SecondFactorRequired`.
    pub async fn confirm(&self, reset_token: &Secret, new_password: impl Into<Secret>) -> Result<(), Error> {
        self.confirm_body(reset_token, new_password.into(), None).await
    }

    /// The same for an account that has a second factor, after `SecondFactorRequired`: with its application's signed
    /// statement that the user showed it, for this token.
    ///
    /// # Errors
    /// As [`Rekey::confirm`]; `SecondFactorRequired` if it is not one for this reset.
    pub async fn confirm_with_proof(
        &self,
        reset_token: &Secret,
        new_password: impl Into<Secret>,
        second_factor_proof: impl Into<Secret>,
    ) -> Result<(), Error> {
        self.confirm_body(reset_token, new_password.into(), Some(second_factor_proof.into())).await
    }

    async fn confirm_body(&self, token: &Secret, new_password: Secret, proof: Option<Secret>) -> Result<(), Error> {
        let body = types::ConfirmBody { reset_token: token.clone(), new_password, second_factor_proof: proof };
        answer(self.0.confirm_password_reset(&body).await).await
    }
}

impl RequestBody {
    /// A request for the address alone.
    #[must_use]
    pub fn of(email: &str) -> Self {
        Self { email: email.to_owned(), locale: None, challenge_id: None, proof: None }
    }
}

async fn answer<T>(outcome: Result<generated::ResponseValue<T>, generated::Error<types::Problem>>) -> Result<T, Error> {
    match outcome {
        Ok(value) => Ok(value.into_inner()),
        Err(error) => Err(Error::of(error).await),
    }
}

#[cfg(all(test, feature = "tls"))]
mod tests {
    use super::*;

    #[test]
    fn a_base_url_is_looked_at() {
        for good in ["https://reset.example.com", "http://127.0.0.1:8080/", "https://example.com/reset"] {
            assert!(Rekey::new(good).is_ok(), "{good}");
        }
        for bad in ["reset.example.com", "ftp://example.com", "https://example.com/?a", ""] {
            assert!(matches!(Rekey::new(bad), Err(Error::Invalid(_))), "{bad}");
        }
    }
}
