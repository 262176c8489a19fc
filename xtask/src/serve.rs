//! `cargo xtask serve`: the release page on a local port, in a browser where there is one.

use std::env;
use std::process::Stdio;
use std::thread;

use lexopt::prelude::*;

use crate::failure::Result;
use crate::server::{self, Mount};
use crate::{build, paths, process};

const PORT: u16 = 4173;
/// The tests of a sub-path use this one too.
pub(crate) const SUB_PATH: &str = "/some/sub/path/";

pub(crate) struct Options {
    port: Option<u16>,
    open: bool,
    build: bool,
}

impl Options {
    pub(crate) fn parse(mut args: lexopt::Parser) -> Result<Self> {
        let mut options = Self {
            port: None,
            open: true,
            build: true,
        };
        while let Some(arg) = args.next()? {
            match arg {
                Long("port") => options.port = Some(args.value()?.parse()?),
                Long("no-open") => options.open = false,
                Long("no-build") => options.build = false,
                other => return Err(other.unexpected().into()),
            }
        }
        Ok(options)
    }
}

pub(crate) fn run(options: &Options) -> Result<()> {
    if options.build {
        build::fresh_dist()?;
    } else {
        build::startup_files(&paths::dist())?;
    }
    let server = match options.port {
        Some(port) => server::start(mounts(), port)?,
        // The usual port may be taken by another page: any other does.
        None => server::start(mounts(), PORT).or_else(|_| server::start(mounts(), 0))?,
    };
    let url = format!("{}/", server.url());
    println!("\nBerth is at {url}  (Ctrl-C ends it)");
    if options.open {
        open(&url);
    }
    loop {
        thread::park();
    }
}

/// The page at the root and, as on a host that holds several, under a path.
pub(crate) fn mounts() -> Vec<Mount> {
    ["/", SUB_PATH]
        .map(|prefix| Mount {
            prefix,
            folder: paths::dist(),
        })
        .into()
}

/// Opens the page where a person can see it; a machine without a display only gets the address.
fn open(url: &str) {
    let (program, first): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("cmd", &["/C", "start", ""])
    } else if env::var_os("DISPLAY").is_some() || env::var_os("WAYLAND_DISPLAY").is_some() {
        ("xdg-open", &[])
    } else {
        return;
    };
    let opened = process::command(program)
        .args(first)
        .arg(url)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    if opened.is_err() {
        println!("No browser could be opened: open the address yourself.");
    }
}
