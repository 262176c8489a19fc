//! A small static server on 127.0.0.1, for the eye and for the tests: what a static host does, and no more.
//!
//! It sends `Access-Control-Allow-Origin: *`, as GitHub Pages does: a frame without an origin fetches its modules
//! across origins.

use std::collections::HashMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, SystemTime};

use crate::failure::{Context, Failure, Result};
use crate::size;

const IDLE: Duration = Duration::from_mins(1);
const LONGEST_HEAD: u64 = 16 * 1024;

/// A folder, and the path it is served under (`/` or `/some/path/`).
#[derive(Debug)]
pub(crate) struct Mount {
    pub(crate) prefix: &'static str,
    pub(crate) folder: PathBuf,
}

/// A server that runs until the program ends.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
}

impl Server {
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

/// Serves the folders on a port; port 0 takes any that is free.
pub(crate) fn start(mounts: Vec<Mount>, port: u16) -> Result<Server> {
    let listener = TcpListener::bind(("127.0.0.1", port)).map_err(|error| {
        Failure::new(format!("port {port} cannot be served: {error}"))
            .advice("Choose another one with --port.")
    })?;
    let address = listener.local_addr().context("the server has no address")?;
    let site = Arc::new(Site {
        mounts,
        compressed: Mutex::default(),
    });
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let site = Arc::clone(&site);
            // A visitor that goes away in the middle of an answer is no error of the server.
            thread::spawn(move || drop(site.converse(&stream)));
        }
    });
    Ok(Server { address })
}

/// A file as it stood at a time.
type Version = (PathBuf, SystemTime);

struct Site {
    mounts: Vec<Mount>,
    /// What was compressed already.
    compressed: Mutex<HashMap<Version, Arc<Vec<u8>>>>,
}

struct Request {
    method: String,
    path: String,
    takes_gzip: bool,
    close: bool,
}

struct Answer {
    status: &'static str,
    headers: Vec<(&'static str, String)>,
    body: Arc<Vec<u8>>,
}

impl Site {
    fn converse(&self, stream: &TcpStream) -> std::io::Result<()> {
        stream.set_read_timeout(Some(IDLE))?;
        stream.set_nodelay(true)?;
        let mut reader = BufReader::new(stream);
        while let Some(request) = read_request(&mut reader)? {
            let answer = self.answer(&request);
            write_answer(stream, &request, &answer)?;
            if request.close {
                break;
            }
        }
        Ok(())
    }

    fn answer(&self, request: &Request) -> Answer {
        if request.method != "GET" && request.method != "HEAD" {
            return Answer::text("405 Method Not Allowed", "only GET and HEAD");
        }
        match self.find(&request.path) {
            Found::File(path) => self.file(&path, request.takes_gzip),
            Found::Folder(with_slash) => {
                let mut answer = Answer::text("301 Moved Permanently", "");
                answer.headers.push(("Location", with_slash));
                answer
            }
            Found::Nothing => Answer::text("404 Not Found", "not found"),
        }
    }

    fn file(&self, path: &Path, takes_gzip: bool) -> Answer {
        let Ok(bytes) = fs::read(path) else {
            return Answer::text("404 Not Found", "not found");
        };
        let (kind, compressible) = media_type(path);
        let mut headers = vec![
            ("Content-Type", kind.to_owned()),
            ("Vary", "Accept-Encoding".to_owned()),
        ];
        let mut body = Arc::new(bytes);
        if takes_gzip
            && compressible
            && let Some(small) = self.gzip(path, &body)
        {
            headers.push(("Content-Encoding", "gzip".to_owned()));
            body = small;
        }
        Answer {
            status: "200 OK",
            headers,
            body,
        }
    }

    fn gzip(&self, path: &Path, bytes: &[u8]) -> Option<Arc<Vec<u8>>> {
        let key = (path.to_owned(), fs::metadata(path).ok()?.modified().ok()?);
        let mut compressed = self
            .compressed
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = compressed.get(&key) {
            return Some(Arc::clone(known));
        }
        let small = Arc::new(size::gzip(bytes).ok()?);
        compressed.insert(key, Arc::clone(&small));
        Some(small)
    }

    /// The file of a path. Nothing outside the served folders can be named.
    fn find(&self, target: &str) -> Found {
        let path = target.split(['?', '#']).next().unwrap_or_default();
        let Some(path) = decode(path) else {
            return Found::Nothing;
        };
        let longest = self
            .mounts
            .iter()
            .filter(|mount| path.starts_with(mount.prefix))
            .max_by_key(|mount| mount.prefix.len());
        let Some(mount) = longest else {
            // Like a static host: the folder without its slash leads to the folder.
            let with_slash = format!("{path}/");
            let known = self.mounts.iter().any(|mount| mount.prefix == with_slash);
            return if known {
                Found::Folder(with_slash)
            } else {
                Found::Nothing
            };
        };
        let rest = path.get(mount.prefix.len()..).unwrap_or_default();
        let unsafe_part =
            |part: &str| part == ".." || part == "." || part.contains(['\\', '\0', ':']);
        if rest.starts_with('/') || rest.split('/').any(unsafe_part) {
            return Found::Nothing;
        }
        let mut file = mount.folder.join(rest);
        if file.is_dir() {
            if !path.ends_with('/') {
                return Found::Folder(format!("{path}/"));
            }
            file = file.join("index.html");
        }
        // A link in the folder must not lead out of it.
        match (file.canonicalize(), mount.folder.canonicalize()) {
            (Ok(file), Ok(folder)) if file.starts_with(&folder) && file.is_file() => {
                Found::File(file)
            }
            _ => Found::Nothing,
        }
    }
}

#[derive(Debug, PartialEq)]
enum Found {
    File(PathBuf),
    /// A folder was named without its slash.
    Folder(String),
    Nothing,
}

impl Answer {
    fn text(status: &'static str, text: &str) -> Self {
        Self {
            status,
            headers: vec![("Content-Type", "text/plain; charset=utf-8".to_owned())],
            body: Arc::new(text.as_bytes().to_vec()),
        }
    }
}

fn read_request(reader: &mut impl BufRead) -> std::io::Result<Option<Request>> {
    let mut head = reader.take(LONGEST_HEAD);
    let mut line = String::new();
    if head.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let mut words = line.split_ascii_whitespace().map(str::to_owned);
    let (Some(method), Some(path)) = (words.next(), words.next()) else {
        return Ok(None);
    };
    let mut request = Request {
        method,
        path,
        takes_gzip: false,
        close: false,
    };
    loop {
        let mut header = String::new();
        if head.read_line(&mut header)? == 0 {
            return Ok(None);
        }
        let header = header.trim().to_ascii_lowercase();
        match header.split_once(':') {
            None => return Ok(header.is_empty().then_some(request)),
            Some(("accept-encoding", value)) => request.takes_gzip = value.contains("gzip"),
            Some(("connection", value)) => request.close = value.contains("close"),
            Some(_) => {}
        }
    }
}

fn write_answer(mut stream: &TcpStream, request: &Request, answer: &Answer) -> std::io::Result<()> {
    let mut response = format!(
        "HTTP/1.1 {}\r\nContent-Length: {}\r\nAccess-Control-Allow-Origin: *\r\nCache-Control: no-cache\r\nX-Content-Type-Options: nosniff\r\n",
        answer.status,
        answer.body.len()
    );
    for (name, value) in &answer.headers {
        response.extend([name, ": ", value, "\r\n"]);
    }
    response.push_str("\r\n");
    let mut bytes = response.into_bytes();
    if request.method != "HEAD" {
        bytes.extend_from_slice(&answer.body);
    }
    stream.write_all(&bytes)
}

/// The media type of a file, and whether hosts compress it.
fn media_type(path: &Path) -> (&'static str, bool) {
    match path
        .extension()
        .and_then(|end| end.to_str())
        .unwrap_or_default()
    {
        "html" => ("text/html; charset=utf-8", true),
        "js" | "mjs" => ("text/javascript; charset=utf-8", true),
        "css" => ("text/css; charset=utf-8", true),
        "wasm" => ("application/wasm", true),
        "json" => ("application/json", true),
        "svg" => ("image/svg+xml", true),
        "txt" | "csv" | "md" => ("text/plain; charset=utf-8", true),
        "png" => ("image/png", false),
        "woff2" => ("font/woff2", false),
        _ => ("application/octet-stream", false),
    }
}

/// Decodes `%41`; `None` for what is no text.
fn decode(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(if byte == b'%' {
            hex(rest.next()?)? * 16 + hex(rest.next()?)?
        } else {
            byte
        });
    }
    String::from_utf8(bytes).ok()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with a page, a secret beside it, and a server for it under `/` and `/some/path/`.
    fn served(name: &str) -> Server {
        let outer =
            std::env::temp_dir().join(format!("berth-server-{name}-{}", std::process::id()));
        let folder = outer.join("dist");
        fs::create_dir_all(folder.join("sub")).unwrap();
        fs::write(outer.join("secret.txt"), "secret").unwrap();
        fs::write(folder.join("index.html"), "<p>page</p>".repeat(100)).unwrap();
        fs::write(folder.join("a b.wasm"), [0, 97, 115, 109]).unwrap();
        fs::write(folder.join("sub/index.html"), "sub").unwrap();
        #[cfg(unix)]
        let _ = std::os::unix::fs::symlink(outer.join("secret.txt"), folder.join("link.txt"));
        let mounts = ["/", "/some/path/"].map(|prefix| Mount {
            prefix,
            folder: folder.clone(),
        });
        start(mounts.into(), 0).unwrap()
    }

    fn ask(server: &Server, request: &str) -> String {
        let mut stream = TcpStream::connect(server.address).unwrap();
        write!(stream, "{request}\r\nConnection: close\r\n\r\n").unwrap();
        let mut said = Vec::new();
        stream.read_to_end(&mut said).unwrap();
        String::from_utf8_lossy(&said).into_owned()
    }

    #[test]
    fn the_same_folder_is_served_at_the_root_and_under_a_path() {
        let server = served("paths");
        for path in [
            "/",
            "/index.html",
            "/some/path/",
            "/some/path/index.html?x=1",
        ] {
            let said = ask(&server, &format!("GET {path} HTTP/1.1"));
            assert!(
                said.starts_with("HTTP/1.1 200 OK") && said.contains("<p>page</p>"),
                "{path}: {said}"
            );
            assert!(said.contains("Access-Control-Allow-Origin: *\r\n"));
        }
        assert!(ask(&server, "GET /sub HTTP/1.1").contains("Location: /sub/\r\n"));
        assert!(ask(&server, "GET /nothing HTTP/1.1").starts_with("HTTP/1.1 404"));
        assert!(ask(&server, "POST / HTTP/1.1").starts_with("HTTP/1.1 405"));
    }

    #[test]
    fn nothing_outside_the_folder_is_served() {
        let server = served("outside");
        for path in [
            "/../secret.txt",
            "/%2e%2e/secret.txt",
            "/sub/../../secret.txt",
            "/some/path/../../../secret.txt",
            "/..%5csecret.txt",
            "//etc/passwd",
            "/%2fetc/passwd",
            "/link.txt",
            "/%zz",
        ] {
            let said = ask(&server, &format!("GET {path} HTTP/1.1"));
            assert!(
                said.starts_with("HTTP/1.1 404") && !said.contains("secret\r\n"),
                "{path}: {said}"
            );
        }
    }

    #[test]
    fn wasm_has_its_type_and_text_is_compressed_on_request() {
        let server = served("types");
        assert!(
            ask(&server, "GET /a%20b.wasm HTTP/1.1").contains("Content-Type: application/wasm\r\n")
        );
        let plain = ask(&server, "HEAD / HTTP/1.1");
        assert!(plain.contains("Content-Length: 1100\r\n") && !plain.contains("Content-Encoding"));
        let small = ask(&server, "HEAD / HTTP/1.1\r\nAccept-Encoding: br, gzip");
        assert!(
            small.contains("Content-Encoding: gzip\r\n")
                && !small.contains("Content-Length: 1100\r\n")
        );
    }
}
