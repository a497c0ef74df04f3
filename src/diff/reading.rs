//! What readers see of a text: paragraphs below headings, links and pictures.

use crate::render::readers::{self, text_of};
use crate::site::{Page, Site};

/// What readers see of the texts of a page.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Reading {
    pub blocks: Vec<Block>,
    pub links: Vec<Link>,
    pub pictures: Vec<Picture>,
    /// The HTML it was taken from.
    pub html: String,
}

/// A paragraph, an item, a row of a table or a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// The heading it stands below; empty before the first one.
    pub heading: String,
    /// Whether it is that heading itself.
    pub is_heading: bool,
    pub text: String,
}

/// A link in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub text: String,
    /// Below the top of the site, or somewhere else.
    pub target: String,
}

/// A picture in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    pub path: String,
    pub alt: String,
}

/// Reads the text of a page.
pub fn read(site: &Site, page: &Page) -> Reading {
    let html = readers::body(site, &page.body);
    let mut reading = of_html(&html);
    reading.html = html;
    reading
}

/// Elements that begin and end inside of a line.
const INLINE: [&str; 20] = [
    "a", "abbr", "b", "bdi", "button", "cite", "code", "del", "dfn", "em", "i", "img", "ins", "kbd", "mark",
    "q", "s", "small", "span", "strong",
];

/// A walk over the tags of HTML that the program wrote.
#[derive(Default)]
struct Walk {
    reading: Reading,
    /// The HTML of the block that is open.
    open: String,
    heading: String,
    is_heading: bool,
    /// Where the text of the open link begins, and where it leads.
    link: Option<(usize, String)>,
    /// Marks of notes and their ways back are no text.
    silent: usize,
}

fn of_html(html: &str) -> Reading {
    let mut walk = Walk::default();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        walk.text(&rest[..start]);
        let length = rest[start..].find('>').map_or(rest.len() - start, |it| it + 1);
        walk.tag(&rest[start..start + length]);
        rest = &rest[start + length..];
    }
    walk.text(rest);
    walk.end_block();
    walk.reading
}

impl Walk {
    fn text(&mut self, text: &str) {
        if self.silent == 0 {
            self.open.push_str(text);
        }
    }

    fn tag(&mut self, tag: &str) {
        let is_end = tag.starts_with("</");
        let name = tag.trim_start_matches(['<', '/']);
        let name = name.split(|it: char| !it.is_ascii_alphanumeric()).next().unwrap_or_default();
        match name {
            "sup" if is_end => self.silent = self.silent.saturating_sub(1),
            "sup" => self.silent += 1,
            "a" if is_end => self.end_link(),
            "a" => self.link = attribute(tag, "href").map(|it| (self.open.len(), it)),
            "img" => self.picture(tag),
            "br" => self.open.push(' '),
            "td" | "th" if is_end => self.open.push_str(" · "),
            "td" | "th" => {}
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.end_block();
                self.is_heading = !is_end;
            }
            it if INLINE.contains(&it) => {}
            _ => self.end_block(),
        }
    }

    fn end_link(&mut self) {
        let Some((start, target)) = self.link.take() else { return };
        if target.starts_with('#') || self.silent > 0 {
            return;
        }
        let text = self.open.get(start..).map(text_of).unwrap_or_default();
        self.reading.links.push(Link { text, target });
    }

    fn picture(&mut self, tag: &str) {
        let (path, alt) = (attribute(tag, "src"), attribute(tag, "alt"));
        let picture = path.map(|path| Picture { path, alt: alt.unwrap_or_default() });
        self.reading.pictures.extend(picture);
    }

    fn end_block(&mut self) {
        let text = text_of(&std::mem::take(&mut self.open));
        let text = text.trim_end_matches(" ·").trim_end_matches('↩').trim().to_owned();
        // A link that is open goes on in the next block.
        if let Some(link) = &mut self.link {
            link.0 = 0;
        }
        if text.is_empty() {
            return;
        }
        if self.is_heading {
            self.heading.clone_from(&text);
        }
        self.reading.blocks.push(Block { heading: self.heading.clone(), is_heading: self.is_heading, text });
    }
}

/// Returns the value of a quoted attribute, as text.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    let end = start + tag[start..].find('"')?;
    Some(text_of(&tag[start..end]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_stand_below_their_heading() {
        let reading = of_html("<p>A <em>b</em></p>\n<h2 id=\"x\">H</h2>\n<ul><li>c</li><li>d</li></ul>");
        let told: Vec<_> = reading.blocks.iter().map(|it| (it.heading.as_str(), it.text.as_str())).collect();
        assert_eq!(told, [("", "A b"), ("H", "H"), ("H", "c"), ("H", "d")]);
    }

    #[test]
    fn links_and_pictures_are_read() {
        let reading =
            of_html("<p><a href=\"a.html?x=1&amp;y\">T <b>x</b></a><img src=\"b.png\" alt=\"B &lt;\"></p>");
        assert_eq!(reading.links, [Link { text: "T x".into(), target: "a.html?x=1&y".into() }]);
        assert_eq!(reading.pictures, [Picture { path: "b.png".into(), alt: "B <".into() }]);
    }

    #[test]
    fn rows_are_blocks() {
        let reading = of_html("<table><tr><th>a</th><td>1</td></tr><tr><td>b</td></tr></table>");
        let told: Vec<_> = reading.blocks.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(told, ["a · 1", "b"]);
    }
}
