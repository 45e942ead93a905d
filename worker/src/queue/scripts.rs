//! The scripts, each behind their common head.

use entity::store::Script;

macro_rules! script {
    ($name:ident, $file:literal) => {
        pub(super) static $name: Script = Script::new(concat!(include_str!("common.lua"), include_str!($file)));
    };
}

script!(CLAIM, "claim.lua");
script!(EXTEND, "extend.lua");
script!(ACK, "ack.lua");
script!(RETRY, "retry.lua");
script!(DEFER, "defer.lua");
script!(RELEASE, "release.lua");
script!(BURY, "bury.lua");
script!(REAP, "reap.lua");
script!(REDRIVE, "redrive.lua");
script!(DROP, "drop.lua");
