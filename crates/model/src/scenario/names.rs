//! Names of instance types and families, as lists of them are typed.

use std::fmt;

/// Most types or families that one list names.
pub const MAX_NAMES: usize = 50;

/// Declares a name of lower-case letters, digits, dots and hyphens.
macro_rules! name {
    ($(#[$meta:meta])* $name:ident, $legal:expr) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub struct $name(Box<str>);

        impl $name {
            /// The name, lower case; `None` for what cannot be one.
            pub fn new(text: &str) -> Option<Self> {
                let legal: fn(&str) -> bool = $legal;
                let name = text.trim().to_ascii_lowercase();
                legal(&name).then(|| Self(name.into()))
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The names of a list, separated by commas, semicolons or space; `None` where one
            /// cannot be a name, or there are more than [`MAX_NAMES`]. None stands twice.
            pub fn list(text: &str) -> Option<Vec<Self>> {
                let mut names = Vec::new();
                for part in text.split([',', ';', ' ', '\n', '\t']) {
                    if part.is_empty() {
                        continue;
                    }
                    let name = Self::new(part)?;
                    if !names.contains(&name) {
                        names.push(name);
                    }
                }
                (names.len() <= MAX_NAMES).then_some(names)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

name! {
    /// The name of an instance type, such as `m7g.large`: a family, a dot and a size.
    TypeName, |name| name.split_once('.').is_some_and(|(family, size)| is_word(family) && is_word(size))
}

name! {
    /// The name of a family of instance types, such as `m7g`.
    FamilyName, is_word
}

/// 1 to 24 of `a-z`, `0-9` and `-`.
fn is_word(text: &str) -> bool {
    let legal = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=24).contains(&text.len()) && text.bytes().all(legal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_with_any_separator_and_without_repeats() {
        let list = TypeName::list(" M7g.large, c5.xlarge;m7g.large\n").unwrap();
        let names: Vec<&str> = list.iter().map(TypeName::as_str).collect();
        assert_eq!(names, ["m7g.large", "c5.xlarge"]);
        assert_eq!(TypeName::list(""), Some(Vec::new()));
    }

    #[test]
    fn what_cannot_be_a_name_is_refused() {
        assert_eq!(TypeName::new("m7g"), None);
        assert_eq!(TypeName::new("m7g.large.big"), None);
        assert_eq!(FamilyName::new("m7g.large"), None);
        assert_eq!(FamilyName::new(""), None);
        assert!(FamilyName::new("u-6tb1").is_some());
        let many: Vec<String> = (0..51).map(|number| format!("m{number}")).collect();
        assert_eq!(FamilyName::list(&many.join(",")), None);
    }
}
