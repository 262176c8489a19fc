//! A server on 127.0.0.1 that knows tags and ranges, and breaks off when told to.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

#[derive(Default)]
struct State {
    files: BTreeMap<String, Vec<u8>>,
    /// How many more times the answer for a path breaks off, and after how many bytes.
    cuts: BTreeMap<String, (u32, usize)>,
    log: Vec<(String, String)>,
}

pub(super) struct Server {
    url: String,
    state: Arc<Mutex<State>>,
}

impl Server {
    pub(super) fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(Mutex::new(State::default()));
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // A client that goes away is its own affair.
                let _ = answer(&stream, &shared);
            }
        });
        Self { url, state }
    }

    pub(super) fn url(&self) -> String {
        self.url.clone()
    }

    pub(super) fn put(&self, path: &str, text: &str) {
        let mut state = self.state.lock().unwrap();
        state.files.insert(format!("/{path}"), text.into());
    }

    pub(super) fn remove(&self, path: &str) {
        self.state.lock().unwrap().files.remove(&format!("/{path}"));
    }

    pub(super) fn cut(&self, path: &str, times: u32, after: usize) {
        let mut state = self.state.lock().unwrap();
        state.cuts.insert(format!("/{path}"), (times, after));
    }

    pub(super) fn clear_log(&self) {
        self.state.lock().unwrap().log.clear();
    }

    pub(super) fn log(&self) -> Vec<(String, String)> {
        self.state.lock().unwrap().log.clone()
    }

    pub(super) fn log_of(&self, path: &str) -> Vec<String> {
        let log = self.log().into_iter();
        log.filter(|(known, _)| known == path)
            .map(|(_, answer)| answer)
            .collect()
    }
}

fn answer(mut stream: &TcpStream, state: &Mutex<State>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut headers = BTreeMap::new();
    loop {
        line.clear();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(": ") else {
            break;
        };
        headers.insert(name.to_ascii_lowercase(), value.to_owned());
    }
    let mut state = state.lock().unwrap();
    let Some(body) = state.files.get(&path).cloned() else {
        state.log.push((path, "404".to_owned()));
        return write!(
            stream,
            "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        );
    };
    let sum = body.iter().fold(5381_u64, |sum, byte| {
        sum.wrapping_mul(33) ^ u64::from(*byte)
    });
    let tag = format!("\"{sum:x}\"");
    let same = |name| headers.get(name).is_some_and(|known| *known == tag);
    let range = headers
        .get("range")
        .filter(|_| same("if-range"))
        .and_then(|range| {
            range
                .strip_prefix("bytes=")?
                .strip_suffix('-')?
                .parse()
                .ok()
        });
    let start: usize = range.unwrap_or(0);
    let status = if same("if-none-match") {
        "304 Not Modified"
    } else if range.is_some() {
        "206 Partial Content"
    } else {
        "200 OK"
    };
    let code = &status[..3];
    state
        .log
        .push((path.clone(), format!("{code} from {start}")));
    if code == "304" {
        return write!(
            stream,
            "HTTP/1.1 {status}\r\nETag: {tag}\r\nConnection: close\r\n\r\n"
        );
    }
    let rest = &body[start.min(body.len())..];
    write!(
        stream,
        "HTTP/1.1 {status}\r\nETag: {tag}\r\nContent-Length: {}\r\nConnection: close\r\n",
        rest.len()
    )?;
    if range.is_some() {
        let last = body.len() - 1;
        write!(
            stream,
            "Content-Range: bytes {start}-{last}/{}\r\n",
            body.len()
        )?;
    }
    write!(stream, "\r\n")?;
    let sent = match state.cuts.get_mut(&path) {
        Some((times, after)) if *times > 0 => {
            *times -= 1;
            *after
        }
        _ => rest.len(),
    };
    stream.write_all(&rest[..sent.min(rest.len())])
}
