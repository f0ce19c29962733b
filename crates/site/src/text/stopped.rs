//! What a page says when its program does not come, or has ended. These words are in the page itself: whatever else is
//! missing then, they are there.

/// Words for each cause that `static/first.js` can tell.
#[derive(Debug)]
pub struct Stopped {
    pub title: &'static str,
    /// A mistake of ours ended the program.
    pub mistake: &'static str,
    /// The site has other files than this page knows.
    pub renewed: &'static str,
    /// A file does not come.
    pub missing: &'static str,
    /// There is no connection.
    pub offline: &'static str,
    /// The browser has no WebAssembly.
    pub unable: &'static str,
    /// A policy forbids it.
    pub forbidden: &'static str,
    /// The page was opened as a file.
    pub file: &'static str,
    /// What can still be read. The link to the rules follows.
    pub general: &'static str,
    pub rules: &'static str,
    pub kept: &'static str,
    pub with_answers: &'static str,
    pub without_answers: &'static str,
    /// Before the program is there, after a long time.
    pub late: &'static str,
    pub late_why: &'static str,
    pub again: &'static str,
}

pub const EN: Stopped = Stopped {
    title: "This page has stopped working",
    mistake: "A mistake of ours stopped this page. Nothing was sent.",
    renewed: "The site was updated after this page was opened or saved. Load the page again to get the new one.",
    missing: "A file of this site does not load. It may be missing, or something may be blocking it. Load the page again. If that does not help, tell the people who run this site.",
    offline: "There is no connection, so part of the page could not be loaded. Load it again when you are online.",
    unable: "This browser cannot run WebAssembly, which this page needs. Some browsers switch it off for safety, for example in Lockdown Mode. Use another browser or another device.",
    forbidden: "A rule of your browser, of an extension or of your network blocks WebAssembly, which this page needs. Use another browser or another network.",
    file: "This page was opened as a file. Browsers start its program only when it comes from a web server.",
    general: "You can still read what is the same for everyone:",
    rules: "all rules and their sources",
    kept: "Your answers, as a link to copy and keep",
    with_answers: "Load again with my answers",
    without_answers: "Load again without answers",
    late: "This page is not ready yet",
    late_why: "The connection may be slow, or this page may be older than the site. What you have chosen counts as soon as the page is ready.",
    again: "Load the page again",
};
