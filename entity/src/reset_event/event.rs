//! What an event is, and the names under which it is kept. How its rows are written and read is not here, so that what
//! reads foreign bytes can make events without a database.

use crate::{account::AccountId, email::Email};

/// Characters of a user agent that are kept: enough for what browsers send.
pub const MAX_USER_AGENT: usize = 256;
/// Characters of an account's id that there is room for.
pub const MAX_ACCOUNT_ID: usize = 64;

/// What an event tells of, by the names in the column `kind`. These names are for good: an auditor's queries have them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A reset was asked for, or its code once more.
    Requested,
    /// The mail server took a mail with the code.
    Mailed,
    /// Codes that were wrong, or came too late, all of one challenge in one row.
    Rejected,
    /// A code was right.
    Verified,
    /// The password was changed. This kind alone is outbox as well.
    PasswordReset,
    /// A new password was not set, though the code had been right; or no code was mailed, for [`Reason::SecondFactor`].
    Refused,
}

impl Kind {
    /// All of them, in the order in which a reset goes.
    pub const ALL: [Self; 6] =
        [Self::Requested, Self::Mailed, Self::Rejected, Self::Verified, Self::PasswordReset, Self::Refused];

    /// Its name, 32 characters at most.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Mailed => "mailed",
            Self::Rejected => "rejected",
            Self::Verified => "verified",
            Self::PasswordReset => "password_reset",
            Self::Refused => "refused",
        }
    }
}

/// Why a new password was not set, by the names in the column `reason`. These are for good as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The account was changed, disabled or deleted since the code was mailed.
    Account,
    /// The service's rules refused it.
    Password,
    /// The account has a second factor. Nothing that counts was shown for it, or such accounts are not reset at all.
    SecondFactor,
}

impl Reason {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Account, Self::Password, Self::SecondFactor];

    /// Its name, 32 characters at most.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Password => "password",
            Self::SecondFactor => "second_factor",
        }
    }
}

/// A row to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audit {
    /// Its id, 64 octets at most: the same for the same event, so that it is written once.
    pub id: String,
    /// Whose account.
    pub account_id: AccountId,
    /// What happened; not [`Kind::PasswordReset`], which is written with the password.
    pub kind: Kind,
    /// When, in Unix milliseconds; of several, the last time.
    pub occurred_at: i64,
    /// The account's address.
    pub address_at_event: Email,
    /// The client's address; of several, that of the last one.
    pub client: Option<String>,
    /// The client's user agent, as it wrote it; of several, that of the last one.
    pub user_agent: Option<String>,
    /// What stands for the challenge, 32 characters: rows of one reset have the same.
    pub challenge: Option<String>,
    /// How often, at least 1.
    pub times: i64,
    /// Why, if it was refused.
    pub reason: Option<Reason>,
}
