//! Finds what was given up and not done: few rows of many, which an operator can have tried again.

use sea_orm_migration::prelude::*;

use crate::repeat::{create_index, drop_index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[derive(DeriveIden, Clone, Copy)]
enum ResetEvent {
    Table,
    NoticeGivenUpAt,
    WebhookGivenUpAt,
}

const INDEXES: [(&str, ResetEvent); 2] = [
    ("reset_event_notice_given_up_at", ResetEvent::NoticeGivenUpAt),
    ("reset_event_webhook_given_up_at", ResetEvent::WebhookGivenUpAt),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, column) in INDEXES {
            create_index(manager, ResetEvent::Table, name, [column]).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, _) in INDEXES {
            drop_index(manager, ResetEvent::Table, name).await?;
        }
        Ok(())
    }
}
