//! Words as text, to be handed from one program to another: from the module that studies to the page.
//!
//! One line for each text, and a line with the count before every list. What reads it gets nothing
//! where a line is not as it should be, never half of it.

use std::str::Lines;

use super::{ClusterBill, ClusterWords, NearFitWords, Notes, Sentence, ServiceBill, Span};
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

impl Wire for NearFitWords {
    fn write(&self, out: &mut String) {
        self.sentence.write(out);
        self.vcpu.write(out);
        self.memory.write(out);
    }

    fn read(lines: &mut Lines<'_>) -> Option<Self> {
        Some(Self {
            sentence: Sentence::read(lines)?,
            vcpu: String::read(lines)?,
            memory: String::read(lines)?,
        })
    }
}

impl Wire for Notes {
    fn write(&self, out: &mut String) {
        self.near_fits.write(out);
        self.advice.write(out);
    }

    fn read(lines: &mut Lines<'_>) -> Option<Self> {
        Some(Self {
            near_fits: Vec::read(lines)?,
            advice: Vec::read(lines)?,
        })
    }
}

impl Wire for ServiceBill {
    fn write(&self, out: &mut String) {
        self.name.write(out);
        self.option.to_string().write(out);
        self.amounts.write(out);
    }

    fn read(lines: &mut Lines<'_>) -> Option<Self> {
        Some(Self {
            name: String::read(lines)?,
            option: OptionId::from_id(lines.next()?)?,
            amounts: <[String; 3]>::read(lines)?,
        })
    }
}

impl Wire for ClusterBill {
    fn write(&self, out: &mut String) {
        self.services.write(out);
        self.common.write(out);
        self.total.write(out);
    }

    fn read(lines: &mut Lines<'_>) -> Option<Self> {
        Some(Self {
            services: Vec::read(lines)?,
            common: Option::read(lines)?,
            total: <[String; 3]>::read(lines)?,
        })
    }
}

impl Wire for (String, String) {
    fn write(&self, out: &mut String) {
        self.0.write(out);
        self.1.write(out);
    }

    fn read(lines: &mut Lines<'_>) -> Option<Self> {
        Some((String::read(lines)?, String::read(lines)?))
    }
}

impl Wire for ClusterWords {
    fn write(&self, out: &mut String) {
        self.sentence.write(out);
        self.bill.write(out);
        for list in [&self.capacity, &self.places, &self.quotas] {
            list.write(out);
        }
    }

    fn read(lines: &mut Lines<'_>) -> Option<Self> {
        Some(Self {
            sentence: Sentence::read(lines)?,
            bill: Option::read(lines)?,
            capacity: Vec::read(lines)?,
            places: Vec::read(lines)?,
            quotas: Vec::read(lines)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_handed_over_arrives_and_half_of_it_does_not() {
        let option = OptionId::from_id("ec2-arm64-ri_1y_no_upfront").unwrap();
        let sentence = Sentence::default()
            .text("Run it on ")
            .option(option)
            .input(InputId::Vcpu, "2 vCPU")
            .money(crate::money::Usd::ZERO)
            .text("");
        let amounts = ["$1.00", "", "$3.00"].map(str::to_owned);
        let words = ClusterWords {
            sentence: sentence.clone(),
            bill: Some(ClusterBill {
                services: vec![ServiceBill {
                    name: "a b".to_owned(),
                    option,
                    amounts: amounts.clone(),
                }],
                common: None,
                total: amounts,
            }),
            capacity: vec![sentence.clone(), Sentence::default()],
            places: Vec::new(),
            quotas: vec![sentence],
        };
        let text = words.to_wire();
        assert_eq!(ClusterWords::from_wire(&text), Some(words));
        let lines: Vec<&str> = text.lines().collect();
        for end in 0..lines.len() {
            let half = lines[..end].join("\n");
            assert_eq!(ClusterWords::from_wire(&half), None, "{end} lines");
        }
        assert_eq!(ClusterWords::from_wire(&(text + "more\n")), None);
    }

    #[test]
    fn no_text_breaks_its_line() {
        let text = "two\nlines\r\u{85}".to_owned();
        assert_eq!(String::from_wire(&text.to_wire()).unwrap(), "two lines  ");
    }
}
