//! A JSON file, read as a stream by visitors, so that no more of it stands in memory than is wanted.

use std::fmt;
use std::fs::File;
use std::io::BufReader;
use std::marker::PhantomData;
use std::path::Path;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::refused::{Problem, Refused};

/// Reads a whole file with a seed.
pub(super) fn read<S, T>(path: &Path, seed: S) -> Result<T, Refused>
where
    S: for<'de> DeserializeSeed<'de, Value = T>,
{
    let refuse = |what: String| Problem::whole(what).in_file(path);
    let file = File::open(path).map_err(|error| refuse(error.to_string()))?;
    let reader = BufReader::with_capacity(256 * 1024, file);
    let mut json = serde_json::Deserializer::from_reader(reader);
    let value = seed.deserialize(&mut json);
    value
        .and_then(|value| json.end().map(|()| value))
        .map_err(|error| {
            let kind = match error.classify() {
                serde_json::error::Category::Eof => "cut short: ",
                serde_json::error::Category::Syntax => "no JSON: ",
                _ => "",
            };
            refuse(format!("{kind}{error}"))
        })
}

/// Reads a whole small file as one value.
pub(super) fn read_value<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, Refused> {
    read(path, PhantomData::<T>)
}

/// An error of a visitor, with what is wrong.
pub(super) fn error<E: Error>(problem: &Problem) -> E {
    E::custom(problem)
}

/// Reads an object by its keys: `entry` takes each key and must read its value.
pub(super) struct Object<F> {
    pub(super) expected: &'static str,
    pub(super) entry: F,
}

/// Reads the value that belongs to a key of an [`Object`].
pub(super) trait Entry<'de> {
    fn entry<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error>;
}

impl<'de, F: Entry<'de>> DeserializeSeed<'de> for Object<F> {
    type Value = F;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<F, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, F: Entry<'de>> Visitor<'de> for Object<F> {
    type Value = F;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected)
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<F, A::Error> {
        let mut key = String::new();
        while map.next_key_seed(Reused(&mut key))?.is_some() {
            self.entry.entry(&key, &mut map)?;
        }
        Ok(self.entry)
    }
}

/// Reads an array, each item by a seed that `item` makes.
pub(super) struct Array<F> {
    pub(super) expected: &'static str,
    pub(super) item: F,
}

/// Reads one item of an [`Array`]; false at its end.
pub(super) trait Item<'de> {
    fn item<A: SeqAccess<'de>>(&mut self, seq: &mut A) -> Result<bool, A::Error>;
}

impl<'de, F: Item<'de>> DeserializeSeed<'de> for Array<F> {
    type Value = F;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<F, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, F: Item<'de>> Visitor<'de> for Array<F> {
    type Value = F;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected)
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut seq: A) -> Result<F, A::Error> {
        while self.item.item(&mut seq)? {}
        Ok(self.item)
    }
}

/// Reads a string into one that is there already.
pub(super) struct Reused<'s>(pub(super) &'s mut String);

impl<'de> DeserializeSeed<'de> for Reused<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Reused<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.0.clear();
        self.0.push_str(text);
        Ok(())
    }
}
