//! What a panel of the page shows, as data: paragraphs, lists, tables and figures in reading order.
//!
//! A study ends in a document. Whatever shows it needs to know these few blocks, and nothing of the study.

use std::str::Lines;

use super::Sentence;
use super::wire::Wire;
use crate::eligibility::Class;
use crate::option::OptionId;
use crate::words;

/// A document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Its blocks, in reading order.
    pub blocks: Vec<Block>,
}

/// A part of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// What is to be read first.
    Lead(Sentence),
    /// A paragraph.
    Text(Sentence),
    /// A remark, set small.
    Note(Sentence),
    /// A heading within the panel.
    Heading(String),
    /// A list.
    List(Vec<Item>),
    /// A list behind words that it opens at.
    More(String, Vec<Item>),
    /// What somebody asks, and what is said to it.
    Exchange(String, Vec<Sentence>),
    /// A table.
    Table(Table),
    /// A figure. Its pictures are asked for by width.
    Figure(Picture),
}

/// An item of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What it says.
    pub sentence: Sentence,
    /// What can be done about it.
    pub action: Option<Action>,
}

impl From<Sentence> for Item {
    fn from(sentence: Sentence) -> Self {
        Self {
            sentence,
            action: None,
        }
    }
}

/// Something that can be pressed: it opens another scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// The word on it.
    pub label: String,
    /// What it is about, for those who hear it apart from its sentence.
    pub about: String,
    /// The link of the other scenario.
    pub link: String,
}

/// A table whose first column names the row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// What it is called, for those who cannot see it.
    pub name: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows.
    pub rows: Vec<Row>,
    /// What they come to, a text for each column; empty where they are not summed up.
    pub sum: Vec<String>,
    /// Whether it stands behind its name, which it opens at.
    pub is_folded: bool,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub title: String,
    /// How its cells are set.
    pub set: Set,
    /// The class of options that it is about.
    pub class: Option<Class>,
}

ids! {
    /// How cells are set.
    pub enum Set {
        /// Words, to the left.
        Words = "words",
        /// Numbers, to the right, digits under digits.
        Numbers = "numbers",
        /// Where a figure comes from: small, broken anywhere.
        Source = "source",
    }
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// A cell for each column.
    pub cells: Vec<Cell>,
    /// What a press on its name does.
    pub action: Option<Action>,
}

impl Row {
    /// A row of plain cells.
    pub fn plain(texts: impl IntoIterator<Item = String>) -> Self {
        Self::of(texts.into_iter().map(Cell::plain))
    }

    /// A row of cells.
    pub fn of(cells: impl IntoIterator<Item = Cell>) -> Self {
        Self {
            cells: cells.into_iter().collect(),
            action: None,
        }
    }
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// What it says.
    pub text: String,
    /// What sets it apart.
    pub mark: Mark,
}

/// What sets a cell apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mark {
    /// Nothing.
    #[default]
    Plain,
    /// It follows the inputs, among others that do not.
    Live,
    /// It names an option of this class.
    Option(Class),
}

impl Cell {
    /// A cell with nothing that sets it apart.
    pub const fn plain(text: String) -> Self {
        Self {
            text,
            mark: Mark::Plain,
        }
    }

    /// A cell that follows the inputs.
    pub const fn live(text: String) -> Self {
        Self {
            text,
            mark: Mark::Live,
        }
    }

    /// A cell that names an option.
    pub fn option(option: OptionId) -> Self {
        Self {
            text: words::option(option),
            mark: Mark::Option(option.class()),
        }
    }
}

/// A figure, but for its pictures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// By what its pictures, and the words of what is pointed at, are asked for.
    pub id: String,
    /// What it is called, for those who cannot see it.
    pub name: String,
    /// The point of it in one sentence.
    pub takeaway: String,
    /// The same data as a table.
    pub table: Table,
    /// Whether a press on what stands in it goes somewhere.
    pub is_pressable: bool,
}

impl Column {
    /// A column of words.
    pub fn words(title: &str) -> Self {
        Self::new(title, Set::Words)
    }

    /// A column of numbers.
    pub fn numbers(title: &str) -> Self {
        Self::new(title, Set::Numbers)
    }

    /// A column of sources.
    pub fn sources(title: &str) -> Self {
        Self::new(title, Set::Source)
    }

    /// The same, about a class of options.
    #[must_use]
    pub fn of(mut self, class: Class) -> Self {
        self.class = Some(class);
        self
    }

    fn new(title: &str, set: Set) -> Self {
        Self {
            title: title.to_owned(),
            set,
            class: None,
        }
    }
}

impl Document {
    /// A document of blocks.
    pub const fn new(blocks: Vec<Block>) -> Self {
        Self { blocks }
    }

    /// The same with another block at its end, where there is one.
    #[must_use]
    pub fn and(mut self, block: Option<Block>) -> Self {
        self.blocks.extend(block);
        self
    }

    /// The same with another block at its end.
    #[must_use]
    pub fn with(mut self, block: Block) -> Self {
        self.blocks.push(block);
        self
    }

    /// The same with a list under a heading at its end, where there is anything to list.
    #[must_use]
    pub fn with_list(mut self, heading: &str, items: Vec<Item>) -> Self {
        if !items.is_empty() {
            self.blocks.push(Block::Heading(heading.to_owned()));
            self.blocks.push(Block::List(items));
        }
        self
    }

    /// Its outline: documents with the same one differ in their words alone, so that what shows the one can go on to
    /// show the other in place.
    pub fn outline(&self) -> String {
        let mut outline = String::new();
        for block in &self.blocks {
            block.outline(&mut outline);
        }
        outline
    }
}

impl Table {
    const fn folding(&self) -> &'static str {
        if self.is_folded { "folded" } else { "open" }
    }
}

impl Block {
    /// The sentence at a place: of a paragraph its only one, of a list that of an item, of an exchange one of its answer.
    pub fn sentence(&self, place: usize) -> Option<&Sentence> {
        match self {
            Self::Lead(sentence) | Self::Text(sentence) | Self::Note(sentence) if place == 0 => {
                Some(sentence)
            }
            Self::List(items) | Self::More(_, items) => items.get(place).map(|item| &item.sentence),
            Self::Exchange(_, answer) => answer.get(place),
            _ => None,
        }
    }

    /// What it is headed by: a heading, what a list opens at, or a question.
    pub fn title(&self) -> Option<&str> {
        match self {
            Self::Heading(words) | Self::More(words, _) | Self::Exchange(words, _) => Some(words),
            _ => None,
        }
    }

    /// The cell of a table.
    pub fn cell(&self, row: usize, column: usize) -> Option<&Cell> {
        match self {
            Self::Table(table) => table.rows.get(row)?.cells.get(column),
            _ => None,
        }
    }

    /// What can be done about an item of a list, or a row of a table.
    pub fn action(&self, place: usize) -> Option<&Action> {
        match self {
            Self::List(items) | Self::More(_, items) => items.get(place)?.action.as_ref(),
            Self::Table(table) => table.rows.get(place)?.action.as_ref(),
            _ => None,
        }
    }

    /// A figure.
    pub const fn picture(&self) -> Option<&Picture> {
        match self {
            Self::Figure(picture) => Some(picture),
            _ => None,
        }
    }

    fn outline(&self, out: &mut String) {
        let mut note = |text: &str| {
            out.push_str(text);
            out.push('\n');
        };
        let action = |action: &Option<Action>| if action.is_some() { "action" } else { "" };
        note(self.kind());
        match self {
            Self::Lead(_) | Self::Text(_) | Self::Note(_) | Self::Heading(_) => {}
            Self::List(items) | Self::More(_, items) => {
                for item in items {
                    note(action(&item.action));
                }
            }
            Self::Exchange(_, answer) => note(&answer.len().to_string()),
            Self::Table(table) => {
                // Its name and headings are not changed in place.
                note(&table.name);
                for column in &table.columns {
                    note(&column.title);
                }
                for row in &table.rows {
                    note(action(&row.action));
                }
                note(&table.sum.len().to_string());
                note(table.folding());
            }
            Self::Figure(picture) => note(&picture.id),
        }
    }

    /// What it is called where it is handed over.
    const fn kind(&self) -> &'static str {
        match self {
            Self::Lead(_) => "lead",
            Self::Text(_) => "text",
            Self::Note(_) => "note",
            Self::Heading(_) => "heading",
            Self::List(_) => "list",
            Self::More(..) => "more",
            Self::Exchange(..) => "exchange",
            Self::Table(_) => "table",
            Self::Figure(_) => "figure",
        }
    }
}

impl Wire for Document {
    fn write(&self, out: &mut String) {
        self.blocks.write(out);
    }

    fn read(lines: &mut Lines<'_>) -> Option<Self> {
        Some(Self {
            blocks: Vec::read(lines)?,
        })
    }
}

impl Wire for Block {
    fn write(&self, out: &mut String) {
        self.kind().to_owned().write(out);
        match self {
            Self::Lead(sentence) | Self::Text(sentence) | Self::Note(sentence) => {
                sentence.write(out);
            }
            Self::Heading(words) => words.write(out),
            Self::List(items) => items.write(out),
            Self::More(words, items) => {
                words.write(out);
                items.write(out);
            }
            Self::Exchange(question, answer) => {
                question.write(out);
                answer.write(out);
            }
            Self::Table(table) => table.write(out),
            Self::Figure(picture) => picture.write(out),
        }
    }

    fn read(lines: &mut Lines<'_>) -> Option<Self> {
        Some(match lines.next()? {
            "lead" => Self::Lead(Sentence::read(lines)?),
            "text" => Self::Text(Sentence::read(lines)?),
            "note" => Self::Note(Sentence::read(lines)?),
            "heading" => Self::Heading(String::read(lines)?),
            "list" => Self::List(Vec::read(lines)?),
            "more" => Self::More(String::read(lines)?, Vec::read(lines)?),
            "exchange" => Self::Exchange(String::read(lines)?, Vec::read(lines)?),
            "table" => Self::Table(Table::read(lines)?),
            "figure" => Self::Figure(Picture::read(lines)?),
            _ => return None,
        })
    }
}

impl Wire for Item {
    fn write(&self, out: &mut String) {
        self.sentence.write(out);
        self.action.write(out);
    }

    fn read(lines: &mut Lines<'_>) -> Option<Self> {
        Some(Self {
            sentence: Sentence::read(lines)?,
            action: Option::read(lines)?,
        })
    }
}

impl Wire for Action {
    fn write(&self, out: &mut String) {
        for text in [&self.label, &self.about, &self.link] {
            text.write(out);
        }
    }

    fn read(lines: &mut Lines<'_>) -> Option<Self> {
        let [label, about, link] = <[String; 3]>::read(lines)?;
        Some(Self { label, about, link })
    }
}

impl Wire for Table {
    fn write(&self, out: &mut String) {
        self.name.write(out);
        self.columns.write(out);
        self.rows.write(out);
        self.sum.write(out);
        self.folding().to_owned().write(out);
    }

    fn read(lines: &mut Lines<'_>) -> Option<Self> {
        Some(Self {
            name: String::read(lines)?,
            columns: Vec::read(lines)?,
            rows: Vec::read(lines)?,
            sum: Vec::read(lines)?,
            is_folded: match lines.next()? {
                "folded" => true,
                "open" => false,
                _ => return None,
            },
        })
    }
}

impl Wire for Column {
    fn write(&self, out: &mut String) {
        self.title.write(out);
        let class = self.class.map_or("", Class::id);
        [self.set.id(), " ", class].concat().write(out);
    }

    fn read(lines: &mut Lines<'_>) -> Option<Self> {
        let title = String::read(lines)?;
        let (set, class) = lines.next()?.split_once(' ')?;
        Some(Self {
            title,
            set: Set::from_id(set)?,
            class: if class.is_empty() {
                None
            } else {
                Some(Class::from_id(class)?)
            },
        })
    }
}

impl Wire for Row {
    fn write(&self, out: &mut String) {
        self.cells.write(out);
        self.action.write(out);
    }

    fn read(lines: &mut Lines<'_>) -> Option<Self> {
        Some(Self {
            cells: Vec::read(lines)?,
            action: Option::read(lines)?,
        })
    }
}

impl Wire for Cell {
    fn write(&self, out: &mut String) {
        let mark = match self.mark {
            Mark::Plain => "",
            Mark::Live => "*",
            Mark::Option(class) => class.id(),
        };
        [mark, " ", &self.text].concat().write(out);
    }

    fn read(lines: &mut Lines<'_>) -> Option<Self> {
        let (mark, text) = lines.next()?.split_once(' ')?;
        Some(Self {
            text: text.to_owned(),
            mark: match mark {
                "" => Mark::Plain,
                "*" => Mark::Live,
                class => Mark::Option(Class::from_id(class)?),
            },
        })
    }
}

impl Wire for Picture {
    fn write(&self, out: &mut String) {
        for text in [&self.id, &self.name, &self.takeaway] {
            text.write(out);
        }
        self.table.write(out);
        let press = if self.is_pressable {
            "pressable"
        } else {
            "still"
        };
        press.to_owned().write(out);
    }

    fn read(lines: &mut Lines<'_>) -> Option<Self> {
        let [id, name, takeaway] = <[String; 3]>::read(lines)?;
        Some(Self {
            id,
            name,
            takeaway,
            table: Table::read(lines)?,
            is_pressable: match lines.next()? {
                "pressable" => true,
                "still" => false,
                _ => return None,
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Usd;

    fn every_block() -> Document {
        let sentence = Sentence::default().text("It costs ").money(Usd::ZERO);
        let action = Action {
            label: "Try it".to_owned(),
            about: "14 tasks".to_owned(),
            link: "v=1&tasks=14".to_owned(),
        };
        let table = Table {
            name: "Costs".to_owned(),
            columns: vec![
                Column::words("Tasks"),
                Column::numbers("EC2").of(Class::Ec2),
                Column::sources("From"),
            ],
            rows: vec![
                Row::plain(["1", "$2", "a"].map(str::to_owned)),
                Row {
                    cells: vec![
                        Cell::live(String::new()),
                        Cell::option(OptionId::from_id("ec2-arm64-spot_mix").unwrap()),
                    ],
                    action: Some(action.clone()),
                },
            ],
            sum: vec!["Both".to_owned(), "$2".to_owned(), String::new()],
            is_folded: true,
        };
        Document::new(vec![
            Block::Lead(sentence.clone()),
            Block::Text(sentence.clone()),
            Block::Note(Sentence::default()),
            Block::Exchange("Why?".to_owned(), vec![sentence.clone()]),
            Block::Table(table.clone()),
            Block::More("1 more".to_owned(), vec![sentence.clone().into()]),
        ])
        .with(Block::Figure(Picture {
            id: "map".to_owned(),
            name: "Map".to_owned(),
            takeaway: "EC2 wins.".to_owned(),
            table,
            is_pressable: true,
        }))
        .with_list("Flips", vec![sentence.clone().into()])
        .with_list("Nothing", Vec::new())
        .with(Block::List(vec![Item {
            sentence,
            action: Some(action),
        }]))
    }

    #[test]
    fn what_is_handed_over_arrives_and_half_of_it_does_not() {
        let document = every_block();
        let text = document.to_wire();
        assert_eq!(Document::from_wire(&text), Some(document));
        let lines: Vec<&str> = text.lines().collect();
        for end in 0..lines.len() {
            assert_eq!(Document::from_wire(&lines[..end].join("\n")), None, "{end}");
        }
    }

    #[test]
    fn other_words_have_the_same_outline_and_other_blocks_do_not() {
        let document = every_block();
        let mut worded = document.clone();
        worded.blocks[0] = Block::Lead(Sentence::default().text("else"));
        assert_eq!(worded.outline(), document.outline());
        let mut outlines = vec![document.outline()];
        for index in 0..document.blocks.len() {
            let mut less = document.clone();
            less.blocks.remove(index);
            outlines.push(less.outline());
        }
        let mut longer = document;
        if let Some(Block::List(items)) = longer.blocks.last_mut() {
            items.push(Sentence::default().into());
        }
        outlines.push(longer.outline());
        let count = outlines.len();
        outlines.sort();
        outlines.dedup();
        // Two paragraphs of a kind may stand for each other.
        assert_eq!(outlines.len(), count);
    }
}
