//! The name of an event, which says where its jobs lie.

use crate::{
    email::Email,
    keys::{KeyNames, Shard},
};

/// Hexadecimal digits of an id that hold its shard.
const DIGITS: usize = 4;

/// An id of 32 hexadecimal digits for an event whose jobs are pushed in this shard: that, and 112 of the random bits.
///
/// The shard is part of it because the number of shards may change while a job waits: whoever pushes it again must look
/// where it is, not where its address would lie by now.
#[must_use]
pub fn new_id(shard: Shard, random: u128) -> String {
    format!("{:04x}{:028x}", shard.0, random >> 16)
}

/// The shard in which an event's jobs lie. Ids of others, and such as were made when there were more shards, say nothing
/// about that: then it is the address's.
#[must_use]
pub fn shard_of(names: &KeyNames, id: &str, address_at_event: &Email) -> Shard {
    let is_ours = id.len() == 32 && id.bytes().all(|c| c.is_ascii_digit() || matches!(c, b'a'..=b'f'));
    let told = id.get(..DIGITS).filter(|_| is_ours).and_then(|digits| u16::from_str_radix(digits, 16).ok()).map(Shard);
    told.filter(|shard| names.has(*shard)).unwrap_or_else(|| names.shard_of(address_at_event))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_leads_to_its_shard_however_many_there_are_by_now() {
        let address = Email::parse("ada@example.org").unwrap();
        let id = new_id(Shard(1), u128::MAX);
        assert_eq!(id, format!("0001{}", "f".repeat(28)));
        for shards in [2, 3, 16] {
            assert_eq!(shard_of(&KeyNames::new("rekey", shards), &id, &address), Shard(1));
        }
        let names = KeyNames::new("rekey", 16);
        let of_address = names.shard_of(&address);
        assert_ne!(of_address, Shard(1));
        for other in
            ["0001", "0001-by-another-application-0001", &"+001".repeat(8), &"\u{e9}".repeat(16), &"f".repeat(32)]
        {
            assert_eq!(shard_of(&names, other, &address), of_address, "{other}");
        }
        assert_eq!(shard_of(&KeyNames::new("rekey", 1), &id, &address), Shard(0), "that shard went");
    }
}
