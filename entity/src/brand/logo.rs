//! The application's logo: a PNG or an SVG, told by its content.

use std::{fmt, fs, io::Read as _, path::Path, sync::Arc};

use super::svg;
use crate::settings::{SettingError, Source};

const KEY: &str = "service.logo";

/// A logo goes into every mail and is loaded by every visitor: 64 KiB is plenty for one that is 200 pixels high.
pub const MAX_LOGO_OCTETS: u64 = 64 * 1024;

/// The bytes of a logo. Clones share them.
#[derive(Clone, PartialEq, Eq)]
pub struct Logo {
    kind: LogoKind,
    bytes: Arc<[u8]>,
}

/// What a logo is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogoKind {
    /// For page and mails.
    Png,
    /// For the page alone: mail programs do not show it. It is well-formed and holds nothing that runs or loads.
    Svg,
}

impl LogoKind {
    /// Its media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Svg => "image/svg+xml",
        }
    }

    /// How the names of such files end.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Svg => "svg",
        }
    }
}

impl Logo {
    pub(super) fn read(source: &Source) -> Result<Option<Self>, SettingError> {
        let Some(path) = source.optional::<std::path::PathBuf>(KEY)? else { return Ok(None) };
        let refused = |problem: String| SettingError::of(KEY, format!("{}: {problem}", path.display()));
        let bytes = read_file(&path).map_err(|error| refused(format!("cannot be read: {error}")))?;
        Self::new(bytes).map(Some).map_err(refused)
    }

    /// Looks at the bytes of a file.
    ///
    /// # Errors
    /// Why they are no logo.
    pub(super) fn new(bytes: Vec<u8>) -> Result<Self, String> {
        if bytes.len() as u64 > MAX_LOGO_OCTETS {
            return Err("is larger than 64 KiB".into());
        }
        let kind = if is_png(&bytes) {
            LogoKind::Png
        } else {
            let text = std::str::from_utf8(&bytes).map_err(|_| "is neither a PNG nor an SVG in UTF-8")?;
            svg::check(text)?;
            LogoKind::Svg
        };
        Ok(Self { kind, bytes: bytes.into() })
    }

    /// What it is.
    #[must_use]
    pub fn kind(&self) -> LogoKind {
        self.kind
    }

    /// The file.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

/// The file, or one octet more than is allowed of it: a path to something endless fills no memory.
fn read_file(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(MAX_LOGO_OCTETS + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The signature and the first chunk, which gives a size (W3C PNG, sections 5.2 and 11.2.1).
fn is_png(bytes: &[u8]) -> bool {
    let start = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR";
    let size = bytes.get(16..24);
    bytes.starts_with(start) && size.is_some_and(|size| size[..4] != [0; 4] && size[4..] != [0; 4])
}

impl fmt::Debug for Logo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Logo({:?}, {} octets)", self.kind, self.bytes.len())
    }
}
