//! The words of page and mails: one catalogue a language, in [Fluent](https://projectfluent.org/)'s form.
//!
//! Ids of messages start with `page-` or `mail-`; `language-name` is the language's own name. Who shows them reads
//! them: nothing here but the tests knows the form.

/// A language that Rekey speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Language {
    /// Its tag (BCP 47), such as `en` or `zh-CN`.
    pub tag: &'static str,
    /// Its catalogue.
    pub text: &'static str,
}

impl Language {
    /// Which way it is written.
    #[must_use]
    pub fn direction(&self) -> Direction {
        Direction::of(self.tag)
    }
}

/// Which way a language is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

impl Direction {
    /// The value of HTML's `dir`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ltr => "ltr",
            Self::Rtl => "rtl",
        }
    }

    /// The direction of a tag's language, for languages of the operator's own, too.
    #[must_use]
    pub fn of(tag: &str) -> Self {
        let language = tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
        if RIGHT_TO_LEFT.contains(&language.as_str()) { Self::Rtl } else { Self::Ltr }
    }
}

/// Languages whose own script runs from right to left (CLDR 47, `layout.orientation.characterOrder`).
const RIGHT_TO_LEFT: [&str; 9] = ["ar", "ckb", "fa", "he", "ks", "ps", "sd", "ug", "ur"];

/// All of them, English first and the others by their tags.
pub const LANGUAGES: [Language; 12] = [
    Language { tag: "en", text: include_str!("../texts/en.ftl") },
    Language { tag: "ar", text: include_str!("../texts/ar.ftl") },
    Language { tag: "de", text: include_str!("../texts/de.ftl") },
    Language { tag: "es", text: include_str!("../texts/es.ftl") },
    Language { tag: "fr", text: include_str!("../texts/fr.ftl") },
    Language { tag: "hi", text: include_str!("../texts/hi.ftl") },
    Language { tag: "ja", text: include_str!("../texts/ja.ftl") },
    Language { tag: "ko", text: include_str!("../texts/ko.ftl") },
    Language { tag: "pt-BR", text: include_str!("../texts/pt-BR.ftl") },
    Language { tag: "ru", text: include_str!("../texts/ru.ftl") },
    Language { tag: "tr", text: include_str!("../texts/tr.ftl") },
    Language { tag: "zh-CN", text: include_str!("../texts/zh-CN.ftl") },
];

#[cfg(test)]
mod tests;
