//! As much of the WebAssembly binary format as it takes to tell which function has how many bytes.

use crate::failure::{Failure, Result};

/// What a module holds.
#[derive(Debug, Default)]
pub(super) struct Module {
    pub(super) functions: Vec<Function>,
    /// Bytes of the data section.
    pub(super) data: usize,
}

#[derive(Debug)]
pub(super) struct Function {
    pub(super) name: String,
    pub(super) size: usize,
}

const CUSTOM: u8 = 0;
const IMPORT: u8 = 2;
const CODE: u8 = 10;
const DATA: u8 = 11;
const FUNCTION_NAMES: u8 = 1;

/// Reads the functions of a module, and their names from its name section.
pub(super) fn read(bytes: &[u8]) -> Result<Module> {
    parse(bytes).ok_or_else(|| Failure::new("the wasm of the page cannot be read"))
}

fn parse(bytes: &[u8]) -> Option<Module> {
    let mut reader = Reader(bytes.strip_prefix(b"\0asm\x01\0\0\0")?);
    let mut module = Module::default();
    let mut imported = 0;
    while let Some(id) = reader.byte() {
        let mut section = reader.sized()?;
        match id {
            IMPORT => imported = imported_functions(section)?,
            CODE => {
                for _ in 0..section.number()? {
                    let size = section.sized()?.0.len();
                    module.functions.push(Function {
                        name: String::new(),
                        size,
                    });
                }
            }
            DATA => module.data = section.0.len(),
            CUSTOM if section.text()? == "name" => {
                name_functions(section, imported, &mut module.functions)?;
            }
            _ => {}
        }
    }
    Some(module)
}

/// How many of the imports are functions: those have the first numbers.
fn imported_functions(mut section: Reader<'_>) -> Option<usize> {
    let mut functions = 0;
    for _ in 0..section.number()? {
        section.text()?;
        section.text()?;
        match section.byte()? {
            0 => {
                functions += 1;
                section.number()?;
            }
            // A table (type, limits), a memory (limits), a global (type, mutability).
            1 => {
                section.byte()?;
                section.limits()?;
            }
            2 => section.limits()?,
            3 => {
                section.byte()?;
                section.byte()?;
            }
            _ => return None,
        }
    }
    Some(functions)
}

fn name_functions(
    mut section: Reader<'_>,
    imported: usize,
    functions: &mut [Function],
) -> Option<()> {
    while let Some(id) = section.byte() {
        let mut names = section.sized()?;
        if id != FUNCTION_NAMES {
            continue;
        }
        for _ in 0..names.number()? {
            let number = names.number()?;
            let name = names.text()?;
            if let Some(function) = number
                .checked_sub(imported)
                .and_then(|own| functions.get_mut(own))
            {
                name.clone_into(&mut function.name);
            }
        }
    }
    Some(())
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    /// An unsigned number in LEB128.
    fn number(&mut self) -> Option<usize> {
        let mut value = 0_usize;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            value |= usize::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }

    /// What stands behind its own length.
    fn sized(&mut self) -> Option<Reader<'a>> {
        let length = self.number()?;
        let (inside, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(Reader(inside))
    }

    fn text(&mut self) -> Option<&'a str> {
        std::str::from_utf8(self.sized()?.0).ok()
    }

    fn limits(&mut self) -> Option<()> {
        let has_maximum = self.byte()? & 1 == 1;
        self.number()?;
        if has_maximum {
            self.number()?;
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_have_their_names_and_sizes() {
        // One type, one imported function "e.i", one own function of 2 bytes named "own", and 3 bytes of data section.
        let module: &[&[u8]] = &[
            b"\0asm\x01\0\0\0",
            &[1, 4, 1, 0x60, 0, 0],
            &[2, 7, 1, 1, b'e', 1, b'i', 0, 0],
            &[3, 2, 1, 0],
            &[10, 4, 1, 2, 0, 0x0b],
            &[11, 3, 0, 0, 0],
            &[0, 16, 4, b'n', b'a', b'm', b'e'],
            &[1, 9, 2, 0, 1, b'i', 1, 3, b'o', b'w', b'n'],
        ];
        let read = read(&module.concat()).unwrap();
        assert_eq!(read.functions.len(), 1);
        assert_eq!(
            (
                read.functions[0].name.as_str(),
                read.functions[0].size,
                read.data
            ),
            ("own", 2, 3)
        );
    }

    #[test]
    fn what_is_no_module_is_refused() {
        assert!(read(b"<html>").is_err());
        assert!(read(b"\0asm\x01\0\0\0\x0a\xff").is_err());
    }
}
