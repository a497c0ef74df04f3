//! Markdown into HTML with holes: one pass over the parser's events.
//!
//! Where a link goes is known only when all pages are read, so its address is a
//! [`Hole`]: a place in the HTML that is filled in at the end. Everything else is
//! written here once and never touched again.

mod directives;
mod footnotes;
mod links;
mod parts;
mod raw;
mod roles;

use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd,
};

use self::directives::OpenDirective;
pub use self::directives::{ChartDirective, ChartKind, Filter, Selection, Sort, TableDirective, Tool};
use self::footnotes::Footnotes;
use self::links::Picture;
use self::parts::Part;
pub use self::parts::Prose;
pub use self::roles::ValueRole;
use self::roles::role_before;
use super::typography::{Typesetter, hide_stars, show_stars};
use crate::config::RawHtml;
use crate::diag::{Diagnostic, Diagnostics, Lang, text};
use crate::html::escape_into;
use crate::limits;
use crate::literature::citation::Cited;
use crate::slug::{UniqueIds, slug};
use crate::source::{FileId, Span, Spanned};
use crate::theme::Words;

/// Markdown as HTML, its internal links still open.
#[derive(Clone, Debug, Default)]
pub struct Body {
    /// Shared, since the resolved page has the same text.
    pub html: Arc<String>,
    /// In the order of their places.
    pub holes: Vec<Hole>,
    pub headings: Vec<Heading>,
    /// The running text in which terms are looked for, in order.
    pub prose: Vec<Prose>,
    /// The addresses of other sites that are linked, in order.
    pub external: Vec<Spanned<String>>,
}

/// A place in the HTML that is filled in when all pages are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hole {
    /// The byte of the HTML before which it is filled in.
    pub at: usize,
    pub kind: HoleKind,
    pub span: Span,
}

/// What fills a [`Hole`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HoleKind {
    /// The address of a page or file, as its author wrote it.
    Link(String),
    /// The address of a picture, as its author wrote it.
    Image(String),
    /// The value of a setting.
    Setting(String),
    /// A figure from a table.
    Value(Box<ValueRole>),
    /// Sources that are cited.
    Cite(Vec<Cited>),
    /// A small table, as a block.
    Table(Box<TableDirective>),
    /// A chart, as a block.
    Chart(Box<ChartDirective>),
    /// The start of a link to a term, by the name that its author wrote.
    Term(String),
    /// The end of that link.
    TermEnd,
}

impl Hole {
    /// Gives the hole and everything named in it one place, where their own cannot be told.
    pub fn move_to(&mut self, span: Span) {
        self.span = span;
        match &mut self.kind {
            HoleKind::Link(_)
            | HoleKind::Image(_)
            | HoleKind::Setting(_)
            | HoleKind::Term(_)
            | HoleKind::TermEnd => {}
            HoleKind::Value(role) => role.move_to(span),
            HoleKind::Cite(cited) => cited.iter_mut().for_each(|it| it.key.span = span),
            HoleKind::Table(directive) => directive.move_to(span),
            HoleKind::Chart(directive) => directive.move_to(span),
        }
    }
}

/// A heading with its address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    pub id: String,
    /// Plain text.
    pub title: String,
    /// Settings and figures in the title; their places are bytes of it.
    pub holes: Vec<Hole>,
    /// 2 to 6.
    pub level: u8,
}

/// What the renderer has to know beside the text.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    pub lang: Lang,
    pub raw_html: RawHtml,
    pub words: &'a Words,
}

/// Renders a part of a file that starts at byte `offset`.
///
/// Ids that the page has already are in `ids`. Findings: `raw-html`,
/// `heading-level`, `missing-alt`, `link-scheme`, `weak-link-text`,
/// `unknown-role`, `role-syntax`, `role-place`, `unknown-directive`, `directive-syntax`,
/// `unused-footnote`, `limit`, and those of YAML in directives.
pub fn render(
    file: FileId,
    text: &str,
    offset: usize,
    context: Context<'_>,
    ids: &mut UniqueIds,
    diags: &mut Diagnostics,
) -> Body {
    let hidden = hide_stars(text);
    let mut writer = Writer::new(file, text, offset, context, ids, diags);
    writer.footnotes = Footnotes::in_order_of_mention(&hidden);
    for (event, range) in Parser::new_ext(&hidden, options()).into_offset_iter() {
        if !writer.event(event, range) {
            break;
        }
    }
    writer.finish()
}

/// The parser's options; typography and footnotes are our own.
pub fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM
}

struct Writer<'a> {
    file: FileId,
    text: &'a str,
    offset: usize,
    context: Context<'a>,
    ids: &'a mut UniqueIds,
    diags: &'a mut Diagnostics,
    out: Part,
    typesetter: Typesetter,
    headings: Vec<Heading>,
    heading: Option<OpenHeading>,
    /// How many headings of the second level there were.
    chapter: usize,
    /// How many blocks are open in which no terms are linked: quotations, heads of
    /// tables and lists.
    without_terms: usize,
    /// Between quotation marks.
    is_quoted: bool,
    /// The level of the last heading; the title of the page is the first.
    last_level: u8,
    picture: Option<Picture>,
    /// Where the text of the open link begins, and the place of the link.
    link: Option<(usize, Span)>,
    table: Table,
    lists: Vec<List>,
    footnotes: Footnotes,
    in_code_block: bool,
    directive: Option<OpenDirective>,
    /// The text of a link is its address and is not set.
    is_literal: bool,
    has_raw_html: bool,
    external: Vec<Spanned<String>>,
    depth: usize,
}

/// A heading whose text is not complete yet.
struct OpenHeading {
    /// Where its tag stands in the output.
    start: usize,
    id: Option<String>,
    classes: Vec<String>,
    level: u8,
    title: String,
    holes: Vec<Hole>,
}

#[derive(Default)]
struct Table {
    /// How many tables the page has so far.
    count: usize,
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
}

/// A list that is open: where the name of its tag ends, and whether it holds tasks.
struct List {
    name_end: usize,
    has_tasks: bool,
}

impl<'a> Writer<'a> {
    fn new(
        file: FileId,
        text: &'a str,
        offset: usize,
        context: Context<'a>,
        ids: &'a mut UniqueIds,
        diags: &'a mut Diagnostics,
    ) -> Writer<'a> {
        Writer {
            file,
            text,
            offset,
            context,
            ids,
            diags,
            out: Part::default(),
            typesetter: Typesetter::new(context.lang),
            headings: Vec::new(),
            heading: None,
            chapter: 0,
            without_terms: 0,
            is_quoted: false,
            last_level: 1,
            picture: None,
            link: None,
            table: Table::default(),
            lists: Vec::new(),
            footnotes: Footnotes::default(),
            in_code_block: false,
            directive: None,
            is_literal: false,
            has_raw_html: false,
            external: Vec::new(),
            depth: 0,
        }
    }

    /// Writes one event; false when the text is nested too deeply to go on.
    fn event(&mut self, event: Event<'_>, range: Range<usize>) -> bool {
        match event {
            Event::Start(tag) => {
                self.depth += 1;
                if self.depth > limits::MARKDOWN_DEPTH {
                    self.too_deep(range);
                    return false;
                }
                self.start(tag, range);
            }
            Event::End(tag) => {
                self.depth -= 1;
                self.end(tag);
            }
            Event::Text(value) | Event::InlineMath(value) | Event::DisplayMath(value) => {
                self.running_text(&value, range);
            }
            Event::Code(value) => self.code(&value, range),
            Event::Html(value) => self.raw_block(&value, range),
            Event::InlineHtml(value) => self.raw_inline(&value, range),
            Event::FootnoteReference(label) => self.footnote_reference(&label),
            Event::SoftBreak => self.soft_break(),
            Event::HardBreak => self.line_break("<br>\n"),
            Event::Rule => self.push("<hr>\n"),
            Event::TaskListMarker(done) => self.task_marker(done),
        }
        true
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => self.start_paragraph(),
            Tag::Heading { level, id, classes, .. } => {
                self.start_heading(level, id.as_deref(), &classes, range)
            }
            Tag::BlockQuote(None) => {
                self.without_terms += 1;
                self.push_line("<blockquote>");
            }
            Tag::BlockQuote(Some(kind)) => self.start_alert(kind),
            Tag::CodeBlock(kind) => self.start_code_block(&kind, range),
            Tag::HtmlBlock => self.start_raw_block(),
            Tag::List(first) => self.start_list(first),
            Tag::Item => self.start_text_block("<li>"),
            Tag::FootnoteDefinition(label) => self.start_footnote(&label, range),
            Tag::DefinitionList => self.push_line("<dl>"),
            Tag::DefinitionListTitle => {
                self.without_terms += 1;
                self.start_text_block("<dt>");
            }
            Tag::DefinitionListDefinition => self.start_text_block("<dd>"),
            Tag::Table(alignments) => self.start_table(alignments),
            Tag::TableHead => {
                self.without_terms += 1;
                self.start_table_row(true);
            }
            Tag::TableRow => self.start_table_row(false),
            Tag::TableCell => self.start_cell(),
            Tag::Emphasis => self.push("<em>"),
            Tag::Strong => self.push("<strong>"),
            Tag::Strikethrough => self.push("<del>"),
            Tag::Link { link_type: LinkType::Email, dest_url, .. } => {
                self.is_literal = true;
                self.start_link(&format!("mailto:{dest_url}"), "", range);
            }
            Tag::Link { link_type: LinkType::Autolink, dest_url, .. } => {
                self.is_literal = true;
                self.start_link(&dest_url, "", range);
            }
            Tag::Link { dest_url, title, .. } => self.start_link(&dest_url, &title, range),
            Tag::Image { dest_url, title, .. } => self.start_picture(&dest_url, &title, range),
            Tag::Superscript | Tag::Subscript | Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.push("</p>\n"),
            TagEnd::Heading(level) => self.end_heading(level),
            TagEnd::BlockQuote(None) => {
                self.without_terms -= 1;
                self.push_line("</blockquote>");
            }
            TagEnd::BlockQuote(Some(_)) => self.push_line("</div>"),
            TagEnd::CodeBlock => self.end_code_block(),
            TagEnd::HtmlBlock => self.end_raw_block(),
            TagEnd::List(ordered) => self.end_list(ordered),
            TagEnd::Item => self.push("</li>\n"),
            TagEnd::FootnoteDefinition => self.end_footnote(),
            TagEnd::DefinitionList => self.push("</dl>\n"),
            TagEnd::DefinitionListTitle => {
                self.without_terms -= 1;
                self.push("</dt>\n");
            }
            TagEnd::DefinitionListDefinition => self.push("</dd>\n"),
            TagEnd::Table => self.push("</tbody></table></div>\n"),
            TagEnd::TableHead => {
                self.without_terms -= 1;
                self.push("</tr></thead><tbody>\n");
            }
            TagEnd::TableRow => self.push("</tr>\n"),
            TagEnd::TableCell => self.end_cell(),
            TagEnd::Emphasis => self.push("</em>"),
            TagEnd::Strong => self.push("</strong>"),
            TagEnd::Strikethrough => self.push("</del>"),
            TagEnd::Link => self.end_link(),
            TagEnd::Image => self.end_picture(),
            TagEnd::Superscript | TagEnd::Subscript | TagEnd::MetadataBlock(_) => {}
        }
    }

    /// Writes HTML, unless a picture is open: of its text only the plain text counts.
    fn push(&mut self, html: &str) {
        if self.picture.is_none() {
            self.out.html.push_str(html);
        }
    }

    /// Writes a tag that holds blocks on a line of its own.
    fn push_line(&mut self, html: &str) {
        self.start_line();
        self.push(html);
        self.push("\n");
    }

    fn start_line(&mut self) {
        if !self.out.html.is_empty() && !self.out.html.ends_with('\n') {
            self.push("\n");
        }
    }

    fn start_paragraph(&mut self) {
        self.start_line();
        self.start_text_block("<p>");
    }

    fn start_text_block(&mut self, html: &str) {
        self.push(html);
        self.start_block();
    }

    /// What is open in one block does not reach into the next.
    fn start_block(&mut self) {
        self.typesetter.start_block();
        self.is_quoted = false;
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range.start + self.offset..range.end + self.offset)
    }

    fn word(&self, key: &'static str) -> &'a str {
        self.context.words.get(key)
    }

    fn too_deep(&mut self, range: Range<usize>) {
        let depth = limits::MARKDOWN_DEPTH;
        let message = text(
            format!("Mehr als {depth} Ebenen ineinander (Listen, Zitate, Hervorhebungen)."),
            format!("more than {depth} levels of lists, quotations and emphasis"),
        );
        self.diags.push(Diagnostic::error("limit", self.span(range.start..range.start + 1), message));
    }

    /// Returns the name under which an id is written; see [`raw::finish`].
    fn id_attribute(&self) -> &'static str {
        match self.context.raw_html {
            RawHtml::Text => "id",
            RawHtml::Safe => raw::OWN_ID,
        }
    }

    /// Returns the name under which a class of the author is written.
    fn class_attribute(&self) -> &'static str {
        match self.context.raw_html {
            RawHtml::Text => "class",
            RawHtml::Safe => raw::OWN_CLASS,
        }
    }

    // Running text

    fn running_text(&mut self, value: &str, range: Range<usize>) {
        if self.directive_text(value, &range) {
            return;
        }
        if self.in_code_block {
            return escape_into(&mut self.out.html, &show_stars(value));
        }
        if self.is_literal {
            return self.push_text(&show_stars(value));
        }
        self.find_unknown_footnotes(range.clone());
        let escaped = range.start > 0 && self.text.as_bytes()[range.start - 1] == b'\\';
        let mut set = String::with_capacity(value.len() + 8);
        self.typesetter.set(&mut set, value, escaped);
        self.push_running(&set);
    }

    /// Writes running text and notes where terms may be linked in it: what stands between
    /// quotation marks are the words of others.
    fn push_running(&mut self, set: &str) {
        let (open, close) = match self.context.lang {
            Lang::De => ('„', '“'),
            Lang::En => ('“', '”'),
        };
        let mut rest = set;
        while !rest.is_empty() {
            let mark = if self.is_quoted { close } else { open };
            let end = rest.find(mark).map(|at| at + mark.len_utf8());
            let (piece, behind) = rest.split_at(end.unwrap_or(rest.len()));
            let start = self.out.html.len();
            self.push_text(piece);
            if !self.is_quoted && self.may_link_terms() {
                self.out.note_prose(start, self.chapter);
            }
            self.is_quoted ^= end.is_some();
            rest = behind;
        }
    }

    /// Never in headings, links, quotations and descriptions of pictures.
    fn may_link_terms(&self) -> bool {
        self.without_terms == 0 && self.heading.is_none() && self.link.is_none() && self.picture.is_none()
    }

    /// Writes text that is set, to all that collect it.
    fn push_text(&mut self, set: &str) {
        if let Some(heading) = &mut self.heading {
            heading.title.push_str(set);
        }
        match &mut self.picture {
            Some(picture) => picture.alt.push_str(set),
            None => escape_into(&mut self.out.html, set),
        }
    }

    /// A term may go over the end of a line.
    fn soft_break(&mut self) {
        let start = self.out.html.len();
        self.line_break("\n");
        self.out.extend_prose(start);
    }

    fn line_break(&mut self, html: &str) {
        if self.picture.is_some() || self.heading.is_some() {
            self.push_text(" ");
        } else {
            self.push(html);
        }
        self.typesetter.pass(' ');
    }

    fn code(&mut self, value: &str, range: Range<usize>) {
        if let Some(role) = role_before(&self.text[..range.start]) {
            return self.role(role, value, range);
        }
        self.push("<code>");
        self.push_text(&show_stars(value));
        self.push("</code>");
        self.typesetter.pass('x');
    }

    fn hole(&mut self, kind: HoleKind, span: Span) {
        let at = self.out.html.len();
        self.out.holes.push(Hole { at, kind, span });
    }

    // Headings

    fn start_heading(
        &mut self,
        level: HeadingLevel,
        id: Option<&str>,
        classes: &[pulldown_cmark::CowStr<'_>],
        range: Range<usize>,
    ) {
        self.start_line();
        self.check_level(level as u8, range);
        self.heading = Some(OpenHeading {
            start: self.out.html.len(),
            id: id.map(|it| show_stars(it).into_owned()),
            classes: classes.iter().map(|it| show_stars(it).into_owned()).collect(),
            level: level as u8,
            title: String::new(),
            holes: Vec::new(),
        });
        self.start_block();
    }

    /// `heading-level`: the title of the page is its only first heading, and no level is left out.
    fn check_level(&mut self, level: u8, range: Range<usize>) {
        let last = std::mem::replace(&mut self.last_level, level);
        let line = self.text[range.clone()].lines().next().unwrap_or_default();
        let span = self.span(range.start..range.start + line.len());
        if level == 1 {
            let message = text(
                "Überschriften im Text beginnen mit ##; die erste Überschrift ist der Titel der Seite.",
                "headings in the text begin with `##`; the first heading is the title of the page",
            );
            let help = text(format!("Meinten Sie: #{line}"), format!("did you mean: #{line}"));
            self.diags.push(Diagnostic::error("heading-level", span, message).help(help));
        } else if level > last + 1 {
            let message = text(
                format!("Hier wird eine Ebene übersprungen: auf Ebene {last} folgt Ebene {level}."),
                format!("a level is skipped here: level {level} follows level {last}"),
            );
            let signs = "#".repeat(usize::from(last) + 1);
            let help = text(format!("Erwartet: {signs}"), format!("expected: {signs}"));
            self.diags.push(Diagnostic::warning("heading-level", span, message).help(help));
        }
    }

    fn end_heading(&mut self, level: HeadingLevel) {
        let heading = self.heading.take().expect("a heading is open");
        // What fills a hole at the end belongs to the title.
        let title = if heading.holes.is_empty() { heading.title.trim().to_owned() } else { heading.title };
        let id = self.ids.claim(&heading.id.unwrap_or_else(|| slug(&title)));
        let mut tag = format!("<{level} {}=\"", self.id_attribute());
        escape_into(&mut tag, &id);
        tag.push('"');
        if !heading.classes.is_empty() {
            tag.push_str(&format!(" {}=\"", self.class_attribute()));
            escape_into(&mut tag, &heading.classes.join(" "));
            tag.push('"');
        }
        tag.push('>');
        self.out.insert(heading.start, &tag);
        self.push(&format!("</{level}>\n"));
        self.headings.push(Heading { id, title, holes: heading.holes, level: heading.level });
        self.chapter += usize::from(heading.level == 2);
    }

    // Lists, tables, code, alerts

    fn start_list(&mut self, first: Option<u64>) {
        self.start_line();
        self.push(if first.is_some() { "<ol" } else { "<ul" });
        self.lists.push(List { name_end: self.out.html.len(), has_tasks: false });
        if let Some(first) = first.filter(|&it| it != 1) {
            self.push(&format!(" start=\"{first}\""));
        }
        self.push(">\n");
    }

    fn end_list(&mut self, ordered: bool) {
        let list = self.lists.pop().expect("a list is open");
        if list.has_tasks {
            self.out.insert(list.name_end, " class=\"task-list\"");
        }
        self.push(if ordered { "</ol>\n" } else { "</ul>\n" });
    }

    fn task_marker(&mut self, done: bool) {
        if let Some(list) = self.lists.last_mut() {
            list.has_tasks = true;
        }
        let checked = if done { " checked" } else { "" };
        let label = self.word(if done { "done" } else { "open" });
        self.push(&format!("<input type=\"checkbox\" disabled{checked} aria-label=\"{label}\"> "));
    }

    fn start_table(&mut self, alignments: Vec<Alignment>) {
        self.start_line();
        self.table.count += 1;
        self.table.alignments = alignments;
        let label = format!("{} {}", self.word("table_scroll"), self.table.count);
        self.push("<div class=\"table-scroll\" role=\"region\" tabindex=\"0\" aria-label=\"");
        self.push_text(&label);
        self.push("\"><table>\n");
    }

    fn start_table_row(&mut self, in_head: bool) {
        self.table.in_head = in_head;
        self.table.column = 0;
        self.push(if in_head { "<thead><tr>" } else { "<tr>" });
    }

    fn start_cell(&mut self) {
        let class = match self.table.alignments.get(self.table.column) {
            Some(Alignment::Right) => " class=\"num\"",
            Some(Alignment::Center) => " class=\"center\"",
            _ => "",
        };
        self.table.column += 1;
        let tag = if self.table.in_head { "<th scope=\"col\"" } else { "<td" };
        self.push(&format!("{tag}{class}>"));
        self.start_block();
    }

    fn end_cell(&mut self) {
        self.push(if self.table.in_head { "</th>" } else { "</td>" });
    }

    fn start_code_block(&mut self, kind: &CodeBlockKind<'_>, range: Range<usize>) {
        if matches!(kind, CodeBlockKind::Fenced(_)) && self.start_directive(range) {
            return;
        }
        self.in_code_block = true;
        self.start_line();
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split([' ', '\t']).next().unwrap_or_default(),
            CodeBlockKind::Indented => "",
        };
        self.push("<pre tabindex=\"0\"><code");
        if !language.is_empty() {
            self.push(&format!(" {}=\"language-", self.class_attribute()));
            self.push_text(&show_stars(language));
            self.push("\"");
        }
        self.push(">");
    }

    fn end_code_block(&mut self) {
        if self.end_directive() {
            return;
        }
        self.in_code_block = false;
        self.push("</code></pre>\n");
    }

    fn start_alert(&mut self, kind: BlockQuoteKind) {
        let name = match kind {
            BlockQuoteKind::Note => "note",
            BlockQuoteKind::Tip => "tip",
            BlockQuoteKind::Important => "important",
            BlockQuoteKind::Warning => "warning",
            BlockQuoteKind::Caution => "caution",
        };
        let title = self.word(name);
        self.push_line(&format!(
            "<div class=\"alert alert-{name}\" role=\"note\"><p class=\"alert-title\">{title}</p>"
        ));
    }

    fn finish(mut self) -> Body {
        self.finish_footnotes();
        let out = match self.context.raw_html {
            RawHtml::Text => self.out,
            RawHtml::Safe => raw::finish(self.out, self.has_raw_html),
        };
        Body {
            html: Arc::new(out.html),
            holes: out.holes,
            headings: self.headings,
            prose: out.prose,
            external: self.external,
        }
    }
}
