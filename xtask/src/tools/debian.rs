//! Packages of Debian.

use super::{on_path, say};
use crate::shell::{Result, Surroundings, said};
use xshell::cmd;

/// Packages that are missing, with what they are for. All are installed at once, or named in one command.
#[derive(Default)]
pub struct Wanted {
    packages: Vec<&'static str>,
    reasons: Vec<&'static str>,
}

impl Wanted {
    pub fn add(&mut self, packages: &[&'static str], reason: &'static str) {
        if !packages.is_empty() {
            self.packages.extend(packages);
            self.reasons.push(reason);
        }
    }

    pub fn install(self, host: &Surroundings<'_>) -> Result {
        let Wanted { packages, reasons } = self;
        if packages.is_empty() {
            return Ok(());
        }
        let reasons = reasons.join("; ");
        if !is_root(host) || on_path("apt-get").is_none() {
            let packages = packages.join(" ");
            return Err(format!("{reasons}. Install as root: apt-get install {packages}").into());
        }
        say(&format!("installing Debian's {}: {reasons}", packages.join(", ")));
        let host = host.clone().with("DEBIAN_FRONTEND", "noninteractive");
        cmd!(host, "apt-get update -q").run()?;
        cmd!(host, "apt-get install -q -y --no-install-recommends {packages...}").run()?;
        Ok(())
    }
}

/// Those of some packages that are not installed.
pub fn missing(host: &Surroundings<'_>, packages: &[&'static str]) -> Vec<&'static str> {
    let status = |package: &str| said(cmd!(host, "dpkg-query -W '-f=${db:Status-Status}' {package}"));
    packages.iter().copied().filter(|package| status(package).as_deref() != Some("installed")).collect()
}

pub fn is_root(host: &Surroundings<'_>) -> bool {
    said(cmd!(host, "id -u")).as_deref() == Some("0")
}
