//! What Redis was asked, taken apart: of two calls that take the same path only lengths remain to be compared.

use std::fmt;

/// One command out of MONITOR.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// Whether a script ran it.
    pub by_script: bool,
    /// Its name and arguments.
    pub words: Vec<Vec<u8>>,
}

/// What two commands have in common that do the same with other values.
#[derive(Clone, PartialEq, Eq)]
pub struct Shape {
    /// Whether a script ran it.
    pub by_script: bool,
    /// Its name; of EVALSHA also the script and how many of the arguments are keys.
    pub name: Vec<String>,
    /// The octets of each argument.
    pub lengths: Vec<usize>,
}

/// In one line, so that two lists of them can be compared by eye.
impl fmt::Debug for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{} {:?}", if self.by_script { "  " } else { "" }, self.name.join(" "), self.lengths)
    }
}

impl Command {
    /// Reads a line such as `1700000000.000000 [0 127.0.0.1:50000] "EVALSHA" …`; `[0 lua]` stands inside of scripts.
    ///
    /// # Panics
    /// If the line is no such line.
    #[must_use]
    pub fn read(line: &str) -> Self {
        let (head, rest) = line.split_once("] ").expect("a line of MONITOR names who asks");
        Self { by_script: head.ends_with(" lua"), words: words(rest.as_bytes()) }
    }

    /// Its name, in capitals.
    #[must_use]
    pub fn name(&self) -> String {
        String::from_utf8_lossy(&self.words[0]).to_uppercase()
    }

    /// What is the same for another one of its kind.
    #[must_use]
    pub fn shape(&self) -> Shape {
        let named = if self.name() == "EVALSHA" { 3 } else { 1 };
        let name = self.words[..named].iter().map(|word| String::from_utf8_lossy(word).into_owned()).collect();
        let lengths = self.words[named..].iter().map(Vec::len).collect();
        Shape { by_script: self.by_script, name, lengths }
    }
}

/// Texts in quotation marks, with the escapes of MONITOR undone.
fn words(text: &[u8]) -> Vec<Vec<u8>> {
    let (mut words, mut octets) = (Vec::new(), text.iter().copied());
    while octets.any(|octet| octet == b'"') {
        let mut word = Vec::new();
        loop {
            match octets.next().expect("a word ends") {
                b'"' => break,
                b'\\' => word.push(match octets.next().expect("an escape ends") {
                    b'n' => b'\n',
                    b'r' => b'\r',
                    b't' => b'\t',
                    b'a' => 0x07,
                    b'b' => 0x08,
                    b'x' => {
                        let digits = [octets.next(), octets.next()].map(|digit| digit.unwrap_or(b'?'));
                        let digits = std::str::from_utf8(&digits).ok().and_then(|hex| u8::from_str_radix(hex, 16).ok());
                        digits.expect("two hexadecimal digits")
                    }
                    other => other,
                }),
                octet => word.push(octet),
            }
        }
        words.push(word);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_taken_apart() {
        let command = Command::read(r#"1700000000.000000 [0 lua] "HSET" "a \"b\"" "\\\xff\n" """#);
        assert!(command.by_script);
        assert_eq!(command.words, [&b"HSET"[..], b"a \"b\"", b"\\\xff\n", b""]);
        let [one, other] = ["key", "kez"].map(|key| format!(r#"1.0 [0 127.0.0.1:1] "evalsha" "ab" "1" "{key}" "x""#));
        assert_eq!(Command::read(&one).shape(), Command::read(&other).shape());
        assert_eq!(Command::read(&one).shape().name, ["evalsha", "ab", "1"]);
        assert_ne!(Command::read(&one).shape(), Command::read(&other.replace("kez", "keys")).shape());
    }
}
