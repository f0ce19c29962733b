//! The folder of the tools, outside the clone.

use crate::shell::Result;
use std::{
    env, fs,
    path::{Path, PathBuf},
    process,
};

pub fn folder() -> Result<PathBuf> {
    let of = |name| env::var_os(name).map(PathBuf::from).filter(|folder| folder.is_absolute());
    let caches = of("XDG_CACHE_HOME").or_else(|| Some(of("HOME")?.join(".cache")));
    let folder = caches.ok_or("neither XDG_CACHE_HOME nor HOME names a folder for the tools")?.join("img-self-check");
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// A folder that is filled under another name first, so that a half-finished install is never taken for a tool.
pub struct Unfinished(PathBuf);

impl Unfinished {
    pub fn in_cache(cache: &Path, name: &str) -> Result<Unfinished> {
        let folder = cache.join(format!(".{name}-{}", process::id()));
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir(&folder)?;
        Ok(Unfinished(folder))
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    pub fn finish(self, folder: &Path) -> Result {
        if folder.exists() {
            fs::remove_dir_all(folder)?;
        }
        Ok(fs::rename(&self.0, folder)?)
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // Nothing is left there once it has been renamed.
        let _ = fs::remove_dir_all(&self.0);
    }
}
