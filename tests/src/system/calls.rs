//! The three calls, and what comes between them.

use serde_json::json;

use crate::{Answer, Mail, Request, Secret, System};

impl System {
    /// POST of JSON to the public listener.
    pub async fn post(&self, path: &str, body: &serde_json::Value) -> Answer {
        self.client().send(&Request::post(path, body.to_string())).await
    }

    /// Asks for a reset.
    pub async fn request(&self, email: &str) -> Answer {
        self.post("/password-reset/request", &json!({ "email": email })).await
    }

    /// Asks for the code of a challenge again.
    pub async fn resend(&self, email: &str, challenge_id: &str) -> Answer {
        self.post("/password-reset/request", &json!({ "email": email, "challenge_id": challenge_id })).await
    }

    /// Shows a code.
    pub async fn verify(&self, challenge_id: &str, code: &Secret) -> Answer {
        self.post("/password-reset/verify", &json!({ "challenge_id": challenge_id, "code": code.expose() })).await
    }

    /// Sets the new password.
    pub async fn confirm(&self, token: &Secret, password: &Secret) -> Answer {
        let body = json!({ "reset_token": token.expose(), "new_password": password.expose() });
        self.post("/password-reset/confirm", &body).await
    }

    /// Asks for a reset and waits for its mail, the `n`th to the address.
    pub async fn mailed(&self, email: &str, n: usize) -> (String, Mail) {
        let answer = self.request(email).await.expect_status(202);
        let mail = self.smtp.wait_for(email, n).await;
        (answer.challenge_id(), mail)
    }

    /// Goes as far as the token, by the `n`th mail to the address.
    pub async fn token(&self, email: &str, n: usize) -> Secret {
        let (challenge_id, mail) = self.mailed(email, n).await;
        self.verify(&challenge_id, &mail.code()).await.expect_status(200).reset_token()
    }
}

/// A code of the same length that is not the right one.
#[must_use]
pub fn wrong(code: &Secret) -> Secret {
    let mut characters: Vec<char> = code.expose().chars().collect();
    if let Some(last) = characters.last_mut() {
        *last = if *last == '7' { '8' } else { '7' };
    }
    Secret::new(characters.into_iter().collect::<String>())
}
