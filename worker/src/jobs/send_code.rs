//! `password_reset.send_code`: the first place that looks whether there is an account. Whatever it finds, nothing that
//! a caller can see depends on it.

use entity::{
    account,
    challenge::{self, Bound, ChallengeId, Mailed},
    code::Code,
    job::{Job, SendCode},
};

use super::{CodeMail, Jobs, Post, SecondFactorMail, redis};
use crate::work::{Done, Failure, Hold};

const MS_PER_MINUTE: i64 = 60_000;
/// The mail says whole minutes, rounded down: a code of ten minutes that is mailed within this time says ten.
const MAILED_AT_ONCE_MS: i64 = 5_000;

impl<P: Post> Jobs<P> {
    pub(super) async fn send_code(&self, job: &Job, data: &SendCode, hold: &Hold) -> Result<Done, Failure> {
        let invalid = || Failure::Dead("invalid_data".into());
        let id = ChallengeId::parse(&data.challenge_id).map_err(|_| invalid())?;
        let is_possible = (1..=1 + challenge::RESENDS).contains(&data.mail_no);
        if !is_possible || !self.store.names().has(id.shard()) {
            return Err(invalid());
        }
        let Some(challenge) = challenge::read(&self.store, &id).await.map_err(redis)? else {
            return Ok(Done::Nothing);
        };
        let left = challenge.ends.saturating_sub(hold.now());
        if challenge.void || challenge.sent.contains(&data.mail_no) || left <= 0 {
            return Ok(Done::Nothing);
        }
        let keys = self.keyring.find(&challenge.key_id).ok_or(Failure::Defer("unknown_key".into()))?;
        let account = self.rows(account::find_by_email(&self.database, &challenge.address).await)?;
        let Some(account) = account.filter(|account| !account.disabled) else {
            return Ok(Done::Nothing);
        };
        let languages = [account.locale.as_deref(), challenge.locale.as_deref()];
        if let Some(contact) = self.refuses_second_factor.as_ref().filter(|_| account.second_factor) {
            // The challenge stays without an account, like one of an unknown address, so no code of it is ever taken.
            let mail = SecondFactorMail { to: &account.email, job_id: &job.id, languages, contact };
            self.post.send_second_factor(mail, hold).await?;
            hold.insist(|| async { challenge::mark_sent(&self.store, &id, data.mail_no, Mailed::WhomToAsk).await })
                .await;
            return Ok(Done::Sent);
        }
        let fingerprint = account.fingerprint(keys);
        match challenge::bind(&self.store, (&id, &challenge.address), &account.id, &fingerprint, keys)
            .await
            .map_err(redis)?
        {
            Bound::Yes => {}
            Bound::Void | Bound::Gone => return Ok(Done::Nothing),
        }
        let mail = CodeMail {
            to: &account.email,
            job_id: &job.id,
            languages,
            challenge_id: id.as_str(),
            code: Code::derive(self.format, keys, id.as_str(), &challenge.nonce, challenge.address.as_str()),
            minutes: u32::try_from((left + MAILED_AT_ONCE_MS) / MS_PER_MINUTE).unwrap_or(u32::MAX).max(1),
        };
        self.post.send_code(mail, hold).await?;
        hold.insist(|| async { challenge::mark_sent(&self.store, &id, data.mail_no, Mailed::Code).await }).await;
        Ok(Done::Sent)
    }
}
