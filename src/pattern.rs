//! Patterns that a whole text has to match.

use crate::diag::{Diagnostic, Diagnostics, text};
use crate::limits;
use crate::yaml::{Node, typed};

/// A regular expression with its source.
#[derive(Clone, Debug)]
pub struct Pattern {
    pub written: String,
    regex: regex_lite::Regex,
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// `wrong-type`: it is a regular expression that can be compiled within the limits.
    pub fn read(node: &Node, diags: &mut Diagnostics) -> Option<Pattern> {
        let written = typed::string(node, diags)?;
        let regex = regex_lite::RegexBuilder::new(&format!("^(?:{})$", written.value))
            .size_limit(limits::REGEX_BYTES)
            .build();
        match regex {
            Ok(regex) => Some(Pattern { written: written.value, regex }),
            Err(_) => {
                let message = text(
                    "Das ist kein gültiger regulärer Ausdruck.",
                    "this is not a valid regular expression",
                );
                diags.push(Diagnostic::error("wrong-type", written.span, message));
                None
            }
        }
    }

    /// Whether a whole text has the form.
    pub fn matches(&self, text: &str) -> bool {
        self.regex.is_match(text)
    }
}
