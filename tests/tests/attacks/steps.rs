//! The three calls in any order, with whatever earlier answers and mails had in them in places where it does not belong.
//!
//! A model knows what a person may do who reads the mails. The service may refuse more, never allow more. A run is
//! repeated by `REKEY_SEED`.

use std::collections::BTreeMap;
use std::time::Duration;

use e2e::measured::{say, seed};
use e2e::{Answer, Secret, System, eventually, random};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use serde_json::json;

use crate::count;

const ACCOUNTS: [&str; 3] = ["ann@example.com", "bob@example.com", "eve@example.com"];
const STRANGERS: [&str; 2] = ["nobody@example.com", "none@example.com"];

/// What is known of a challenge.
struct Challenge {
    address: String,
    /// The code, if it was mailed.
    code: Option<Secret>,
    /// The account's password when the code was mailed, as a number that grows.
    generation: usize,
    tries: usize,
    used: bool,
}

/// What a right code gave.
struct Token {
    account: String,
    generation: usize,
    spent: bool,
}

struct World {
    system: System,
    rng: StdRng,
    challenges: BTreeMap<String, Challenge>,
    tokens: BTreeMap<Secret, Token>,
    /// The password of each account, and how often it was reset.
    passwords: BTreeMap<String, (Secret, usize)>,
    /// Everything that was ever seen, and what people try.
    pool: Vec<Secret>,
    mails_seen: usize,
    told: BTreeMap<(&'static str, u16, String), usize>,
}

impl World {
    fn any(&mut self) -> Secret {
        // What came last is most likely alive.
        let recent = self.pool.len().saturating_sub(12);
        let from = if self.rng.random_bool(0.5) { recent } else { 0 };
        self.pool[from..].choose(&mut self.rng).expect("the pool is never empty").clone()
    }

    fn any_challenge(&mut self) -> Option<String> {
        let ids: Vec<&String> = self.challenges.keys().collect();
        ids.choose(&mut self.rng).map(|id| (*id).clone())
    }

    fn note(&mut self, call: &'static str, answer: &Answer) {
        assert!([200, 202, 204, 400, 422, 429].contains(&answer.status), "{call}: {answer:?}");
        if answer.status >= 400 {
            answer.is_problem(answer.status, &answer.code());
        }
        *self.told.entry((call, answer.status, answer.code())).or_default() += 1;
        if let Some(id) = answer.header("x-request-id") {
            // Not all of them: there are many.
            if self.rng.random_bool(0.02) {
                self.pool.push(Secret::new(id));
            }
        }
    }

    async fn request(&mut self, address: &str, resend: Option<&Secret>) {
        let mut body = json!({ "email": address });
        if let Some(id) = resend {
            body["challenge_id"] = json!(id.expose());
        }
        let answer = self.system.post("/password-reset/request", &body).await;
        self.note("request", &answer);
        if answer.status != 202 {
            return;
        }
        let id = answer.challenge_id();
        if let Some(known) = self.challenges.get(&id) {
            assert!(
                known.address == address && !known.used && known.tries > 0,
                "a resend is for who asked, while it lives"
            );
        } else {
            let challenge = Challenge { address: address.to_owned(), code: None, generation: 0, tries: 5, used: false };
            self.challenges.insert(id.clone(), challenge);
            self.pool.push(Secret::new(id.as_str()));
            if ACCOUNTS.contains(&address) {
                self.mailed(&id).await;
            }
        }
    }

    /// Reads mails until that of this challenge is there.
    async fn mailed(&mut self, id: &str) {
        eventually("the mail arrives", Duration::from_secs(30), async || {
            for mail in self.system.smtp.mails_from(self.mails_seen) {
                self.mails_seen += 1;
                if !mail.text().contains("/#/reset/") {
                    continue;
                }
                let (of, code) = (mail.challenge_id(), mail.code());
                let challenge = self.challenges.get_mut(&of).expect("a mail is of a challenge that was opened");
                assert_eq!(mail.to, [challenge.address.as_str()], "a code goes to its account alone");
                if let Some(before) = &challenge.code {
                    assert!(*before == code, "all mails of a challenge carry one code");
                    continue;
                }
                challenge.generation = self.passwords[&challenge.address].1;
                challenge.code = Some(code.clone());
                self.pool.push(code);
            }
            self.challenges[id].code.is_some().then_some(())
        })
        .await;
    }

    async fn verify(&mut self, id: &Secret, code: &Secret) {
        let body = json!({ "challenge_id": id.expose(), "code": code.expose() });
        let answer = self.system.post("/password-reset/verify", &body).await;
        self.note("verify", &answer);
        let may = self.challenges.get_mut(id.expose()).is_some_and(|challenge| {
            let lives = !challenge.used && challenge.tries > 0;
            let right = challenge.code.as_ref() == Some(code);
            // What is no code by its form took no try.
            challenge.tries -= usize::from(lives && answer.code() != "invalid_request");
            challenge.used |= answer.status == 200;
            lives && right
        });
        assert!(may || answer.status != 200, "a token for what is no right code of a live challenge");
        if answer.status == 200 {
            let challenge = &self.challenges[id.expose()];
            let token = answer.reset_token();
            self.pool.push(token.clone());
            let known = Token { account: challenge.address.clone(), generation: challenge.generation, spent: false };
            assert!(self.tokens.insert(token, known).is_none(), "a token is new");
        }
    }

    async fn confirm(&mut self, token: &Secret, password: &Secret) {
        let body = json!({ "reset_token": token.expose(), "new_password": password.expose() });
        let answer = self.system.post("/password-reset/confirm", &body).await;
        self.note("confirm", &answer);
        if answer.status != 204 {
            return;
        }
        let token = self.tokens.get_mut(token).expect("only a token sets a password");
        assert!(!token.spent, "each token once");
        token.spent = true;
        let (current, resets) = self.passwords.get_mut(&token.account).expect("only an account has a password");
        assert_eq!(token.generation, *resets, "no code or token from before a reset sets a password");
        (*current, *resets) = (password.clone(), *resets + 1);
    }

    async fn step(&mut self) {
        match self.rng.random_range(0..100) {
            0..12 => {
                let address =
                    *ACCOUNTS.iter().chain(&STRANGERS).collect::<Vec<_>>().choose(&mut self.rng).expect("some");
                self.request(address, None).await;
            }
            12..18 => {
                let (address, id) = (*ACCOUNTS.choose(&mut self.rng).expect("some"), self.any());
                self.request(address, Some(&id)).await;
            }
            // The right code, as long as it is not used up; then it is what a thief of old mails has.
            18..28 => {
                let id = self.any_challenge().unwrap_or_default();
                let code = self.challenges.get(&id).and_then(|challenge| challenge.code.clone());
                self.verify(&Secret::new(id), &code.unwrap_or(Secret::new("AAAA-AAAA"))).await;
            }
            28..38 => {
                let (id, code) = (Secret::new(self.any_challenge().unwrap_or_default()), self.any());
                self.verify(&id, &code).await;
            }
            38..55 => {
                let (id, code) = (self.any(), self.any());
                self.verify(&id, &code).await;
            }
            55..65 => {
                let tokens: Vec<Secret> = self.tokens.keys().cloned().collect();
                let token = tokens.choose(&mut self.rng).cloned().unwrap_or(Secret::new("none"));
                self.confirm(&token, &Secret::password()).await;
            }
            65..75 => {
                let (token, password) = (self.any(), self.any());
                self.confirm(&token, &password).await;
            }
            75..95 => {
                let token = self.any();
                self.confirm(&token, &Secret::password()).await;
            }
            // Fields that belong to the other calls, empty and odd ones.
            _ => {
                let (id, code) = (self.any(), self.any());
                let call = *["request", "verify", "confirm"].choose(&mut self.rng).expect("some");
                let odd = [json!(null), json!(""), json!({}), json!([code.expose()]), json!(0), json!(code.expose())];
                let odd = odd.choose(&mut self.rng).expect("some").clone();
                let body = json!({
                    "email": ACCOUNTS[0], "challenge_id": id.expose(), "code": odd, "reset_token": odd,
                    "new_password": Secret::password().expose(),
                });
                let answer = self.system.post(&format!("/password-reset/{call}"), &body).await;
                answer.is_problem(400, "invalid_request");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r20_no_order_of_steps_without_a_code_leads_anywhere() {
    let (seed, steps) = (seed(), count(800, 20_000));
    let mut builder = System::builder().env("REKEY_LIMITS_ENABLED", "false").env("REKEY_LOG_FILTER", "warn");
    let mut passwords = BTreeMap::new();
    for account in ACCOUNTS {
        let password = Secret::password();
        builder = builder.account(account, &password);
        passwords.insert(account.to_owned(), (password, 0));
    }
    let system = builder.env("REKEY_LIMITS_RESEND_AFTER", "0s").start().await;
    let common = ["", " ", "null", "0", "AAAA-AAAA", "00000000", "AAAAAAAAAAAAAAAAAAAAAAAA", ACCOUNTS[0], "admin"];
    let pool = common.map(Secret::new).into_iter().chain([Secret::new(random(51))]).collect();
    let (rng, told) = (StdRng::seed_from_u64(seed), BTreeMap::new());
    let (challenges, tokens) = (BTreeMap::new(), BTreeMap::new());
    let mut world = World { system, rng, challenges, tokens, passwords, pool, mails_seen: 0, told };
    for _ in 0..steps {
        world.step().await;
    }
    let resets: usize = world.passwords.values().map(|(_, resets)| resets).sum();
    say(&format!("steps: {steps} from seed {seed}, {resets} resets: {:?}", world.told));
    // It went somewhere at all. The longer it runs, the more of what it tries is long over.
    assert!(resets >= steps / 800, "{resets} resets: {:?}", world.told);
    for (account, (password, _)) in &world.passwords {
        assert!(world.system.verify_account(account, password), "the password is the last one that was confirmed");
    }
    let events =
        world.system.sql().await.number("SELECT COUNT(*) FROM reset_event WHERE kind = 'password_reset'").await;
    assert_eq!(events, i64::try_from(resets).ok(), "each reset is written down, and none that was not");
}
