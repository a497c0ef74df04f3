//! The file of a memory: after a header, which belongs to one key, numbers of eight bytes
//! and texts with their lengths before them.
//!
//! Whoever wrote it: what is read here is whole, fits the key, and its places lie in the
//! texts that were read for this build.

use super::{Hashed, Key, Memory, hash};
use crate::diag::{Diagnostic, Diagnostics, Lang, Severity, Text, text};
use crate::source::{FileId, Sources, Span};

const HEADER: &[u8] = b"kompendium cache 1\n";

/// Writes a memory down.
pub fn print(memory: &Memory, key: Key) -> Vec<u8> {
    let mut body = Vec::new();
    let lang = u64::from(memory.lang == Lang::En);
    for number in [lang, memory.pages as u64, memory.tables as u64, memory.files as u64] {
        put_number(&mut body, number);
    }
    put_number(&mut body, memory.bytes);
    put_number(&mut body, memory.output.0);
    memory.diagnostics.iter().for_each(|it| put_diagnostic(&mut body, it));
    [head(&body, key).as_slice(), &body].concat()
}

/// Reads a memory; gives nothing if it is damaged or belongs to another key.
pub fn parse(bytes: &[u8], key: Key, sources: &Sources) -> Option<Memory> {
    let (head_found, body) = bytes.split_at_checked(HEADER.len() + 16)?;
    if head_found != head(body, key) {
        return None;
    }
    let mut reader = Reader { rest: body, sources };
    let lang = if reader.flag()? { Lang::En } else { Lang::De };
    let (pages, tables, files) = (reader.count()?, reader.count()?, reader.count()?);
    let (bytes, output) = (reader.number()?, Hashed(reader.number()?));
    let mut diagnostics = Diagnostics::default();
    while !reader.rest.is_empty() {
        diagnostics.push(reader.diagnostic()?);
    }
    Some(Memory { lang, pages, tables, files, bytes, output, diagnostics })
}

/// Returns what stands before a body: it shows damage, and inputs that are others.
fn head(body: &[u8], key: Key) -> Vec<u8> {
    [HEADER, &key.0.0.to_le_bytes(), &hash(body).0.to_le_bytes()].concat()
}

fn put_number(out: &mut Vec<u8>, number: u64) {
    out.extend(number.to_le_bytes());
}

fn put_str(out: &mut Vec<u8>, text: &str) {
    put_number(out, text.len() as u64);
    out.extend(text.as_bytes());
}

fn put_text(out: &mut Vec<u8>, text: &Text) {
    put_str(out, text.in_lang(Lang::De));
    put_str(out, text.in_lang(Lang::En));
}

fn put_optional<T>(out: &mut Vec<u8>, value: Option<&T>, put: impl FnOnce(&mut Vec<u8>, &T)) {
    put_number(out, u64::from(value.is_some()));
    if let Some(value) = value {
        put(out, value);
    }
}

fn put_span(out: &mut Vec<u8>, span: Span) {
    [span.file.0, span.start, span.end].into_iter().for_each(|it| put_number(out, it.into()));
}

fn put_diagnostic(out: &mut Vec<u8>, diagnostic: &Diagnostic) {
    let Diagnostic { severity, code, span, message, context, help, also } = diagnostic;
    put_number(out, *severity as u64);
    put_str(out, code);
    put_span(out, *span);
    put_text(out, message);
    put_optional(out, context.as_ref(), put_text);
    put_optional(out, help.as_ref(), put_text);
    put_optional(out, also.as_ref(), |out, (span, text)| {
        put_span(out, *span);
        put_text(out, text);
    });
}

/// What is still to be read; every method takes its part off, or gives nothing.
struct Reader<'a> {
    rest: &'a [u8],
    sources: &'a Sources,
}

impl<'a> Reader<'a> {
    fn number(&mut self) -> Option<u64> {
        let (number, rest) = self.rest.split_first_chunk()?;
        self.rest = rest;
        Some(u64::from_le_bytes(*number))
    }

    fn count(&mut self) -> Option<usize> {
        self.number()?.try_into().ok()
    }

    fn flag(&mut self) -> Option<bool> {
        match self.number()? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }

    fn str(&mut self) -> Option<&'a str> {
        let length = self.count()?;
        let (bytes, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        std::str::from_utf8(bytes).ok()
    }

    fn text(&mut self) -> Option<Text> {
        Some(text(self.str()?, self.str()?))
    }

    fn optional<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<Option<T>> {
        if self.flag()? { read(self).map(Some) } else { Some(None) }
    }

    fn span(&mut self) -> Option<Span> {
        let mut number = || self.number()?.try_into().ok();
        let span = Span { file: FileId(number()?), start: number()?, end: number()? };
        self.sources.holds(span).then_some(span)
    }

    fn diagnostic(&mut self) -> Option<Diagnostic> {
        Some(Diagnostic {
            severity: self.severity()?,
            code: self.str()?.to_owned().into(),
            span: self.span()?,
            message: self.text()?,
            context: self.optional(Self::text)?,
            help: self.optional(Self::text)?,
            also: self.optional(|it| Some((it.span()?, it.text()?)))?,
        })
    }

    /// A build with errors is not remembered.
    fn severity(&mut self) -> Option<Severity> {
        let number = self.number()?;
        [Severity::Warning, Severity::Notice].into_iter().find(|&it| it as u64 == number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: Key = Key(Hashed(7));

    fn sources() -> Sources {
        let mut sources = Sources::default();
        sources.add("a.md", "Straße\n");
        sources.add("b.md", "");
        sources
    }

    fn span(file: u32, start: u32, end: u32) -> Span {
        Span { file: FileId(file), start, end }
    }

    fn memory(findings: impl IntoIterator<Item = Diagnostic>) -> Memory {
        let mut diagnostics = Diagnostics::default();
        findings.into_iter().for_each(|it| diagnostics.push(it));
        let output = Hashed(u64::MAX);
        Memory { lang: Lang::En, pages: 3, tables: 1, files: 9, bytes: 5_000, output, diagnostics }
    }

    /// One finding with everything, and one with the least.
    fn full_memory() -> Memory {
        let german_and_english = || text("eins\nzwei", "one\0two");
        memory([
            Diagnostic::warning("a-code", span(0, 0, 4), text("Ä", ""))
                .context(german_and_english())
                .help(german_and_english())
                .also(span(1, 0, 0), german_and_english()),
            Diagnostic::notice("b-code", span(0, 6, 8), text("", "b")),
        ])
    }

    #[test]
    fn what_is_printed_can_be_read() {
        for memory in [full_memory(), memory([])] {
            let bytes = print(&memory, KEY);
            assert_eq!(parse(&bytes, KEY, &sources()), Some(memory));
        }
    }

    #[test]
    fn another_key_is_not_served() {
        assert_eq!(parse(&print(&full_memory(), KEY), Key(Hashed(8)), &sources()), None);
    }

    #[test]
    fn damage_anywhere_is_noticed() {
        let bytes = print(&full_memory(), KEY);
        for at in 0..bytes.len() {
            assert_eq!(parse(&bytes[..at], KEY, &sources()), None, "cut at {at}");
            let mut flipped = bytes.clone();
            flipped[at] ^= 1;
            assert_eq!(parse(&flipped, KEY, &sources()), None, "flipped at {at}");
        }
        assert_eq!(parse(&[bytes, vec![0]].concat(), KEY, &sources()), None);
    }

    /// Somebody who knows the format and the hash can still not make it panic.
    #[test]
    fn a_forged_body_is_read_with_care() {
        let printed = print(&full_memory(), KEY);
        let body = &printed[HEADER.len() + 16..];
        let forge = |body: &[u8]| [head(body, KEY).as_slice(), body].concat();
        for at in 0..body.len() {
            let _ = parse(&forge(&body[..at]), KEY, &sources());
            for value in [0, 1, 0x7F, 0x80, 0xFF] {
                let mut forged = body.to_vec();
                forged[at] = value;
                let _ = parse(&forge(&forged), KEY, &sources());
            }
        }
    }

    #[test]
    fn places_outside_of_the_texts_are_not_believed() {
        for span in [span(0, 0, 5), span(0, 5, 5), span(0, 3, 2), span(0, 0, 9), span(1, 1, 1), span(2, 0, 0)]
        {
            let first = Diagnostic::warning("a", span, text("", ""));
            let second = Diagnostic::warning("a", self::span(0, 0, 0), text("", "")).also(span, text("", ""));
            for memory in [memory([first]), memory([second])] {
                assert_eq!(parse(&print(&memory, KEY), KEY, &sources()), None, "{span:?}");
            }
        }
    }

    #[test]
    fn errors_are_not_remembered() {
        let error = Diagnostic::error("a", span(0, 0, 0), text("", ""));
        assert_eq!(parse(&print(&memory([error]), KEY), KEY, &sources()), None);
    }
}
