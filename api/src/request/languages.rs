//! Which languages somebody asks for.

/// Characters of an `Accept-Language` header that are kept: browsers send under 100.
const MAX_ACCEPT_LANGUAGE: usize = 100;

/// What the worker chooses from where the account has no language of its own: the request's, then the header's.
pub fn languages(locale: Option<&str>, header: Option<&str>) -> Option<String> {
    let header = header.map(plain_accept_language).filter(|header| !header.is_empty());
    let list: Vec<&str> = locale.into_iter().chain(header.as_deref()).collect();
    let list: String = list.join(",").chars().take(MAX_ACCEPT_LANGUAGE).collect();
    (!list.is_empty()).then_some(list)
}

/// The header without anything that has no business in one, cut at its length.
fn plain_accept_language(header: &str) -> String {
    let allowed = |c: &char| c.is_ascii_alphanumeric() || ",;=.*- ".contains(*c);
    header.chars().filter(allowed).take(MAX_ACCEPT_LANGUAGE).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_requests_language_comes_before_the_headers() {
        assert_eq!(languages(Some("fr"), Some("zh-CN,en;q=0.8")).unwrap(), "fr,zh-CN,en;q=0.8");
        assert_eq!(languages(None, Some("zh-CN")).unwrap(), "zh-CN");
        assert_eq!(languages(None, None), None);
    }

    #[test]
    fn r62_a_language_header_keeps_nothing_but_language() {
        assert_eq!(plain_accept_language("zh-CN,en;q=0.8\r\nBcc: a@b"), "zh-CN,en;q=0.8Bcc ab");
        assert_eq!(plain_accept_language(&"a".repeat(500)).len(), MAX_ACCEPT_LANGUAGE);
    }
}
