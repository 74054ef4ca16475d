//! The hash that cargo-deny knows license files by: XXH32, with seed 0, of the lines of a text.
//!
//! See the specification of xxHash, <https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md>.

const PRIME: [u32; 5] = [0x9E37_79B1, 0x85EB_CA77, 0xC2B2_AE3D, 0x27D4_EB2F, 0x1656_67B1];

/// The hash of a text whose lines all end with `\n`, however they end in these bytes, and whether or not the last one does.
/// What follows the first line that is no UTF-8 does not count.
pub(super) fn of_lines(bytes: &[u8]) -> u32 {
    let mut text = Vec::with_capacity(bytes.len() + 1);
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        if std::str::from_utf8(line).is_err() {
            break;
        }
        let end = line.iter().rposition(|byte| !matches!(byte, b'\r' | b'\n'));
        text.extend_from_slice(&line[..end.map_or(0, |last| last + 1)]);
        text.push(b'\n');
    }
    xxh32(&text)
}

fn xxh32(bytes: &[u8]) -> u32 {
    let mut stripes = bytes.chunks_exact(16);
    let mut hash = if bytes.len() < 16 {
        PRIME[4]
    } else {
        let mut lanes = [
            PRIME[0].wrapping_add(PRIME[1]),
            PRIME[1],
            0,
            0u32.wrapping_sub(PRIME[0]),
        ];
        for stripe in stripes.by_ref() {
            for (lane, word) in lanes.iter_mut().zip(words(stripe)) {
                let mixed = lane.wrapping_add(word.wrapping_mul(PRIME[1])).rotate_left(13);
                *lane = mixed.wrapping_mul(PRIME[0]);
            }
        }
        let turned = lanes.iter().zip([1, 7, 12, 18]);
        turned.fold(0u32, |sum, (lane, by)| sum.wrapping_add(lane.rotate_left(by)))
    };
    let length = u32::try_from(bytes.len() & 0xFFFF_FFFF).unwrap_or_default();
    hash = hash.wrapping_add(length);
    let rest = stripes.remainder();
    for word in words(rest) {
        hash = hash.wrapping_add(word.wrapping_mul(PRIME[2])).rotate_left(17);
        hash = hash.wrapping_mul(PRIME[3]);
    }
    for byte in rest.chunks_exact(4).remainder() {
        hash = hash
            .wrapping_add(u32::from(*byte).wrapping_mul(PRIME[4]))
            .rotate_left(11);
        hash = hash.wrapping_mul(PRIME[0]);
    }
    hash = (hash ^ (hash >> 15)).wrapping_mul(PRIME[1]);
    hash = (hash ^ (hash >> 13)).wrapping_mul(PRIME[2]);
    hash ^ (hash >> 16)
}

/// The whole words of four bytes.
fn words(bytes: &[u8]) -> impl Iterator<Item = u32> {
    let words = bytes.chunks_exact(4);
    words.map(|word| u32::from_le_bytes([word[0], word[1], word[2], word[3]]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_xxh32() {
        for (text, expected) in [
            ("", 0x02CC_5D05),
            ("a", 0x550D_7456),
            ("abc", 0x32D1_53FF),
            ("Nobody inspects the spammish repetition", 0xE229_3B2F),
        ] {
            assert_eq!(xxh32(text.as_bytes()), expected, "{text:?}");
        }
    }

    #[test]
    fn how_lines_end_makes_no_difference() {
        let expected = xxh32(b"one\n\ntwo\n");
        for text in ["one\n\ntwo\n", "one\r\n\r\ntwo\r\n", "one\n\ntwo", "one\r\r\n\ntwo\r"] {
            assert_eq!(of_lines(text.as_bytes()), expected, "{text:?}");
        }
        assert_ne!(of_lines(b"one\ntwo\n"), expected);
        assert_eq!(of_lines(b"one\n\ntwo\n\xff\nthree\n"), expected);
    }
}
