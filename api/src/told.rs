//! Enums of the contract whose variants explain themselves: in the code's documentation and in the exported one.

/// Writes an enum with snake-case names, a list of its variants and what each of them means.
macro_rules! told_enum {
    ($(#[$outer:meta])* $name:ident { $($(#[$inner:meta])* $variant:ident = $meaning:literal),+ $(,)? }) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, poem_openapi::Enum)]
        #[oai(rename_all = "snake_case")]
        $(#[$outer])*
        pub enum $name {
            $(#[doc = $meaning] $(#[$inner])* $variant,)+
        }

        impl $name {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// What it means, for developers.
            pub const fn meaning(self) -> &'static str {
                match self {
                    $(Self::$variant => $meaning,)+
                }
            }

            /// Its name in JSON.
            pub fn code(self) -> String {
                let json = poem_openapi::types::ToJSON::to_json(&self);
                json.and_then(|json| json.as_str().map(ToOwned::to_owned)).unwrap_or_default()
            }
        }
    };
}

pub(crate) use told_enum;
