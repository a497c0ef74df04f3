//! `robots.txt`: what a host lets programs see (RFC 9309).

/// The rules of a host for us.
#[derive(Debug, Default)]
pub struct Rules {
    /// The beginning of paths, and whether they are allowed.
    rules: Vec<(String, bool)>,
}

/// What we are called there.
const NAME: &str = "kompendium";

/// Reads the rules for us, or where there are none those for everybody.
pub fn parse(file: &str) -> Rules {
    let ours = group(file, |it| it.eq_ignore_ascii_case(NAME));
    let rules = ours.or_else(|| group(file, |it| it == "*")).unwrap_or_default();
    Rules { rules }
}

/// Returns the rules of the groups whose names are wanted; nothing where there is no such group.
fn group(file: &str, is_wanted: impl Fn(&str) -> bool) -> Option<Vec<(String, bool)>> {
    let mut rules = Vec::new();
    let (mut is_found, mut is_here, mut in_names) = (false, false, false);
    for line in file.lines() {
        let line = line.split('#').next().unwrap_or_default();
        let Some((key, value)) = line.split_once(':') else { continue };
        let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
        if key == "user-agent" {
            is_here = is_wanted(value) || in_names && is_here;
            (in_names, is_found) = (true, is_found || is_here);
            continue;
        }
        in_names = false;
        // An empty `Disallow` forbids nothing.
        if is_here && !value.is_empty() && (key == "allow" || key == "disallow") {
            rules.push((value.to_owned(), key == "allow"));
        }
    }
    is_found.then_some(rules)
}

impl Rules {
    /// Whether a path may be asked for: the longest rule that fits counts, and of two the kind one.
    pub fn allow(&self, path: &str) -> bool {
        let fitting = self.rules.iter().filter(|(rule, _)| fits(rule, path));
        fitting.map(|(rule, allowed)| (rule.len(), *allowed)).max().is_none_or(|(_, allowed)| allowed)
    }
}

/// Whether a path begins like a rule, in which `*` stands for anything and `$` for the end.
fn fits(rule: &str, path: &str) -> bool {
    let (rule, to_the_end) = rule.strip_suffix('$').map_or((rule, false), |it| (it, true));
    let mut parts = rule.split('*');
    let Some(mut rest) = path.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    for part in parts {
        let found = if to_the_end { rest.rfind(part) } else { rest.find(part) };
        let Some(at) = found else { return false };
        rest = &rest[at + part.len()..];
    }
    !to_the_end || rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(file: &str, path: &str, expected: bool) {
        assert_eq!(parse(file).allow(path), expected);
    }

    #[test]
    fn the_longest_rule_counts() {
        let file = "User-agent: *\nDisallow: /a\nAllow: /a/b\n";
        check(file, "/a/x", false);
        check(file, "/a/b/c", true);
        check(file, "/", true);
    }

    #[test]
    fn our_own_group_counts_alone() {
        let file =
            "User-agent: *\nDisallow: /\n\nUser-agent: other\nUser-agent: Kompendium\nDisallow: /x # no\n";
        check(file, "/a", true);
        check(file, "/x", false);
        check("User-agent: other\nDisallow: /\n", "/", true);
        check("", "/", true);
    }

    #[test]
    fn stars_and_ends() {
        check("User-agent: *\nDisallow: /*.pdf$\n", "/a/b.pdf", false);
        check("User-agent: *\nDisallow: /*.pdf$\n", "/a/b.pdf?x", true);
        check("User-agent: *\nDisallow:\n", "/", true);
    }
}
