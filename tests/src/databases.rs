//! One journey on each of the three databases.

/// Makes a test on each of the three databases out of a journey.
#[macro_export]
macro_rules! on_every_database {
    ($($(#[doc = $doc:literal])* async fn $name:ident($builder:ident: Builder) $body:block)+) => {$(
        mod $name {
            use super::*;

            $(#[doc = $doc])*
            async fn journey($builder: $crate::Builder) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                journey($crate::System::builder().database($crate::Kind::Sqlite)).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                journey($crate::System::builder().database($crate::Kind::Postgres)).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn mariadb() {
                journey($crate::System::builder().database($crate::Kind::MariaDb)).await;
            }
        }
    )+};
}
