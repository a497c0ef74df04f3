//! Hashes as text.

use std::fmt::Write;

use sha2::{Digest, Sha256};

/// Returns the first bytes of the SHA-256 of some bytes in hexadecimal digits, two for each.
pub fn sha256(bytes: &[u8], length: usize) -> String {
    hex(&Sha256::digest(bytes)[..length])
}

/// Returns bytes in hexadecimal digits, two for each.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

#[cfg(test)]
mod tests {
    use super::sha256;

    #[test]
    fn hashes_are_those_of_everybody() {
        let check = |length, expected| assert_eq!(sha256(b"abc", length), expected);
        check(5, "ba7816bf8f");
        check(32, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
