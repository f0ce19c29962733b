//! The compact file: what goes in comes out, and damage is noticed.

use crate::books;
use crate::people::Random;
use rules::packed::{Unreadable, pack, unpack};
use rules::rulebook::Rulebook;

#[test]
fn a_rulebook_comes_back_as_it_was() {
    for book in books() {
        let whole = unpack(&pack(&book));
        // Only the page of rules tells of sentences, and it does not come with the rulebook; rules cite sources by position.
        let mut book = Rulebook { sentences: Vec::new(), ..book };
        book.sources.iter_mut().for_each(|source| source.id = "".into());
        book.moments.iter_mut().flat_map(|moment| &mut moment.last).for_each(|last| last.sources.clear());
        assert!(whole.as_ref() == Ok(&book), "{}", book.cycle);
    }
}

#[test]
fn a_file_that_is_cut_off_or_changed_is_refused() {
    let mut random = Random(1);
    for book in books() {
        let file = pack(&book);
        let lengths = (0..40).chain((0..60).map(|_| random.below(file.len())));
        for length in lengths.collect::<Vec<_>>() {
            assert!(unpack(&file[..length]).is_err(), "{length} bytes of {}", file.len());
        }
        for _ in 0..300 {
            let mut changed = file.clone();
            let at = random.below(file.len());
            changed[at] ^= 1 << random.below(8);
            assert!(unpack(&changed).is_err(), "byte {at} was changed");
        }
    }
}

#[test]
fn what_is_wrong_with_a_file_is_named() {
    let [book, ..] = books();
    let file = pack(&book);
    let (version, other) = (file[4], file[4] + 1);
    let mut of_another_version = file.clone();
    of_another_version[4] = other;
    let read = |file: &[u8]| unpack(file).expect_err("it is no rulebook");
    let rows: [(&str, &[u8], Unreadable, String); 5] = [
        ("another file", b"<!doctype html>", Unreadable::NotARulebook, "this file is no rulebook".to_owned()),
        ("another short file", b"<", Unreadable::NotARulebook, "this file is no rulebook".to_owned()),
        ("nothing", b"", Unreadable::Damaged, "the rulebook is cut off or damaged".to_owned()),
        ("cut off", &file[..file.len() - 1], Unreadable::Damaged, "the rulebook is cut off or damaged".to_owned()),
        (
            "another version",
            &of_another_version,
            Unreadable::OtherVersion(other),
            format!("the rulebook has format {other}, and this program reads format {version}"),
        ),
    ];
    for (name, file, error, words) in rows {
        assert_eq!((read(file), read(file).to_string()), (error, words), "{name}");
    }
}

#[test]
fn arbitrary_bytes_never_panic() {
    let mut random = Random(2);
    let [book, ..] = books();
    let head = pack(&book)[..9].to_vec();
    for _ in 0..2_000 {
        let length = random.below(200);
        let mut bytes: Vec<u8> = (0..length).map(|_| random.next().to_le_bytes()[0]).collect();
        let _ = unpack(&bytes);
        // With the right head and checksum the body itself is read.
        let sum = crc32(&bytes).to_le_bytes();
        bytes.splice(0..0, head.clone());
        bytes[5..9].copy_from_slice(&sum);
        let _ = unpack(&bytes);
    }
    for book in books() {
        let file = pack(&book);
        for _ in 0..60 {
            let mut changed = file.clone();
            let at = 9 + random.below(file.len() - 9);
            changed[at] = random.next().to_le_bytes()[0];
            changed.truncate(9 + random.below(file.len() - 9));
            let sum = crc32(&changed[9..]).to_le_bytes();
            changed[5..9].copy_from_slice(&sum);
            let _ = unpack(&changed);
        }
    }
}

/// CRC-32 as in gzip, bit by bit.
fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32| if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 };
    !bytes.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), |crc, _| step(crc)))
}

#[test]
fn the_checksum_of_this_test_is_the_usual_one() {
    assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
}
