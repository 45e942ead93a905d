//! How long each step of SMTP may take.

use std::time::Duration;

/// Time-outs by phase. RFC 5321, section 4.5.3.2, allows minutes; a code lives for ten, and somebody waits for it,
/// so a server that hangs is given up sooner and the job tried again. The job's lease (30 s) is extended every 10 s
/// while a send runs and does not bound them.
#[derive(Clone, Debug)]
pub(super) struct Times {
    /// Look-up and TCP: two lost SYNs (1 s and 3 s) still fit.
    pub connect: Duration,
    /// Banner and EHLO: servers that delay their banner to unmask spammers do it for some 6 s.
    pub greeting: Duration,
    /// STARTTLS and the handshake: a few round trips.
    pub tls: Duration,
    /// AUTH: servers slow down refusals, by 5 s and more.
    pub auth: Duration,
    /// MAIL, RCPT and RSET each: a server may ask another one about the recipient.
    pub command: Duration,
    /// DATA until 354: nothing to look up.
    pub data: Duration,
    /// Body and final dot: content filters run here. Giving up too early makes a duplicate, since the server may
    /// have taken the mail, so this is the long one.
    pub body: Duration,
    /// QUIT: mere politeness.
    pub quit: Duration,
    /// How long a connection is kept without a mail. Many servers close after 60 s or more, and count against us
    /// what we keep open.
    pub idle: Duration,
}

impl Default for Times {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self {
            connect: seconds(5),
            greeting: seconds(10),
            tls: seconds(10),
            auth: seconds(10),
            command: seconds(15),
            data: seconds(10),
            body: seconds(60),
            quit: seconds(1),
            idle: seconds(45),
        }
    }
}
