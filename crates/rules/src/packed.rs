//! The compact file of a rulebook.
//!
//! Five bytes say what it is (`RULE` and the format's version), four are a checksum over the rest,
//! and the rest is the rulebook itself.

use crate::rulebook::Rulebook;
use crc::{CRC_32_ISO_HDLC, Crc};
use std::fmt;
use std::vec::Vec;

/// Changes whenever a rulebook of another shape would be misread.
const VERSION: u8 = 9;
const MAGIC: [u8; 4] = *b"RULE";
const HEAD: usize = MAGIC.len() + 1 + 4;

/// Why a file is no rulebook that this version can use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is something else altogether.
    NotARulebook,
    /// It was made for another version of this program.
    OtherVersion(u8),
    /// It is cut off or was changed on the way.
    Damaged,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unreadable::NotARulebook => f.write_str("this file is no rulebook"),
            Unreadable::OtherVersion(version) => {
                write!(f, "the rulebook has format {version}, and this program reads format {VERSION}")
            }
            Unreadable::Damaged => f.write_str("the rulebook is cut off or damaged"),
        }
    }
}

impl std::error::Error for Unreadable {}

/// CRC-32, as in ISO/HDLC, gzip and PNG: it notices what happens to data on its way, not what somebody wants to hide.
#[must_use]
pub fn checksum(bytes: &[u8]) -> u32 {
    static CRC: Crc<u32> = Crc::<u32>::new(&CRC_32_ISO_HDLC);
    CRC.checksum(bytes)
}

/// The bytes of a rulebook's file.
#[must_use]
pub fn pack(rulebook: &Rulebook) -> Vec<u8> {
    let body = postcard::to_allocvec(rulebook).unwrap_or_default();
    let mut file = Vec::with_capacity(HEAD + body.len());
    file.extend(MAGIC);
    file.push(VERSION);
    file.extend(checksum(&body).to_le_bytes());
    file.extend(body);
    file
}

/// Reads a rulebook back from its file.
///
/// # Errors
/// When it is no such file, one of another version, or damaged.
pub fn unpack(file: &[u8]) -> Result<Rulebook, Unreadable> {
    let (Some(head), Some(body)) = (file.get(..HEAD), file.get(HEAD..)) else {
        return Err(if MAGIC.starts_with(file) || file.starts_with(&MAGIC) {
            Unreadable::Damaged
        } else {
            Unreadable::NotARulebook
        });
    };
    if !head.starts_with(&MAGIC) {
        return Err(Unreadable::NotARulebook);
    }
    if head[4] != VERSION {
        return Err(Unreadable::OtherVersion(head[4]));
    }
    if checksum(body).to_le_bytes() != head[5..9] {
        return Err(Unreadable::Damaged);
    }
    postcard::from_bytes(body).map_err(|_| Unreadable::Damaged)
}
