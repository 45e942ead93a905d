//! Which language a person is spoken to in, by mail and on the page.

/// A language that we have texts for, such as `en` or `zh-CN`. It is never text from outside.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Locale(String);

/// What everybody gets who asks for nothing that we have.
pub const ENGLISH: &str = "en";

/// Languages of one header that are looked at: real browsers send under ten.
const MAX_WISHES: usize = 20;

impl Locale {
    /// One of ours, by its tag; texts from outside go through [`choose`].
    #[must_use]
    pub fn new(tag: &str) -> Self {
        Self(tag.to_owned())
    }

    /// Its tag.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The best of `available` for the account's own wish, then the request's (a tag or a whole `Accept-Language`),
/// then English. Both wishes are foreign text and may be anything.
#[must_use]
pub fn choose<'a>(available: &'a [Locale], account: Option<&str>, hint: Option<&str>) -> Option<&'a Locale> {
    let wishes: Vec<String> = account.into_iter().chain(hint).flat_map(wishes).collect();
    let found = wishes.iter().find_map(|tag| find(available, tag));
    // Who reads traditional characters reads simplified ones more easily than a language they did not ask for.
    let related = || wishes.iter().any(|tag| tag == "zh" || tag.starts_with("zh-")).then(|| find(available, "zh"));
    let english = || available.iter().find(|locale| locale.0 == ENGLISH);
    found.or_else(|| related().flatten()).or_else(english)
}

/// The tags of an `Accept-Language` (RFC 9110, section 12.5.4), the most wanted first; `q=0` is not wanted.
fn wishes(header: &str) -> Vec<String> {
    let mut wishes: Vec<(f32, String)> = header
        .split(',')
        .take(MAX_WISHES)
        .filter_map(|entry| {
            let mut parts = entry.split(';').map(str::trim);
            let tag = parts.next().filter(|tag| is_tag(tag))?.replace('_', "-").to_ascii_lowercase();
            let quality = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
            let quality = quality.map_or(Some(1.0), |q| q.trim().parse::<f32>().ok())?;
            (quality > 0.0 && quality <= 1.0).then_some((quality, tag))
        })
        .collect();
    // A stable sort: what stands first wins among equals.
    wishes.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    wishes.into_iter().map(|(_, tag)| tag).collect()
}

/// The shape of a language tag: letters and digits parted by `-` (or `_`, as many systems write it).
#[must_use]
pub fn is_tag(tag: &str) -> bool {
    let is_subtag = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|c| c.is_ascii_alphanumeric());
    let language = tag.split(['-', '_']).next().unwrap_or_default();
    (2..=8).contains(&language.len())
        && language.bytes().all(|c| c.is_ascii_alphabetic())
        && tag.split(['-', '_']).all(is_subtag)
}

/// A language for a tag in lower case: the same, else with fewer subtags, else another region of the same language.
fn find<'a>(available: &'a [Locale], tag: &str) -> Option<&'a Locale> {
    let exact = |tag: &str| available.iter().find(|locale| locale.0.eq_ignore_ascii_case(tag));
    let mut shorter = tag;
    loop {
        if let Some(locale) = exact(shorter) {
            return Some(locale);
        }
        match shorter.rsplit_once('-') {
            Some((head, _)) => shorter = head,
            None => break,
        }
    }
    let language = shorter;
    if language == "zh" {
        // Traditional and simplified characters are not each other's dialects.
        let traditional = tag.split('-').any(|part| matches!(part, "hant" | "tw" | "hk" | "mo"));
        let simplified = tag.split('-').any(|part| part == "hans");
        return if traditional && !simplified {
            exact("zh-Hant").or(exact("zh-TW"))
        } else {
            exact("zh-CN").or(exact("zh-Hans"))
        };
    }
    available.iter().find(|locale| locale.0.split('-').next().is_some_and(|own| own.eq_ignore_ascii_case(language)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(account: Option<&str>, hint: Option<&str>) -> String {
        let available = ["en", "zh-CN", "pt-BR"].map(Locale::new);
        choose(&available, account, hint).unwrap().as_str().to_owned()
    }

    #[test]
    fn simplified_chinese_has_many_names() {
        for tag in ["zh", "zh-CN", "zh-cn", "zh_CN", "zh-Hans", "zh-SG", "zh-Hans-HK", "zh-Hans-CN"] {
            assert_eq!(chosen(None, Some(tag)), "zh-CN", "{tag}");
        }
        // The last that is tried before English.
        for tag in ["zh-TW", "zh-Hant", "zh-HK"] {
            assert_eq!(chosen(None, Some(tag)), "zh-CN", "{tag}");
            assert_eq!(chosen(Some(tag), Some("en")), "en", "{tag}");
            assert_eq!(chosen(Some(tag), Some("fr, pt;q=0.5")), "pt-BR", "{tag}");
        }
    }

    #[test]
    fn the_account_wins_over_the_request_and_english_is_last() {
        assert_eq!(chosen(Some("zh-CN"), Some("en")), "zh-CN");
        assert_eq!(chosen(Some("fr"), Some("zh")), "zh-CN");
        assert_eq!(chosen(None, Some("fr")), "en");
        assert_eq!(chosen(None, None), "en");
        assert_eq!(chosen(Some("pt"), None), "pt-BR");
        assert_eq!(chosen(Some("en-GB"), Some("zh")), "en");
    }

    #[test]
    fn an_accept_language_is_read_by_quality() {
        assert_eq!(chosen(None, Some("fr-FR,fr;q=0.9,en;q=0.5,zh-CN;q=0.8")), "zh-CN");
        assert_eq!(chosen(None, Some("zh;q=0, en;q=0.1")), "en");
        assert_eq!(chosen(None, Some("en, zh")), "en");
        assert_eq!(chosen(None, Some("*, zh;q=0.2")), "zh-CN");
    }

    #[test]
    fn r62_garbage_is_english() {
        for text in
            ["", ",;,;q=", "zh;q=NaN", "zh;q=9", "zh\r\nBcc: a@b", "\0", "é", "-", "zh-", "x".repeat(100).as_str()]
        {
            assert_eq!(chosen(Some(text), Some(text)), "en", "{text:?}");
        }
    }
}
