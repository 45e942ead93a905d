//! Invented passwords of every kind that the estimate knows, the same in each run.

use crate::password::Normalize;

/// One question.
pub struct Weighed {
    pub password: String,
    pub address: Option<String>,
    pub service: &'static str,
    pub normalize: Normalize,
}

/// Passwords without end. The number is the state of SplitMix64, which needs no crate whose next version draws others.
pub struct Corpus(u64);

impl Default for Corpus {
    fn default() -> Self {
        Self(20_261_125)
    }
}

const WORDS: &[&str] = &[
    "password",
    "dragon",
    "monkey",
    "letmein",
    "shadow",
    "master",
    "football",
    "baseball",
    "sunshine",
    "princess",
    "welcome",
    "qwerty",
    "the",
    "of",
    "and",
    "which",
    "also",
    "history",
    "university",
    "because",
    "government",
    "a",
    "i",
    "you",
    "what",
    "know",
    "really",
    "mary",
    "patricia",
    "linda",
    "elizabeth",
    "james",
    "robert",
    "michael",
    "william",
    "smith",
    "johnson",
    "garcia",
    "anderson",
    "maelstrom",
    "harbour",
    "violet",
    "tractor",
    "mumbles",
    "correct",
    "horse",
    "battery",
    "staple",
    "racecar",
    "level",
    "wasser",
    "bonjour",
    "contraseña",
    "geheim",
    "clavier",
    "marzo",
    "zxcvbn",
    "iloveyou",
    "trustno",
];
const ROWS: &[&str] =
    &["qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890", "!@#$%^&*()", "1qaz2wsx3edc", "789456123", "aoeuidhtns"];
const PIECES: &[&str] = &[
    "печаль",
    "春眠不觉晓",
    "😀",
    "👩‍👩‍👧",
    "🇩🇪",
    "e\u{301}",
    "é",
    "ß",
    "İ",
    "ı",
    "ﬀ",
    "ΑΣ",
    "مرحبا",
    "हिन्दी",
    "ñ",
    "\u{1d160}",
    "\u{fb2c}",
    "한",
    "\u{1112}\u{1161}\u{11ab}",
    "q\u{323}\u{307}",
    "αβγδε",
    "абвгд",
    "٢٠٢٤",
    "２０２４",
    "\u{0}",
    "\t",
    "Ｐａｓｓ",
    "ǅ",
    "\u{200d}",
];
const ADDRESSES: &[&str] = &[
    "annabelle.quistgaard@kestrelworks.example",
    "Bob@Example.COM",
    "o'brien+rekey@mail.example.org",
    "a@localhost",
    "dragon@password.example",
    "maximilian.oberhofer-lindenthal.verwaltung@dampfschifffahrtsgesellschaft.example",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@example.net",
];
const SERVICES: &[&str] = &["Rekey", "Marblewharf", "Čajovna Újezd", "the"];
// Look-alikes of letters are rare, since the time grows with each kind of them in a password.
const CHARACTERS: &str =
    "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ01234569!@#$^&*)-_= ~}]>";

impl Iterator for Corpus {
    type Item = Weighed;

    fn next(&mut self) -> Option<Weighed> {
        let address = (self.below(4) > 0).then(|| self.pick(ADDRESSES).to_owned());
        let service = self.pick(SERVICES);
        let parts = [1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 4][self.below(11)];
        let between = self.pick(&["", "", "", " ", "-", ".", "1", "_"]);
        let parts: Vec<String> = (0..parts).map(|_| self.part(address.as_deref(), service)).collect();
        let normalize = if self.below(5) > 0 { Normalize::Nfc } else { Normalize::None };
        Some(Weighed { password: parts.join(between), address, service, normalize })
    }
}

impl Corpus {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let end = u64::try_from(end).unwrap();
        usize::try_from((mixed ^ (mixed >> 31)) % end).unwrap()
    }

    fn pick(&mut self, from: &[&'static str]) -> &'static str {
        from[self.below(from.len())]
    }

    fn part(&mut self, address: Option<&str>, service: &str) -> String {
        match self.below(16) {
            0..=4 => self.word(),
            5 => self.walk(),
            6 => self.date(),
            7 => self.context(address, service),
            8 => self.pick(PIECES).repeat(self.below(3) + 1),
            9 => (0..=self.below(14)).map(|_| self.character()).collect(),
            10 => self.character().to_string().repeat(self.below(12) + 2),
            11 => {
                let word = self.word();
                word.repeat(self.below(4) + 2)
            }
            12 => self.run(),
            13 => self
                .pick(&["1950", "1999", "2001", "2019", "2025", "2026", "2027", "2031", "123456", "111111"])
                .to_owned(),
            // Words of one letter, up to and past what is weighed.
            14 => (0..=self.below(50)).map(|_| self.pick(&["a", "i", "k", "q", "z", "7"])).collect(),
            _ => self.below(1_000_000).to_string(),
        }
    }

    fn character(&mut self) -> char {
        CHARACTERS.chars().nth(self.below(CHARACTERS.len())).unwrap()
    }

    fn word(&mut self) -> String {
        let word = self.pick(WORDS).to_owned();
        self.dressed(word)
    }

    /// In capitals, backwards, or with look-alikes.
    fn dressed(&mut self, word: String) -> String {
        match self.below(12) {
            0 | 1 => self.leet(&word),
            2 => word.chars().rev().collect(),
            3 => word.to_uppercase(),
            4 => word
                .chars()
                .enumerate()
                .flat_map(|(at, c)| if at == 0 { c.to_uppercase().collect() } else { vec![c] })
                .collect(),
            5 => word
                .chars()
                .flat_map(|c| if self.below(2) == 0 { c.to_uppercase().collect() } else { vec![c] })
                .collect(),
            _ => word,
        }
    }

    fn leet(&mut self, word: &str) -> String {
        const ALIKE: &[(char, &str)] = &[
            ('a', "4@"),
            ('b', "8"),
            ('c', "({"),
            ('e', "3"),
            ('g', "69"),
            ('i', "1!|"),
            ('l', "17"),
            ('o', "0"),
            ('s', "$5"),
            ('t', "+7"),
        ];
        let mut alike = |c: char| {
            let (_, all) = ALIKE.iter().find(|(letter, _)| *letter == c)?;
            (self.below(3) > 0).then(|| all.chars().nth(self.below(all.len())).unwrap())
        };
        word.chars().map(|c| alike(c).unwrap_or(c)).collect()
    }

    fn walk(&mut self) -> String {
        let row = self.pick(ROWS);
        let from = self.below(row.len() - 3);
        row.chars().skip(from).take(self.below(9) + 3).collect()
    }

    fn date(&mut self) -> String {
        let (year, month, day) = (1930 + self.below(110), 1 + self.below(12), 1 + self.below(31));
        let part = self.pick(&["", "/", "-", ".", "_"]);
        match self.below(4) {
            0 => format!("{year}{part}{month:02}{part}{day:02}"),
            1 => format!("{day}{part}{month}{part}{year}"),
            2 => format!("{month:02}{part}{day:02}{part}{:02}", year % 100),
            _ => year.to_string(),
        }
    }

    /// What the account is called, or a part of it.
    fn context(&mut self, address: Option<&str>, service: &str) -> String {
        let address = address.unwrap_or("nobody@example.com");
        let pieces: Vec<&str> = address.split(['@', '.', '-', '+']).chain([address, service, service]).collect();
        let piece = pieces[self.below(pieces.len())].to_owned();
        self.dressed(piece)
    }

    /// Neighbours in the alphabet, up or down.
    fn run(&mut self) -> String {
        let first = self.pick(&["a", "f", "Q", "0", "4", "а", "ぁ"]).chars().next().unwrap();
        let count = u32::try_from(self.below(8) + 3).unwrap();
        let step = u32::try_from(self.below(2) + 1).unwrap();
        let run = (0..count).filter_map(|at| char::from_u32(u32::from(first) + at * step));
        if self.below(2) == 0 { run.collect() } else { run.collect::<Vec<_>>().into_iter().rev().collect() }
    }
}
