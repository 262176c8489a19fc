//! Files from a server into the mirror, by curl: streamed, kept while the server has no newer one, and resumed where
//! they broke off.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use crate::failure::{Context as _, Failure, Result};
use crate::process;

/// How often a transfer that breaks off is taken up again.
const ATTEMPTS: u32 = 5;

/// curl's exit status for a server that does not resume.
const NO_RESUME: i32 = 33;

/// curl's exit status for an answer of 400 or above.
const HTTP_ERROR: i32 = 22;

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// There is a new one.
    Downloaded,
    /// The one that was there is the server's.
    Kept,
    /// The server has none.
    Missing,
}

/// A client.
#[derive(Debug)]
pub(super) struct Client {
    curl: PathBuf,
    /// How long it waits before it takes a transfer up again, times the number of the attempt.
    pub(super) pause: Duration,
}

/// The answer to one request.
struct Answer {
    /// curl's exit status.
    exit: i32,
    http: u16,
    said: String,
}

impl Client {
    /// A client, if curl is installed.
    pub(super) fn new() -> Result<Self> {
        let curl = process::on_path("curl").ok_or_else(|| {
            Failure::new("no curl on the PATH, which downloads the price files")
                .advice("install curl, or download the files by other means and use `cargo xtask prices import`")
        })?;
        Ok(Self {
            curl,
            pause: Duration::from_secs(2),
        })
    }

    /// Downloads a file, unless the one that is there is the server's.
    pub(super) fn fetch(&self, url: &str, to: &Path) -> Result<Outcome> {
        let files = Files::of(to);
        if let Some(dir) = to.parent() {
            fs::create_dir_all(dir).context(dir.display())?;
        }
        let mut last = String::new();
        for attempt in 0..ATTEMPTS {
            if attempt > 0 {
                thread::sleep(self.pause * attempt);
            }
            let answer = self.request(url, &files)?;
            match (answer.exit, answer.http) {
                (0, 304) if files.whole.is_file() => {
                    files.drop_part();
                    return Ok(Outcome::Kept);
                }
                (0, 200 | 206) => {
                    files.finish()?;
                    return Ok(Outcome::Downloaded);
                }
                (HTTP_ERROR, 403 | 404) => {
                    files.drop_part();
                    return Ok(Outcome::Missing);
                }
                // The part is of another file, or the server resumes none: from the start.
                (NO_RESUME, _) | (HTTP_ERROR, 416) => files.drop_part(),
                (HTTP_ERROR, 400..500) => {
                    return Err(Failure::new(format!("{url}: {}", answer.said)));
                }
                _ => files.keep_tag(),
            }
            last = answer.said;
        }
        Err(
            Failure::new(format!("{url}: broke off {ATTEMPTS} times: {last}"))
                .advice("what was downloaded is kept: run the command again to go on"),
        )
    }

    fn request(&self, url: &str, files: &Files) -> Result<Answer> {
        let mut command = process::command(&self.curl);
        command.args(["--silent", "--show-error", "--fail", "--location"]);
        command.args(["--proto", "=http,https", "--remote-time"]);
        command.args(["--connect-timeout", "30"]);
        // A transfer that stands still for a minute has broken off.
        command.args(["--speed-limit", "1", "--speed-time", "60"]);
        command.args(["--write-out", "%{http_code}"]);
        command.arg("--dump-header").arg(&files.headers);
        command.arg("--output").arg(&files.part);
        let tag_of = |file: &Path, tag: &Path| {
            let there = file.is_file();
            there.then(|| fs::read_to_string(tag).ok()).flatten()
        };
        if let Some(tag) = tag_of(&files.part, &files.part_tag) {
            command.args(["--continue-at", "-"]);
            command.args(["--header", &format!("If-Range: {}", tag.trim())]);
        } else {
            files.drop_part();
            if let Some(tag) = tag_of(&files.whole, &files.tag) {
                command.args(["--header", &format!("If-None-Match: {}", tag.trim())]);
            }
        }
        command.arg("--").arg(url);
        let output = command.output().context("could not run curl")?;
        Ok(Answer {
            exit: output.status.code().unwrap_or(-1),
            http: String::from_utf8_lossy(&output.stdout)
                .trim()
                .parse()
                .unwrap_or_default(),
            said: String::from_utf8_lossy(&output.stderr).trim().to_owned(),
        })
    }
}

/// A file of the mirror, what there is of a newer one, and the server's tags of both.
struct Files {
    whole: PathBuf,
    tag: PathBuf,
    part: PathBuf,
    part_tag: PathBuf,
    headers: PathBuf,
}

impl Files {
    fn of(whole: &Path) -> Self {
        let beside = |suffix: &str| {
            let mut name = whole.file_name().unwrap_or_default().to_owned();
            name.push(suffix);
            whole.with_file_name(name)
        };
        Self {
            whole: whole.to_owned(),
            tag: beside(".etag"),
            part: beside(".part"),
            part_tag: beside(".part.etag"),
            headers: beside(".headers"),
        }
    }

    /// Makes the part the file.
    fn finish(&self) -> Result<()> {
        self.keep_tag();
        // The old tag goes first: without one, the next run downloads again, whatever happens in between.
        let _ = fs::remove_file(&self.tag);
        fs::rename(&self.part, &self.whole).context(self.whole.display())?;
        let _ = fs::rename(&self.part_tag, &self.tag);
        Ok(())
    }

    /// Keeps the tag of the last answer for the part. Without a strong one the part cannot be resumed.
    fn keep_tag(&self) {
        let headers = fs::read_to_string(&self.headers).unwrap_or_default();
        let _ = fs::remove_file(&self.headers);
        let tag = headers.lines().rev().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            let tag = value.trim();
            (name.eq_ignore_ascii_case("etag") && tag.starts_with('"')).then(|| tag.to_owned())
        });
        match tag {
            Some(tag) => {
                let _ = fs::write(&self.part_tag, tag);
            }
            // No answer, or one without a tag: what came before still holds if nothing was written since.
            None if headers.is_empty() => {}
            None => {
                let _ = fs::remove_file(&self.part_tag);
            }
        }
    }

    fn drop_part(&self) {
        for path in [&self.part, &self.part_tag, &self.headers] {
            let _ = fs::remove_file(path);
        }
    }
}
