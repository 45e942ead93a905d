//! Colours that can be read, out of one that the operator likes.

use std::fmt;

use crate::settings::FromSetting;

/// A colour of sRGB: red, green, blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Color(pub [u8; 3]);

/// What stands behind texts in one scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ground {
    /// The whole page.
    pub page: Color,
    /// The card on it, which holds the texts.
    pub card: Color,
}

/// The grounds of page and mails. The style sheets of both use these very values.
pub const LIGHT: Ground = Ground { page: Color([0xf3, 0xf4, 0xf6]), card: Color([0xff; 3]) };
/// The same in the dark.
pub const DARK: Ground = Ground { page: Color([0x16, 0x18, 0x1d]), card: Color([0x22, 0x25, 0x2c]) };

const BLACK: Color = Color([0; 3]);
const WHITE: Color = Color([0xff; 3]);
/// What texts on a light button are written in.
const NEAR_BLACK: Color = Color([0x11, 0x13, 0x18]);

/// Of a text to its ground (WCAG 2.2, 1.4.3).
const TEXT_CONTRAST: f64 = 4.5;
/// Of a button to what is around it (WCAG 2.2, 1.4.11).
const BUTTON_CONTRAST: f64 = 3.0;

/// The brand's colours for both schemes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colors {
    /// On [`LIGHT`].
    pub light: Scheme,
    /// On [`DARK`].
    pub dark: Scheme,
}

/// The brand's colours for one scheme: the given one with its hue kept, and mixed with black or white as little as
/// will do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scheme {
    /// For texts and links: at least 4.5 : 1 on page and card.
    pub accent: Color,
    /// For buttons: at least 3 : 1 on the card.
    pub button: Color,
    /// For the button's text, white or nearly black: at least 4.5 : 1 on the button.
    pub button_text: Color,
}

impl Colors {
    /// Those of a colour.
    #[must_use]
    pub fn of(color: Color) -> Self {
        Self { light: Scheme::of(color, LIGHT), dark: Scheme::of(color, DARK) }
    }
}

impl Scheme {
    fn of(color: Color, ground: Ground) -> Self {
        let legible = |accent| [ground.page, ground.card].iter().all(|on| contrast(accent, *on) >= TEXT_CONTRAST);
        let accent = nearest(color, legible);
        let fits = |button| contrast(button, ground.card) >= BUTTON_CONTRAST && text_on(button).is_some();
        let button = nearest(color, fits);
        Self { accent, button, button_text: text_on(button).unwrap_or(WHITE) }
    }
}

/// A text colour for a button; between the two there are grounds on which neither can be read well.
fn text_on(button: Color) -> Option<Color> {
    [WHITE, NEAR_BLACK].into_iter().find(|text| contrast(*text, button) >= TEXT_CONTRAST)
}

/// The least mixture with black or white that fits. Mixing moves all three channels by one factor towards one value,
/// which leaves the hue alone, and it ends at black and white, of which one fits on any ground.
fn nearest(color: Color, fits: impl Fn(Color) -> bool) -> Color {
    let candidates = (0..=255).flat_map(|share| [color.mixed(BLACK, share), color.mixed(WHITE, share)]);
    candidates.into_iter().find(|candidate| fits(*candidate)).unwrap_or(color)
}

/// The contrast of two colours, 1 to 21 (WCAG 2.2, "contrast ratio").
#[must_use]
pub fn contrast(one: Color, other: Color) -> f64 {
    let (one, other) = (one.luminance(), other.luminance());
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

impl Color {
    /// `share` of 255 parts are the other's.
    fn mixed(self, with: Self, share: u16) -> Self {
        let mix = |own: u8, other: u8| {
            let sum = u16::from(own) * (255 - share) + u16::from(other) * share;
            u8::try_from((sum + 127) / 255).unwrap_or(u8::MAX)
        };
        let ([r, g, b], [x, y, z]) = (self.0, with.0);
        Self([mix(r, x), mix(g, y), mix(b, z)])
    }

    /// WCAG 2.2, "relative luminance".
    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let channel = f64::from(channel) / 255.0;
            if channel <= 0.04045 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
        };
        let [r, g, b] = self.0.map(linear);
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }
}

/// As style sheets and mails write it: `#1f5fd0`.
impl fmt::Display for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [r, g, b] = self.0;
        write!(f, "#{r:02x}{g:02x}{b:02x}")
    }
}

impl FromSetting for Color {
    fn from_setting(text: &str) -> Result<Self, String> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6);
        let channel = |at: usize| {
            let digits = digits?.get(at..at + 2).filter(|two| two.bytes().all(|c| c.is_ascii_hexdigit()))?;
            u8::from_str_radix(digits, 16).ok()
        };
        let all = || Some(Self([channel(0)?, channel(2)?, channel(4)?]));
        all().ok_or_else(|| "a colour such as #1f5fd0".into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Degrees, `None` for greys.
    fn hue(Color([r, g, b]): Color) -> Option<f64> {
        let [r, g, b] = [r, g, b].map(f64::from);
        let (most, least) = (r.max(g).max(b), r.min(g).min(b));
        let chroma = most - least;
        // With few steps between the channels the hue is mostly rounding.
        if chroma < 24.0 {
            return None;
        }
        let sector = if most == r {
            (g - b) / chroma
        } else if most == g {
            (b - r) / chroma + 2.0
        } else {
            (r - g) / chroma + 4.0
        };
        Some((sector * 60.0).rem_euclid(360.0))
    }

    fn every_colour() -> impl Iterator<Item = Color> {
        let steps = || (0..=255u8).step_by(17);
        steps().flat_map(move |r| steps().flat_map(move |g| steps().map(move |b| Color([r, g, b]))))
    }

    #[test]
    fn contrast_is_that_of_the_standard() {
        assert!((contrast(BLACK, WHITE) - 21.0).abs() < 1e-9);
        assert!((contrast(Color([0x77; 3]), WHITE) - 4.48).abs() < 0.01);
        assert!((contrast(Color([0x76; 3]), WHITE) - 4.54).abs() < 0.01);
    }

    #[test]
    fn every_colour_becomes_legible_in_both_schemes() {
        for color in every_colour() {
            let colors = Colors::of(color);
            for (scheme, ground) in [(colors.light, LIGHT), (colors.dark, DARK)] {
                for on in [ground.page, ground.card] {
                    assert!(contrast(scheme.accent, on) >= 4.5, "{color}: accent {} on {on}", scheme.accent);
                }
                assert!(contrast(scheme.button, ground.card) >= 3.0, "{color}: button {}", scheme.button);
                assert!(contrast(scheme.button_text, scheme.button) >= 4.5, "{color}: text on {}", scheme.button);
                assert!([WHITE, NEAR_BLACK].contains(&scheme.button_text));
            }
        }
    }

    #[test]
    fn the_hue_stays() {
        for color in every_colour() {
            let colors = Colors::of(color);
            for made in [colors.light.accent, colors.light.button, colors.dark.accent, colors.dark.button] {
                let (Some(given), Some(kept)) = (hue(color), hue(made)) else { continue };
                let apart = (given - kept).abs();
                assert!(apart.min(360.0 - apart) < 3.0, "{color} became {made}");
            }
        }
    }

    #[test]
    fn a_colour_that_will_do_is_left_alone() {
        let blue = Color([0x1f, 0x5f, 0xd0]);
        let colors = Colors::of(blue);
        assert_eq!((colors.light.accent, colors.light.button, colors.light.button_text), (blue, blue, WHITE));
        // One step less would not do.
        let darker = Colors::of(Color([0xff, 0xd5, 0x00])).light.accent;
        let share = (0..=255).find(|share| Color([0xff, 0xd5, 0x00]).mixed(BLACK, *share) == darker).unwrap();
        let before = Color([0xff, 0xd5, 0x00]).mixed(BLACK, share - 1);
        assert!(contrast(before, LIGHT.page) < 4.5);
    }

    #[test]
    fn colours_are_six_digits_after_a_hash() {
        assert_eq!(Color::from_setting("#1F5fd0").unwrap().to_string(), "#1f5fd0");
        for text in ["1f5fd0", "#1f5", "#1f5fd", "#1f5fd00", "#1f5fdg", "#+f5fd0", "#é5fd", "#ééé", "blue", "#"] {
            assert!(Color::from_setting(text).is_err(), "{text}");
        }
    }
}
