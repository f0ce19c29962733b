//! What the browser is told beside the pages. The policy is written here, and nowhere else.

/// What a page may do and load: the site's own files, and nothing else.
pub const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; \
    connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'";

/// What works as a header alone.
pub const AS_HEADER: &str = "frame-ancestors 'none'";

/// The headers for every file, for the host to send.
#[must_use]
pub fn headers() -> [(&'static str, String); 3] {
    [
        ("Content-Security-Policy", format!("{POLICY}; {AS_HEADER}")),
        ("Referrer-Policy", "no-referrer".to_owned()),
        ("X-Content-Type-Options", "nosniff".to_owned()),
    ]
}
