//! Chromium and ChromeDriver: found, or installed by the system's package manager where that is allowed.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Failure, Result};
use crate::process;

const ADVICE: &str = "\
The tests run in Chromium or Chrome, with the ChromeDriver of the same version:
  Debian:   apt-get install chromium chromium-driver
  Fedora:   dnf install chromium chromedriver
  Arch:     pacman -S chromium
  Alpine:   apk add chromium chromium-chromedriver
  macOS:    brew install --cask google-chrome chromedriver
  Ubuntu:   Google Chrome (https://www.google.com/chrome) and https://googlechromelabs.github.io/chrome-for-testing
Where they stand elsewhere, name them: CHROMIUM=/path/to/chrome CHROMEDRIVER=/path/to/chromedriver";

const BROWSERS: &[&str] = &[
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
];
const MAC_BROWSERS: &[&str] = &[
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/// A browser and its driver, of one version.
#[derive(Debug)]
pub(crate) struct Browser {
    pub(crate) chromium: PathBuf,
    pub(crate) chromedriver: PathBuf,
}

/// Finds Chromium and its driver, and installs them where they are missing and that is allowed.
pub(crate) fn find_or_install() -> Result<Browser> {
    if let Some(browser) = find()? {
        return Ok(browser);
    }
    install()?;
    find()?.ok_or_else(|| Failure::new("Chromium or ChromeDriver is missing").advice(ADVICE))
}

fn find() -> Result<Option<Browser>> {
    let chromium = match named("CHROMIUM")? {
        Some(path) => Some(path),
        None => BROWSERS
            .iter()
            .find_map(|name| process::on_path(name))
            .or_else(|| {
                MAC_BROWSERS
                    .iter()
                    .map(PathBuf::from)
                    .find(|path| path.is_file())
            }),
    };
    let chromedriver = match named("CHROMEDRIVER")? {
        Some(path) => Some(path),
        // GitHub's runners name a folder.
        None => env::var_os("CHROMEWEBDRIVER")
            .map(|dir| Path::new(&dir).join("chromedriver"))
            .filter(|path| path.is_file())
            .or_else(|| process::on_path("chromedriver")),
    };
    let (Some(chromium), Some(chromedriver)) = (chromium, chromedriver) else {
        return Ok(None);
    };
    let (of_browser, of_driver) = (major(&chromium)?, major(&chromedriver)?);
    if of_browser != of_driver {
        let what = format!(
            "{} is of version {of_browser}, but {} of version {of_driver}",
            chromium.display(),
            chromedriver.display()
        );
        return Err(Failure::new(what).advice(ADVICE));
    }
    Ok(Some(Browser {
        chromium,
        chromedriver,
    }))
}

fn named(variable: &str) -> Result<Option<PathBuf>> {
    match env::var_os(variable).map(PathBuf::from) {
        Some(path) if !path.is_file() => Err(Failure::new(format!(
            "{variable} names {}, which is no file",
            path.display()
        ))
        .advice(ADVICE)),
        path => Ok(path),
    }
}

fn major(program: &Path) -> Result<u32> {
    let said = process::output(Command::new(program).arg("--version"))?;
    first_number(&said)
        .ok_or_else(|| Failure::new(format!("{} says no version: {said}", program.display())))
}

fn first_number(text: &str) -> Option<u32> {
    text.split(|char: char| !char.is_ascii_digit())
        .find(|digits| !digits.is_empty())?
        .parse()
        .ok()
}

fn install() -> Result<()> {
    if process::on_path("apt-get").is_some() && has_package("chromium-driver") {
        let Some(sudo) = root_prefix() else {
            return Err(Failure::new(
                "Chromium or ChromeDriver is missing, and installing it needs root",
            )
            .advice(ADVICE));
        };
        super::announce(
            "Chromium and ChromeDriver with apt-get",
            "about half a minute",
        );
        apt(sudo, &["update", "-qq"])?;
        return apt(
            sudo,
            &[
                "install",
                "-y",
                "-qq",
                "--no-install-recommends",
                "chromium",
                "chromium-driver",
                "fonts-liberation",
            ],
        );
    }
    if cfg!(target_os = "macos") && process::on_path("brew").is_some() {
        super::announce(
            "Google Chrome and ChromeDriver with Homebrew",
            "about a minute",
        );
        return process::run(process::command("brew").args([
            "install",
            "--cask",
            "google-chrome",
            "chromedriver",
        ]));
    }
    Err(Failure::new("Chromium or ChromeDriver is missing").advice(ADVICE))
}

/// Debian has this package. Ubuntu's Chromium is a snap, which neither containers nor drivers can use.
fn has_package(name: &str) -> bool {
    // A fresh container knows no package at all before its first update: Debian itself is enough then.
    let debian = std::fs::read_to_string("/etc/os-release")
        .is_ok_and(|release| release.lines().any(|line| line == "ID=debian"));
    debian || process::output(process::command("apt-cache").args(["show", name])).is_ok()
}

/// What to put before a command to run it as root; `None` where that is not to be had without asking.
fn root_prefix() -> Option<&'static [&'static str]> {
    if process::output(process::command("id").arg("-u")).is_ok_and(|id| id == "0") {
        return Some(&[]);
    }
    process::output(process::command("sudo").args(["-n", "true"]))
        .ok()
        .map(|_| &["sudo", "-n"][..])
}

fn apt(sudo: &[&str], args: &[&str]) -> Result<()> {
    let mut words = sudo
        .iter()
        .copied()
        .chain(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"])
        .chain(args.iter().copied());
    let mut command = process::command(words.next().unwrap_or("apt-get"));
    process::run(command.args(words))
        .map_err(|failure| Failure::new(failure.to_string()).advice(ADVICE))
}

#[cfg(test)]
mod tests {
    use super::first_number;

    #[test]
    fn the_version_of_a_browser_is_its_first_number() {
        assert_eq!(
            first_number("Chromium 156.0.7000.1 built on Debian"),
            Some(156)
        );
        assert_eq!(first_number("ChromeDriver 156.0.7000.1 (abc)"), Some(156));
        assert_eq!(first_number("Google Chrome"), None);
    }
}
