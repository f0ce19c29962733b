//! A server of files for this machine alone, as simple as the hosts that the site is made for: it knows
//! paths, types and the page for wrong addresses, and nothing else.

use crate::run::Problem;
use std::{
    fs,
    io::{self, BufRead, BufReader, Write},
    net::{Ipv4Addr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    sync::Arc,
    thread,
    time::Duration,
};

pub struct Server {
    listener: TcpListener,
    /// Path under which the site seems to lie, with a slash at both ends.
    base: String,
}

impl Server {
    pub fn bind(port: u16, base: String) -> Result<Server, Problem> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .map_err(|error| Problem::new(format!("port {port}: {error}; choose another with --port")))?;
        Ok(Server { listener, base })
    }

    pub fn address(&self) -> Result<String, Problem> {
        Ok(format!("http://{}{}", self.listener.local_addr()?, self.base))
    }

    /// Serves until the process ends.
    pub fn run(self) {
        let base: Arc<str> = self.base.into();
        for stream in self.listener.incoming() {
            let base = Arc::clone(&base);
            // A browser that hangs up early is no concern of ours.
            thread::spawn(move || stream.and_then(|stream| answer(stream, &base)));
        }
    }
}

struct Answer {
    status: &'static str,
    headers: Vec<String>,
    body: Vec<u8>,
}

fn answer(mut stream: TcpStream, base: &str) -> io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    let mut lines = BufReader::new(&stream).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    // The headers say nothing that matters here, but a browser wants them read.
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    let mut words = request.split(' ');
    let (method, address) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let Answer { status, headers, body } = match method {
        "GET" | "HEAD" => find(address, base),
        _ => Answer { status: "405 Method Not Allowed", headers: vec!["Allow: GET, HEAD".to_owned()], body: vec![] },
    };
    let mut head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n", body.len());
    for header in headers {
        head += &(header + "\r\n");
    }
    head += "Cache-Control: no-cache\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n";
    stream.write_all(head.as_bytes())?;
    if method == "GET" {
        stream.write_all(&body)?;
    }
    stream.flush()
}

fn find(address: &str, base: &str) -> Answer {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    if base.strip_suffix('/') == Some(path) && !path.is_empty() {
        return Answer { status: "301 Moved Permanently", headers: vec![format!("Location: {base}")], body: vec![] };
    }
    let found = decode(path).and_then(|path| file(path.strip_prefix(base)?));
    if let Some(file) = found
        && let Ok(body) = fs::read(&file)
    {
        return Answer { status: "200 OK", headers: vec![content_type(&file)], body };
    }
    let not_found = Path::new("dist/404.html");
    Answer {
        status: "404 Not Found",
        headers: vec![content_type(not_found)],
        body: fs::read(not_found).unwrap_or_default(),
    }
}

/// The file of a path below the site's root, unless the path leads out of the site.
fn file(path: &str) -> Option<PathBuf> {
    let inside = path.split('/').all(|part| !part.starts_with('.') && !part.contains(['\\', '\0']));
    let mut file = Path::new("dist").join(path);
    if path.is_empty() || path.ends_with('/') {
        file.push("index.html");
    }
    (inside && !path.starts_with('/')).then_some(file)
}

fn decode(path: &str) -> Option<String> {
    let mut bytes = path.bytes();
    let mut decoded = Vec::new();
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'%' => {
                let digits = [bytes.next()?, bytes.next()?];
                u8::from_str_radix(str::from_utf8(&digits).ok()?, 16).ok()?
            }
            _ => byte,
        });
    }
    String::from_utf8(decoded).ok()
}

fn content_type(file: &Path) -> String {
    let kind = match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("txt") => "text/plain; charset=utf-8",
        Some("ics") => "text/calendar; charset=utf-8",
        _ => "application/octet-stream",
    };
    format!("Content-Type: {kind}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_inside_the_site() {
        assert_eq!(file(""), Some(PathBuf::from("dist/index.html")));
        assert_eq!(file("fr/"), Some(PathBuf::from("dist/fr/index.html")));
        assert_eq!(file("fr/result.html"), Some(PathBuf::from("dist/fr/result.html")));
        for path in ["../Cargo.toml", "fr/../../x", "/etc/hosts", "a\\..\\b", ".git"] {
            assert_eq!(file(path), None, "{path}");
        }
    }

    #[test]
    fn addresses_are_decoded() {
        assert_eq!(decode("/a%20b%2Fc"), Some("/a b/c".to_owned()));
        assert_eq!(decode("/%zz"), None);
        assert_eq!(decode("/%f"), None);
        assert_eq!(decode("/%ff"), None);
    }

    #[test]
    fn a_base_without_its_slash_is_sent_there() {
        assert_eq!(find("/a/b", "/a/b/").headers, ["Location: /a/b/"]);
        assert_eq!(find("/elsewhere", "/a/b/").status, "404 Not Found");
    }
}
