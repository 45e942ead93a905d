//! A mail of a stencil is, octet for octet, the one that its templates make.

use entity::{challenge::ChallengeId, code::CodeFormat, keyring::Keyring, keys::Shard};

use super::{
    brand::{png, with_logo},
    *,
};

/// The mails with these codes: of stencils, and rendered anew.
fn both_ways(composer: &mut Composer, codes: &[(String, String)], minutes_left: u32) -> [Vec<String>; 2] {
    let mails = |composer: &Composer| -> Vec<String> {
        let languages = composer.locales().iter().flat_map(|locale| codes.iter().map(move |code| (locale, code)));
        let mail = |(locale, (shown, challenge_id)): (&Locale, &(String, String))| {
            compose(composer, "j", locale.as_str(), Content::Code { shown, challenge_id, minutes_left })
        };
        languages.map(mail).collect()
    };
    let of_stencils = mails(composer);
    let stencils = composer.stencils.take();
    let anew = mails(composer);
    composer.stencils = stencils;
    [of_stencils, anew]
}

/// Codes as challenges have them, and their ids.
fn codes(format: CodeFormat) -> Vec<(String, String)> {
    let keyring = Keyring::new(&[b"a secret of thirty-two bytes or so"]).unwrap();
    let drawn = |_| {
        let id = ChallengeId::new(Shard(3), rand::random());
        let code = entity::code::Code::derive(format, keyring.current(), id.as_str(), "nonce", "a@example.com");
        (code.shown().to_string(), id.as_str().to_owned())
    };
    (0..10).map(drawn).collect()
}

#[test]
fn a_stencil_makes_what_its_templates_make() {
    for format in [CodeFormat::Base32x8, CodeFormat::Digits8, CodeFormat::Digits6] {
        for mut composer in [composer(&[]), with_logo(&png())] {
            for minutes in [1, 10] {
                let [of_stencils, anew] = both_ways(&mut composer, &codes(format), minutes);
                assert!(of_stencils == anew, "{format:?}, {minutes} minutes");
            }
            let kept = composer.stencils.as_ref().unwrap().kept();
            assert_eq!(kept, (2 * composer.locales().len(), 0), "all of them, and none was in vain");
        }
    }
}

#[test]
fn a_link_may_stand_anywhere_in_a_url_of_any_length() {
    // Each length breaks the link's encoded line at another place.
    for length in (0..80).step_by(3) {
        let url = format!("https://app.example/{}", "p".repeat(length));
        let mut composer = composer(&[
            ("REKEY_HTTP_PUBLIC_URL", &url),
            ("REKEY_MAIL_LINK", "{public_url}/?a=b&c='d'#{code}.{challenge_id}={code}"),
        ]);
        let [of_stencils, anew] = both_ways(&mut composer, &codes(CodeFormat::Base32x8)[..2], 10);
        assert!(of_stencils == anew, "{length}");
        assert_eq!(composer.stencils.as_ref().unwrap().kept().1, 0, "{length}");
    }
}

#[test]
fn what_a_sample_would_be_taken_for_is_rendered_anew() {
    let [sample, _] = crate::mail::stencil::samples("0000-0000", "AABcdEFGhiJKlmNOpqRStuVW");
    let mut composer = composer(&[("REKEY_SERVICE_NAME", &sample.0)]);
    let [of_stencils, anew] = both_ways(&mut composer, &codes(CodeFormat::Base32x8), 10);
    assert!(of_stencils == anew);
    let kept = composer.stencils.as_ref().unwrap().kept();
    assert_eq!(kept, (0, composer.locales().len()));
}

#[test]
fn values_of_other_shapes_are_written_as_they_are() {
    let mut composer = composer(&[]);
    let odd = [("0000-0000", "c"), ("000-00000", "c"), ("", ""), ("-", "c"), ("=00<>&00", "é"), ("a b", "c\n.d")];
    let odd = odd.map(|(shown, id)| (shown.to_owned(), id.to_owned()));
    let [of_stencils, anew] = both_ways(&mut composer, &odd, 3);
    assert!(of_stencils == anew);
}

#[test]
fn templates_of_the_operators_are_rendered_for_each_mail() {
    let files = [("send_code.txt", "{% if code is endingwith(\"T\") %}T: {% endif %}{{ code }} {{ link }}")];
    let composer = overrides::with(&files).unwrap();
    let text = |shown| {
        let content = Content::Code { shown, challenge_id: "c", minutes_left: 9 };
        bodies(&compose(&composer, "j", "en", content)).0
    };
    assert!(text("7K3M-9QXS").starts_with("7K3M-9QXS") && text("7K3M-9QXT").starts_with("T: 7K3M-9QXT"));
}

#[test]
fn no_more_are_kept_than_can_be_of_use() {
    let composer = composer(&[]);
    for minutes_left in 0..300 {
        let challenge_id = "AABcdEFGhiJKlmNOpqRStuVW";
        compose(&composer, "j", "en", Content::Code { shown: "0000-0000", challenge_id, minutes_left });
    }
    assert_eq!(composer.stencils.as_ref().unwrap().kept(), (256, 0));
}
