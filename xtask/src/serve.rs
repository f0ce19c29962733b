//! `cargo xtask serve`: the site on the server that the browser tests use too, `tests/browser/server.mjs`.

use crate::{
    flags::Serve,
    shell::Result,
    site,
    tools::{For, set_up},
};
use std::{
    net::{Ipv4Addr, TcpListener},
    os::unix::process::CommandExt,
    process::Command,
};
use xshell::{Shell, cmd};

pub fn serve(shell: &Shell, options: &Serve) -> Result {
    let port = options.port.unwrap_or(8080);
    // Said before the build, which takes longer.
    TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .map_err(|error| format!("port {port}: {error}; choose another with --port"))?;
    let tools = set_up(shell, For::Build)?;
    let (port, base) = (port.to_string(), options.base.as_deref().unwrap_or("/"));
    let mut server = Command::from(cmd!(tools.on_path(), "node tests/browser/server.mjs --port {port} --base {base}"));
    if options.watch {
        println!("The site is ready as soon as it is built, and is rebuilt after each change");
        let mut server = server.spawn()?;
        let watched = site::watch(&tools);
        server.kill()?;
        server.wait()?;
        watched
    } else {
        site::build(&tools)?;
        // In our place, so that what ends us ends it.
        Err(server.exec().into())
    }
}
