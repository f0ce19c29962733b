//! What a page says when its program does not come, or has ended. These words stand in the page itself: whatever else is
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
    title: "This page does not answer any more",
    mistake: "A mistake of ours stopped the part of the page that answers. Nothing was sent.",
    renewed: "The site was renewed after this page was opened or kept. Load it again to get the new one.",
    missing: "A file of this site does not arrive. It may be missing, or something on the way holds it back. Load the page again. If that does not help, tell the people who run this site.",
    offline: "There is no connection, so a part of the page could not be loaded. Load it again when you are online.",
    unable: "This browser cannot run WebAssembly, with which this page answers. Some browsers switch it off for safety, for example in Lockdown Mode. Use another browser or another device.",
    forbidden: "A rule of your browser, of an extension or of your network forbids WebAssembly, with which this page answers. Use another browser or another network.",
    file: "This page was opened as a file. Browsers start its program only when it comes from a web server.",
    general: "What holds for everybody can still be read:",
    rules: "all rules and their sources",
    kept: "Your answers, as a link to copy and keep",
    with_answers: "Load again with my answers",
    without_answers: "Load again without answers",
    late: "The part of this page that answers has not arrived yet",
    late_why: "The connection may be slow, or this page may be older than the site. What you have chosen is done as soon as it is there.",
    again: "Load the page again",
};
