//! Whole mails, as the recipient gets them.
