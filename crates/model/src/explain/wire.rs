//! Words as text, to be handed from one program to another: from the module that studies to the page.
//!
//! One line for each text, and a line with the count before every list. What reads it gets nothing
//! where a line is not as it should be, never half of it.

use std::str::Lines;

use super::{Sentence, Span};
use crate::inputs::InputId;
use crate::option::OptionId;

/// Words that can be handed over.
pub trait Wire: Sized {
    /// Appends their lines.
    fn write(&self, out: &mut String);

    /// Reads their lines.
    fn read(lines: &mut Lines<'_>) -> Option<Self>;

    /// All of it as text.
    fn to_wire(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }

    /// What a text says; `None` where it is not the whole of it.
    fn from_wire(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let read = Self::read(&mut lines)?;
        lines.next().is_none().then_some(read)
    }
}

impl Wire for String {
    fn write(&self, out: &mut String) {
        out.extend(
            self.chars()
                .map(|one| if one.is_control() { ' ' } else { one }),
        );
        out.push('\n');
    }

    fn read(lines: &mut Lines<'_>) -> Option<Self> {
        lines.next().map(Self::from)
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn write(&self, out: &mut String) {
        self.len().to_string().write(out);
        for one in self {
            one.write(out);
        }
    }

    fn read(lines: &mut Lines<'_>) -> Option<Self> {
        let count: usize = lines.next()?.parse().ok()?;
        let mut read = Self::new();
        for _ in 0..count {
            read.push(T::read(lines)?);
        }
        Some(read)
    }
}

impl<T: Wire> Wire for Option<T> {
    fn write(&self, out: &mut String) {
        let count = if self.is_some() { "1" } else { "0" };
        count.to_owned().write(out);
        if let Some(one) = self {
            one.write(out);
        }
    }

    fn read(lines: &mut Lines<'_>) -> Option<Self> {
        Some(match lines.next()? {
            "0" => None,
            "1" => Some(T::read(lines)?),
            _ => return None,
        })
    }
}

impl Wire for [String; 3] {
    fn write(&self, out: &mut String) {
        for one in self {
            one.write(out);
        }
    }

    fn read(lines: &mut Lines<'_>) -> Option<Self> {
        let mut next = || String::read(lines);
        Some([next()?, next()?, next()?])
    }
}

impl Wire for Span {
    fn write(&self, out: &mut String) {
        let line = match self {
            Self::Text(text) => ["t", text].concat(),
            Self::Money(text) => ["m", text].concat(),
            Self::Option(option, text) => ["o", &option.to_string(), " ", text].concat(),
            Self::Input(input, text) => ["i", input.id(), " ", text].concat(),
        };
        line.write(out);
    }

    fn read(lines: &mut Lines<'_>) -> Option<Self> {
        let (kind, rest) = lines.next()?.split_at_checked(1)?;
        Some(match kind {
            "t" => Self::Text(rest.to_owned()),
            "m" => Self::Money(rest.to_owned()),
            "o" => {
                let (id, text) = rest.split_once(' ')?;
                Self::Option(OptionId::from_id(id)?, text.to_owned())
            }
            "i" => {
                let (id, text) = rest.split_once(' ')?;
                Self::Input(InputId::from_id(id)?, text.to_owned())
            }
            _ => return None,
        })
    }
}

impl Wire for Sentence {
    fn write(&self, out: &mut String) {
        self.0.write(out);
    }

    fn read(lines: &mut Lines<'_>) -> Option<Self> {
        Vec::read(lines).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_span_arrives() {
        let option = OptionId::from_id("ec2-arm64-ri_1y_no_upfront").unwrap();
        let sentence = Sentence::default()
            .text("Run it on ")
            .option(option)
            .input(InputId::Vcpu, "2 vCPU")
            .money(crate::money::Usd::ZERO)
            .text("");
        assert_eq!(Sentence::from_wire(&sentence.to_wire()), Some(sentence));
        assert_eq!(Sentence::from_wire("1\nxwhat\n"), None);
        assert_eq!(Sentence::from_wire("1\nofargate nowhere\n"), None);
    }

    #[test]
    fn no_text_breaks_its_line() {
        let text = "two\nlines\r\u{85}".to_owned();
        assert_eq!(String::from_wire(&text.to_wire()).unwrap(), "two lines  ");
    }
}
