//! The mails of jobs, made and sent by [`crate::mail`].

use std::sync::Arc;

use entity::{
    email::Email,
    settings::{SettingError, Source},
    telemetry::{self, Kind},
};

use crate::{
    jobs::{CodeMail, NoticeMail, Post, SecondFactorMail},
    mail::{Composer, Content, Mail, Mailer, SendError, Settings},
    metrics::METRICS,
    work::{Failure, Hold},
};

/// Composes mails and sends them.
#[derive(Clone)]
pub struct Mails {
    composer: Arc<Composer>,
    mailer: Arc<Mailer>,
}

impl Mails {
    /// Reads the settings of mails, loads templates and renders each once.
    ///
    /// # Errors
    /// By name, for what cannot be used.
    pub fn read(source: &Source) -> Result<Self, SettingError> {
        let settings = Settings::read(source)?;
        let mailer = Arc::new(Mailer::new(&settings)?);
        Ok(Self { composer: Arc::new(Composer::new(settings.compose)?), mailer })
    }

    /// Says goodbye to the mail server.
    pub async fn close(&self) {
        self.mailer.close().await;
    }

    async fn send(
        &self,
        (to, job_id): (&Email, &str),
        languages: [Option<&str>; 2],
        content: Content<'_>,
        hold: &Hold,
    ) -> Result<(), Failure> {
        let [account, hint] = languages;
        let later = |wait| Failure::Later(wait, "slow_domain".into());
        // First of all: who is put off is not composed.
        self.mailer.look(to).map_err(later)?;
        let mail = Mail { job_id, to, locale: self.composer.locale(account, hint), now: hold.now(), content };
        // Trying again would compose the same. The error's text may quote a template of the operator's.
        let rendered = self.composer.compose(&mail).map_err(|_| Failure::Dead("mail_cannot_be_composed".into()))?;
        let place = self.mailer.enter(to).await.map_err(later)?;
        let mut span = telemetry::begin("SMTP", Kind::Client);
        // Boxed, for it is most of what a job's task would carry from its beginning, and many have nothing to send.
        let sent = self.mailer.send(place, to, &rendered, || hold.prove_well(), async || hold.may_send().await);
        let sent = Box::pin(sent).await;
        METRICS.smtp.note(&sent, &mut span);
        drop(span);
        sent.map_err(|error| match error {
            SendError::Retry { reason } => Failure::Retry(reason.into()),
            SendError::Defer { reason } => Failure::Defer(reason.into()),
            SendError::Dead { reason } => Failure::Dead(reason.into()),
            SendError::LeaseLost => Failure::Lost,
        })
    }
}

impl Post for Mails {
    async fn send_code(&self, mail: CodeMail<'_>, hold: &Hold) -> Result<(), Failure> {
        let shown = mail.code.shown();
        let content = Content::Code { shown: &shown, challenge_id: mail.challenge_id, minutes_left: mail.minutes };
        self.send((mail.to, mail.job_id), mail.languages, content, hold).await
    }

    async fn send_second_factor(&self, mail: SecondFactorMail<'_>, hold: &Hold) -> Result<(), Failure> {
        let content = Content::SecondFactor { contact: mail.contact };
        self.send((mail.to, mail.job_id), mail.languages, content, hold).await
    }

    async fn send_notice(&self, mail: NoticeMail<'_>, hold: &Hold) -> Result<(), Failure> {
        let content = Content::Changed { occurred_at: mail.occurred_at };
        self.send((mail.to, mail.job_id), mail.languages, content, hold).await
    }
}
