//! A scene as text, to be handed from one program to another: from the module that studies to the page.
//!
//! One line for each mark and each datum: a letter for what it is, one for its ink, a digit for its
//! kind, then whole numbers. Lengths are hundredths of a CSS pixel. Words come last in their line.
//! The last line says that nothing is missing.

use crate::{
    accent::{Accent, Dash},
    cast,
    geometry::{Point, Rect, Size},
    hit::{Datum, Grid, Hits, Key, Rule},
    scene::{Align, Ink, Lean, Mark, Scene, Shade, Text, Weight},
};

/// Parts of a CSS pixel that are told apart.
const PARTS: f64 = 100.0;

const PLAIN_INKS: [Ink; 5] = [Ink::Surface, Ink::Band, Ink::Text, Ink::Muted, Ink::Grid];
const SHADES: [Shade; 4] = [Shade::Full, Shade::Mid, Shade::Soft, Shade::Faint];
const DASHES: [Dash; 3] = [Dash::Solid, Dash::Dashed, Dash::Dotted];
const LEANS: [Lean; 2] = [Lean::Forward, Lean::Back];
const ALIGNS: [Align; 3] = [Align::Start, Align::Middle, Align::End];
const WEIGHTS: [Weight; 2] = [Weight::Regular, Weight::Bold];

/// The letter of the first ink; the others follow.
const FIRST_INK: u8 = b'A';
/// The digit of the first kind; the others follow.
const FIRST_KIND: u8 = b'0';

impl Scene {
    /// All of the scene as text, without control characters in its words.
    pub fn to_wire(&self) -> String {
        let mut out = Writer(String::new());
        out.line(b's', None, 0, &[self.size.width(), self.size.height()]);
        for mark in &self.marks {
            out.mark(mark);
        }
        out.hits(&self.hits);
        out.0.push_str("...\n");
        out.0
    }

    /// What a text of [`Scene::to_wire`] says, with lengths to a hundredth of a pixel; `None` where
    /// it is not the whole of it.
    pub fn from_wire(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let mut first = Line::of(lines.next()?)?;
        let mut scene = Self::blank(Size::new(first.px(), first.px()));
        let (mut rule, mut data) = (Rule::Inside, Vec::new());
        if first.tag != b's' || !first.is_read() {
            return None;
        }
        loop {
            let mut line = Line::of(lines.next()?)?;
            match line.tag {
                b'.' => break,
                b'k' => data.push(line.datum()),
                b'x' => rule = Rule::NearestX(line.area()),
                b'g' => rule = Rule::Cell(line.grid()),
                _ => scene.marks.push(line.mark()?),
            }
            if !line.is_read() {
                return None;
            }
        }
        scene.hits = match rule {
            Rule::Inside => Hits::areas(&data),
            Rule::NearestX(plot) => Hits::columns(&data, plot),
            Rule::Cell(grid) => Hits::grid(grid),
        };
        lines.next().is_none().then_some(scene)
    }
}

struct Writer(String);

impl Writer {
    /// One line: its head, and lengths in CSS pixels.
    fn line(&mut self, tag: u8, ink: Option<Ink>, kind: usize, lengths: &[f64]) {
        self.head(tag, ink, kind);
        self.lengths(lengths);
        self.0.push('\n');
    }

    fn head(&mut self, tag: u8, ink: Option<Ink>, kind: usize) {
        self.0.push(char::from(tag));
        self.0.push(char::from(ink.map_or(b'-', letter)));
        self.0.push(char::from(FIRST_KIND + small(kind)));
    }

    fn lengths(&mut self, lengths: &[f64]) {
        for length in lengths {
            self.number(cast::to_i32((length * PARTS).round()));
        }
    }

    fn number(&mut self, number: i32) {
        self.0.push(' ');
        self.0.push_str(&number.to_string());
    }

    fn index(&mut self, index: usize) {
        self.number(i32::try_from(index).unwrap_or(i32::MAX));
    }

    fn mark(&mut self, mark: &Mark) {
        match mark {
            Mark::Rect { area, ink } => self.line(b'r', Some(*ink), 0, &sides(*area)),
            Mark::Frame { area, ink, stroke } => {
                let Rect {
                    x,
                    y,
                    width,
                    height,
                } = *area;
                self.line(b'f', Some(*ink), 0, &[x, y, width, height, *stroke]);
            }
            Mark::Hatch { area, ink, lean } => {
                self.line(b'h', Some(*ink), place(*lean, &LEANS), &sides(*area));
            }
            Mark::Line {
                path,
                ink,
                stroke,
                dash,
            } => {
                self.head(b'l', Some(*ink), place(*dash, &DASHES));
                self.lengths(&[*stroke]);
                for point in path {
                    self.lengths(&[point.x, point.y]);
                }
                self.0.push('\n');
            }
            Mark::Dot {
                center,
                radius,
                ink,
            } => self.line(b'd', Some(*ink), 0, &[center.x, center.y, *radius]),
            Mark::Text(text) => self.text(text),
        }
    }

    fn text(&mut self, text: &Text) {
        let kind = place(text.align, &ALIGNS) + ALIGNS.len() * place(text.weight, &WEIGHTS);
        self.head(b't', Some(text.ink), kind);
        self.lengths(&[text.at.x, text.at.y, text.size, text.width]);
        self.0.push(' ');
        let words = text.words.chars();
        self.0
            .extend(words.map(|one| if one.is_control() { ' ' } else { one }));
        self.0.push('\n');
    }

    fn hits(&mut self, hits: &Hits) {
        match hits.rule() {
            Rule::Inside => {}
            Rule::NearestX(plot) => self.line(b'x', None, 0, &sides(plot)),
            Rule::Cell(grid) => {
                self.head(b'g', None, 0);
                self.lengths(&sides(grid.area));
                self.index(grid.columns);
                self.index(grid.rows);
                self.0.push('\n');
                // The cells follow from the grid.
                return;
            }
        }
        for datum in hits.data() {
            self.head(b'k', None, usize::from(datum.key.item.is_some()));
            self.index(datum.key.series);
            self.index(datum.key.item.unwrap_or(0));
            self.lengths(&sides(datum.area));
            self.lengths(&[datum.anchor.x, datum.anchor.y]);
            self.0.push('\n');
        }
    }
}

fn sides(area: Rect) -> [f64; 4] {
    [area.x, area.y, area.width, area.height]
}

fn place<T: Copy + PartialEq>(one: T, all: &[T]) -> usize {
    all.iter().position(|other| *other == one).unwrap_or(0)
}

/// A number of a list that is far shorter than 256.
fn small(index: usize) -> u8 {
    u8::try_from(index).unwrap_or(0)
}

fn letter(ink: Ink) -> u8 {
    let index = match ink {
        Ink::Accent(accent, shade) => {
            PLAIN_INKS.len() + place(accent, &Accent::ALL) * SHADES.len() + place(shade, &SHADES)
        }
        plain => place(plain, &PLAIN_INKS),
    };
    FIRST_INK + small(index)
}

fn ink_of(letter: u8) -> Option<Ink> {
    let index = usize::from(letter.checked_sub(FIRST_INK)?);
    let Some(beyond) = index.checked_sub(PLAIN_INKS.len()) else {
        return PLAIN_INKS.get(index).copied();
    };
    let accent = Accent::ALL.get(beyond / SHADES.len())?;
    let shade = SHADES.get(beyond % SHADES.len())?;
    Some(Ink::Accent(*accent, *shade))
}

/// A line that is being read. A fault in it is noted and asked for at its end, not after every
/// number: the page downloads what reads.
struct Line<'a> {
    tag: u8,
    ink: u8,
    kind: usize,
    /// What has not been read of it.
    rest: &'a str,
    is_faulty: bool,
}

impl<'a> Line<'a> {
    fn of(line: &'a str) -> Option<Self> {
        let (head, rest) = line.split_at_checked(3)?;
        let &[tag, ink, kind] = head.as_bytes() else {
            return None;
        };
        Some(Self {
            tag,
            ink,
            kind: usize::from(kind.wrapping_sub(FIRST_KIND)),
            rest,
            is_faulty: false,
        })
    }

    /// Whether all of the line was read, without a fault.
    const fn is_read(&self) -> bool {
        self.rest.is_empty() && !self.is_faulty
    }

    /// The next number, after a space; 0 where there is none.
    fn number(&mut self) -> i32 {
        let digits = self.rest.strip_prefix(' ').unwrap_or("");
        let (digits, _) = digits.split_once(' ').unwrap_or((digits, ""));
        let number = digits.parse().ok();
        self.is_faulty |= number.is_none();
        self.rest = self.rest.get(1 + digits.len()..).unwrap_or("");
        number.unwrap_or(0)
    }

    fn index(&mut self) -> usize {
        let index = usize::try_from(self.number());
        self.is_faulty |= index.is_err();
        index.unwrap_or(0)
    }

    fn px(&mut self) -> f64 {
        f64::from(self.number()) / PARTS
    }

    fn point(&mut self) -> Point {
        Point::new(self.px(), self.px())
    }

    fn area(&mut self) -> Rect {
        let Point { x, y } = self.point();
        Rect::new(x, y, self.px(), self.px())
    }

    fn grid(&mut self) -> Grid {
        Grid {
            area: self.area(),
            columns: self.index(),
            rows: self.index(),
        }
    }

    fn datum(&mut self) -> Datum {
        let (series, item) = (self.index(), self.index());
        self.is_faulty |= self.kind > 1;
        Datum {
            key: Key {
                series,
                item: (self.kind == 1).then_some(item),
            },
            area: self.area(),
            anchor: self.point(),
        }
    }

    fn mark(&mut self) -> Option<Mark> {
        let ink = ink_of(self.ink)?;
        Some(match self.tag {
            b'r' => Mark::Rect {
                area: self.area(),
                ink,
            },
            b'f' => Mark::Frame {
                area: self.area(),
                ink,
                stroke: self.px(),
            },
            b'h' => Mark::Hatch {
                area: self.area(),
                ink,
                lean: *LEANS.get(self.kind)?,
            },
            b'l' => {
                let stroke = self.px();
                let mut path = Vec::new();
                while !self.rest.is_empty() {
                    path.push(self.point());
                }
                Mark::Line {
                    path,
                    ink,
                    stroke,
                    dash: *DASHES.get(self.kind)?,
                }
            }
            b'd' => Mark::Dot {
                center: self.point(),
                radius: self.px(),
                ink,
            },
            b't' => Mark::Text(Text {
                at: self.point(),
                align: *ALIGNS.get(self.kind % ALIGNS.len())?,
                size: self.px(),
                weight: *WEIGHTS.get(self.kind / ALIGNS.len())?,
                ink,
                width: self.px(),
                words: std::mem::take(&mut self.rest).strip_prefix(' ')?.to_owned(),
            }),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;

    /// A length to the hundredth of a pixel.
    fn px() -> impl Strategy<Value = f64> {
        (-900_000..900_000_i32).prop_map(|parts| f64::from(parts) / PARTS)
    }

    fn side() -> impl Strategy<Value = f64> {
        (0..900_000_i32).prop_map(|parts| f64::from(parts) / PARTS)
    }

    fn point() -> impl Strategy<Value = Point> {
        (px(), px()).prop_map(|(x, y)| Point::new(x, y))
    }

    fn area() -> impl Strategy<Value = Rect> {
        (px(), px(), side(), side())
            .prop_map(|(x, y, width, height)| Rect::new(x, y, width, height))
    }

    fn ink() -> impl Strategy<Value = Ink> {
        let accent = (
            prop::sample::select(Accent::ALL.to_vec()),
            prop::sample::select(SHADES.to_vec()),
        );
        prop_oneof![
            prop::sample::select(PLAIN_INKS.to_vec()),
            accent.prop_map(|(accent, shade)| Ink::Accent(accent, shade)),
        ]
    }

    fn text() -> impl Strategy<Value = Text> {
        (
            "\\PC{0,20}",
            point(),
            prop::sample::select(ALIGNS.to_vec()),
            side(),
            prop::sample::select(WEIGHTS.to_vec()),
            ink(),
            side(),
        )
            .prop_map(|(words, at, align, size, weight, ink, width)| Text {
                words,
                at,
                align,
                size,
                weight,
                ink,
                width,
            })
    }

    fn mark() -> impl Strategy<Value = Mark> {
        let leans = prop::sample::select(LEANS.to_vec());
        let dashes = prop::sample::select(DASHES.to_vec());
        prop_oneof![
            (area(), ink()).prop_map(|(area, ink)| Mark::Rect { area, ink }),
            (area(), ink(), side()).prop_map(|(area, ink, stroke)| Mark::Frame {
                area,
                ink,
                stroke
            }),
            (area(), ink(), leans).prop_map(|(area, ink, lean)| Mark::Hatch { area, ink, lean }),
            (vec(point(), 0..6), ink(), side(), dashes).prop_map(|(path, ink, stroke, dash)| {
                Mark::Line {
                    path,
                    ink,
                    stroke,
                    dash,
                }
            }),
            (point(), side(), ink()).prop_map(|(center, radius, ink)| Mark::Dot {
                center,
                radius,
                ink
            }),
            text().prop_map(Mark::Text),
        ]
    }

    fn hits() -> impl Strategy<Value = Hits> {
        let key = (0..9_usize, prop::option::of(0..9_usize))
            .prop_map(|(series, item)| Key { series, item });
        let datum =
            (key, area(), point()).prop_map(|(key, area, anchor)| Datum { key, area, anchor });
        (vec(datum, 0..9), area(), 0..3, (0..70_usize, 0..70_usize)).prop_map(
            |(data, area, rule, (columns, rows))| match rule {
                0 => Hits::areas(&data),
                1 => Hits::columns(&data, area),
                _ => Hits::grid(Grid {
                    area,
                    columns,
                    rows,
                }),
            },
        )
    }

    fn scene() -> impl Strategy<Value = Scene> {
        (side(), side(), vec(mark(), 0..12), hits()).prop_map(|(width, height, marks, hits)| {
            Scene {
                size: Size::new(width, height),
                marks,
                hits,
            }
        })
    }

    proptest! {
        #[test]
        fn a_scene_arrives_whole(scene in scene()) {
            prop_assert_eq!(Scene::from_wire(&scene.to_wire()), Some(scene));
        }

        #[test]
        fn nothing_arrives_of_half_a_scene(scene in scene(), share in 0.0..1.0_f64) {
            let text = scene.to_wire();
            let mut end = cast::to_usize(share * cast::count(text.len() - 1));
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            prop_assert_eq!(Scene::from_wire(&text[..end]), None);
            prop_assert_eq!(Scene::from_wire(&(text + "...\n")), None);
        }

        #[test]
        fn no_text_panics_and_what_is_read_can_be_written(
            scene in scene(),
            changes in vec((any::<prop::sample::Index>(), "[ -~\\n]?"), 1..4),
        ) {
            let mut text: Vec<char> = scene.to_wire().chars().collect();
            for (place, change) in changes {
                if !text.is_empty() {
                    let place = place.index(text.len());
                    text.splice(place..=place, change.chars());
                }
            }
            let text: String = text.into_iter().collect();
            if let Some(read) = Scene::from_wire(&text) {
                prop_assert_eq!(Scene::from_wire(&read.to_wire()), Some(read));
            }
        }

        #[test]
        fn any_text_is_read_or_refused(text in "\\PC*(\n\\PC*){0,5}") {
            let _ = Scene::from_wire(&text);
        }
    }

    #[test]
    fn the_form_is_a_line_for_each_mark_and_datum() {
        let size = Size::new(320.0, 200.5);
        let area = Rect::new(1.0, 2.0, 30.0, 4.256);
        let scene = Scene {
            size,
            marks: vec![
                Mark::Rect {
                    area,
                    ink: Ink::Accent(Accent::FargateSpot, Shade::Mid),
                },
                Mark::Text(Text {
                    words: "$36.04\na month".to_owned(),
                    at: Point::new(-0.5, 8.0),
                    align: Align::End,
                    size: 12.0,
                    weight: Weight::Bold,
                    ink: Ink::Text,
                    width: 40.0,
                }),
            ],
            hits: Hits::areas(&[Datum {
                key: Key::item(2, 7),
                area,
                anchor: Point::new(5.0, 6.0),
            }]),
        };
        assert_eq!(
            scene.to_wire(),
            "s-0 32000 20050\nrK0 100 200 3000 426\ntC5 -50 800 1200 4000 $36.04 a month\n\
             k-1 2 7 100 200 3000 426 500 600\n...\n"
        );
    }

    #[test]
    fn a_length_that_is_no_number_does_not_stop_the_rest() {
        let scene = Scene {
            marks: vec![Mark::Dot {
                center: Point::new(f64::NAN, f64::INFINITY),
                radius: 3.0,
                ink: Ink::Grid,
            }],
            ..Scene::blank(Size::new(10.0, 10.0))
        };
        let read = Scene::from_wire(&scene.to_wire()).unwrap();
        assert_eq!(read.marks.len(), 1);
    }
}
