//! The mails that jobs send, apart from how they look and travel.

use entity::{brand::Support, code::Code, email::Email};

use crate::work::{Failure, Hold};

/// The mail with a code.
#[derive(Debug)]
pub struct CodeMail<'a> {
    /// The address in the account's row.
    pub to: &'a Email,
    /// The job, from whose id the Message-ID is made.
    pub job_id: &'a str,
    /// Languages to choose from: the account's, then the request's (a tag or an `Accept-Language` header).
    pub languages: [Option<&'a str>; 2],
    /// Names the challenge in the link.
    pub challenge_id: &'a str,
    /// The code.
    pub code: Code,
    /// Minutes that the code lives, rounded down, 1 at least.
    pub minutes: u32,
}

/// The mail that tells of a changed password.
#[derive(Debug)]
pub struct NoticeMail<'a> {
    /// The address that the account had when it happened.
    pub to: &'a Email,
    /// The job, from whose id the Message-ID is made.
    pub job_id: &'a str,
    /// Languages to choose from: the account's, then those of whoever changed the password.
    pub languages: [Option<&'a str>; 2],
    /// When it happened: ms since 1970, UTC.
    pub occurred_at: i64,
}

/// The mail that says whom to ask, to an account whose second factor keeps it from a reset.
#[derive(Debug)]
pub struct SecondFactorMail<'a> {
    /// The address in the account's row.
    pub to: &'a Email,
    /// The job, from whose id the Message-ID is made.
    pub job_id: &'a str,
    /// Languages to choose from: the account's, then the request's.
    pub languages: [Option<&'a str>; 2],
    /// Whom to ask.
    pub contact: &'a Support,
}

/// Sends mails. Right before the point of no return it asks [`Hold::may_send`], and success means that the mail server
/// answered 250.
pub trait Post: Send + Sync + 'static {
    /// Sends a code.
    ///
    /// # Errors
    /// [`Failure`]; `Lost` if the hold said no.
    fn send_code(&self, mail: CodeMail<'_>, hold: &Hold) -> impl Future<Output = Result<(), Failure>> + Send;

    /// Says whom to ask.
    ///
    /// # Errors
    /// [`Failure`]; `Lost` if the hold said no.
    fn send_second_factor(
        &self,
        mail: SecondFactorMail<'_>,
        hold: &Hold,
    ) -> impl Future<Output = Result<(), Failure>> + Send;

    /// Sends a notice.
    ///
    /// # Errors
    /// [`Failure`]; `Lost` if the hold said no.
    fn send_notice(&self, mail: NoticeMail<'_>, hold: &Hold) -> impl Future<Output = Result<(), Failure>> + Send;
}
