//! The command line.

use crate::{bench::Chosen as Part, test::Chosen as Step};
use std::{env, path::PathBuf};

xflags::xflags! {
    /// The project's commands. Each sets up what it needs, and says so before it does it. Tools go to
    /// ${XDG_CACHE_HOME:-$HOME/.cache}/img-self-check. The WebAssembly target comes from rustup, or from Debian's
    /// packages where rustup's server is out of reach; WASM_TARGET_FROM=rustup or =debian forces one of them.
    cmd xtask {
        /// Builds the site and serves it on this machine alone.
        cmd serve {
            /// The port, 8080 unless given.
            optional --port port: u16
            /// The path under which the site lies, / unless given.
            optional --base path: String
            /// Rebuilds the site whenever one of its files changes; a reload shows it.
            optional --watch
        }
        /// Runs everything that must hold, or the steps named.
        cmd test {
            repeated step: Step
            /// Lists the steps.
            optional --list
        }
        /// Takes pictures of every page as people on the way find it, and says how long each is on a phone.
        cmd look {
            /// The folder for the pictures, target/look unless given.
            optional --out out: PathBuf
            /// People, pages, widths or themes; all unless named.
            repeated what: String
        }
        /// Builds the site into dist.
        cmd build {}
        /// Measures what has a goal, or the parts named: peers, engine, size, lighthouse, page.
        cmd bench {
            repeated part: Part
        }
        /// Installs the tools that the other commands need; they do it by themselves.
        cmd setup {}
    }
}

/// What was asked for. Ends the program where that is help or a mistake; nothing asked is help.
pub fn read() -> Xtask {
    if env::args_os().len() > 1 {
        return Xtask::from_env_or_exit();
    }
    Xtask::from_vec(vec!["--help".into()]).unwrap_or_else(|help| help.exit())
}
