//! JSON read strictly: unknown and repeated fields are refused by name, and every error has the
//! path of its field.
//!
//! Values are read from their own text and not from a tree of floats, so a number keeps every
//! digit.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::number::Number;

/// Longest document that is read, in bytes.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;

/// Characters of a value that a message repeats.
const MAX_GIVEN: usize = 60;

/// Why a document cannot be read. Prints the field's path, its value and what is allowed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// Longer than [`MAX_BYTES`].
    #[error("it has {0} bytes; at most {MAX_BYTES} are read")]
    TooLong(usize),
    /// Not text in UTF-8.
    #[error("it is not text in UTF-8")]
    NotUtf8,
    /// Not JSON.
    #[error("it is not JSON: {0}")]
    Syntax(String),
    /// A field that does not take its value.
    #[error("{0}")]
    Field(String),
}

impl FileError {
    /// An error at a path: what `says` follows the path.
    pub(crate) fn at(path: Path<'_>, says: impl fmt::Display) -> Self {
        // What a stranger's file says must not steer a terminal.
        let shown = |c: char| if c.is_control() { '\u{FFFD}' } else { c };
        let text = if path.is_root() {
            format!("the document{says}")
        } else {
            format!("{path}{says}")
        };
        Self::Field(text.chars().map(shown).collect())
    }

    /// The same for a value that is not of the expected kind.
    fn unexpected(node: Node<'_>, expected: &str) -> Self {
        Self::at(
            node.path,
            format_args!(": {} is not {expected}.", node.given()),
        )
    }
}

/// Where a value stands in its document, such as `services[0].task.vcpu`.
#[derive(Clone, Copy)]
pub(crate) struct Path<'a> {
    up: Option<&'a Path<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Root,
    Field(&'a str),
    Place(usize),
}

impl<'a> Path<'a> {
    /// The document itself.
    pub(crate) const ROOT: Self = Self {
        up: None,
        step: Step::Root,
    };

    /// A field of what stands here.
    pub(crate) const fn field(&'a self, name: &'a str) -> Self {
        Self {
            up: Some(self),
            step: Step::Field(name),
        }
    }

    /// An entry of the list that stands here.
    pub(crate) const fn place(&'a self, index: usize) -> Self {
        Self {
            up: Some(self),
            step: Step::Place(index),
        }
    }

    const fn is_root(&self) -> bool {
        matches!(self.step, Step::Root)
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(up) = self.up {
            up.fmt(f)?;
        }
        match self.step {
            Step::Root => Ok(()),
            Step::Place(index) => write!(f, "[{index}]"),
            Step::Field(name) => {
                if self.up.is_some_and(|up| !up.is_root()) {
                    f.write_str(".")?;
                }
                f.write_str(name)
            }
        }
    }
}

/// A value and where it stands.
#[derive(Clone, Copy)]
pub(crate) struct Node<'a> {
    raw: &'a RawValue,
    /// Where it stands.
    pub(crate) path: Path<'a>,
}

impl<'a> Node<'a> {
    /// The value as it is written.
    pub(crate) fn text(self) -> &'a str {
        self.raw.get()
    }

    /// The value as a message repeats it.
    fn given(self) -> Cow<'a, str> {
        match self.text().as_bytes().first() {
            Some(b'{') => "an object".into(),
            Some(b'[') => "a list".into(),
            _ => self
                .text()
                .chars()
                .take(MAX_GIVEN)
                .collect::<String>()
                .into(),
        }
    }

    fn is_null(self) -> bool {
        self.text() == "null"
    }

    fn decode<T: Deserialize<'a>>(self, expected: &str) -> Result<T, FileError> {
        serde_json::from_str(self.text()).map_err(|_| FileError::unexpected(self, expected))
    }

    /// The fields of an object.
    pub(crate) fn object(self) -> Result<Object<'a>, FileError> {
        let fields = self.decode("an object")?;
        Ok(Object {
            fields,
            path: self.path,
        })
    }
}

/// An object's fields, in the order in which they are written.
pub(crate) struct Object<'a> {
    fields: Fields<'a>,
    path: Path<'a>,
}

impl Object<'_> {
    /// Refuses fields other than these, and fields that stand twice.
    pub(crate) fn only(&self, known: &[&str]) -> Result<(), FileError> {
        let list = &self.fields.0;
        for (index, (name, _)) in list.iter().enumerate() {
            let name: &str = name;
            let short: String = name.chars().take(MAX_GIVEN).collect();
            if !known.contains(&name) {
                let here = known.join(", ");
                return Err(FileError::at(
                    self.path.field(&short),
                    format_args!(" is not a field. Known here: {here}."),
                ));
            }
            if list.iter().take(index).any(|(other, _)| other == name) {
                return Err(FileError::at(self.path.field(name), " stands twice."));
            }
        }
        Ok(())
    }

    /// Reads a field.
    pub(crate) fn read<T: Read>(&self, name: &str) -> Result<T, FileError> {
        let path = self.path.field(name);
        match self.fields.0.iter().find(|(known, _)| known == name) {
            Some((_, raw)) => T::read(Node { raw, path }),
            None => T::absent().ok_or_else(|| FileError::at(path, " is missing.")),
        }
    }

    /// Reads which of several shapes an object has.
    pub(crate) fn kind(&self, known: &[&str]) -> Result<String, FileError> {
        let kind: String = self.read("kind")?;
        if known.contains(&kind.as_str()) {
            return Ok(kind);
        }
        let short: String = kind.chars().take(MAX_GIVEN).collect();
        let allowed = known.join(", ");
        Err(FileError::at(
            self.path.field("kind"),
            format_args!(": “{short}” is not known. Allowed: {allowed}."),
        ))
    }
}

/// Every field of an object with its value's text; none is lost where a name stands twice.
struct Fields<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Fields<'a> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;
        impl<'de> Visitor<'de> for Collect {
            type Value = Fields<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry::<String, &'de RawValue>()? {
                    fields.push(field);
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(Collect)
    }
}

/// What is read from a document.
pub(crate) trait Read: Sized {
    /// Reads a value.
    fn read(node: Node<'_>) -> Result<Self, FileError>;

    /// What an absent field stands for; `None` where it must be there.
    fn absent() -> Option<Self> {
        None
    }

    /// Whether it is what an absent field stands for, so that it is not written.
    fn is_absent(&self) -> bool {
        false
    }
}

/// A field that may be left out; `null` is the same.
impl<T: Read> Read for Option<T> {
    fn read(node: Node<'_>) -> Result<Self, FileError> {
        if node.is_null() {
            Ok(None)
        } else {
            T::read(node).map(Some)
        }
    }

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Read> Read for Box<T> {
    fn read(node: Node<'_>) -> Result<Self, FileError> {
        T::read(node).map(Self::new)
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(node: Node<'_>) -> Result<Self, FileError> {
        let entries: Vec<&RawValue> = node.decode("a list")?;
        let read = |(index, raw)| {
            T::read(Node {
                raw,
                path: node.path.place(index),
            })
        };
        entries.into_iter().enumerate().map(read).collect()
    }
}

impl Read for String {
    fn read(node: Node<'_>) -> Result<Self, FileError> {
        node.decode("a text")
    }
}

impl Read for bool {
    fn read(node: Node<'_>) -> Result<Self, FileError> {
        node.decode("true or false")
    }
}

/// What is no number at all is kept as it is given: the field that it stands in knows what is
/// allowed there, and refuses it.
impl Read for Number {
    fn read(node: Node<'_>) -> Result<Self, FileError> {
        match node.text().as_bytes().first() {
            Some(b'"') => node
                .decode("a number")
                .map(|text: String| Self::given(&text)),
            Some(b'-' | b'0'..=b'9') => Ok(Self::given(node.text())),
            _ => Ok(Self::given(&node.given())),
        }
    }
}

/// Reads a document of one value.
pub(crate) fn read<T: Read>(bytes: &[u8]) -> Result<T, FileError> {
    if bytes.len() > MAX_BYTES {
        return Err(FileError::TooLong(bytes.len()));
    }
    let text = str::from_utf8(bytes).map_err(|_| FileError::NotUtf8)?;
    let raw = serde_json::from_str(text).map_err(|error| FileError::Syntax(error.to_string()))?;
    let path = Path::ROOT;
    T::read(Node { raw, path })
}

/// Declares an object: a type that is written, read and has a schema, all from one list of fields.
macro_rules! record {
    (
        $(#[$meta:meta])*
        $name:ident {
            $($(#[$field_meta:meta])* $field:ident: $kind:ty,)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $(
                $(#[$field_meta])*
                #[serde(skip_serializing_if = "crate::json::Read::is_absent")]
                pub $field: $kind,
            )*
        }

        impl crate::json::Read for $name {
            fn read(node: crate::json::Node<'_>) -> Result<Self, crate::json::FileError> {
                let object = node.object()?;
                object.only(&[$(stringify!($field)),*])?;
                Ok(Self { $($field: object.read(stringify!($field))?,)* })
            }
        }
    };
}

/// Declares an object of one of several shapes, which its field `kind` tells apart.
macro_rules! choice {
    (
        $(#[$meta:meta])*
        $name:ident {
            $(
                $(#[$variant_meta:meta])*
                $variant:ident = $id:literal {
                    $($(#[$field_meta:meta])* $field:ident: $kind:ty,)*
                }
            )*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
        #[serde(tag = "kind", deny_unknown_fields)]
        pub enum $name {
            $(
                $(#[$variant_meta])*
                #[serde(rename = $id)]
                $variant {
                    $(
                        $(#[$field_meta])*
                        #[serde(skip_serializing_if = "crate::json::Read::is_absent")]
                        $field: $kind,
                    )*
                },
            )*
        }

        impl crate::json::Read for $name {
            fn read(node: crate::json::Node<'_>) -> Result<Self, crate::json::FileError> {
                let object = node.object()?;
                match object.kind(&[$($id),*])?.as_str() {
                    $(
                        $id => {
                            object.only(&["kind", $(stringify!($field)),*])?;
                            Ok(Self::$variant { $($field: object.read(stringify!($field))?,)* })
                        }
                    )*
                    // `kind` gives back what it was given alone.
                    _ => Err(crate::json::FileError::at(node.path, " is of no known kind.")),
                }
            }
        }
    };
}
