//! The page as `make web` built it, in the program.

/// All files of a built page.
pub struct Built {
    /// The page itself, with places to be filled.
    pub index: &'static str,
    /// Which source became which file, as Vite wrote it.
    pub manifest: &'static str,
    /// The files beside the page, in the folder `assets`. Their names change with their content.
    pub assets: &'static [Asset],
}

/// One file.
pub struct Asset {
    /// Its name in the folder.
    pub name: &'static str,
    /// Its media type.
    pub kind: &'static str,
    /// The file as it is.
    pub plain: Coded,
    /// The same packed by brotli, if that is smaller.
    pub br: Option<Coded>,
    /// The same packed by gzip, if that is smaller.
    pub gzip: Option<Coded>,
}

/// A file in one coding.
#[derive(Clone, Copy)]
pub struct Coded {
    /// Its bytes.
    pub bytes: &'static [u8],
    /// A hash of them.
    pub hash: &'static str,
}

/// The page of this build.
pub static BUILT: Built = include!(concat!(env!("OUT_DIR"), "/page.rs"));
