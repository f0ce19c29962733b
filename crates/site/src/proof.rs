//! What `rulebook prove` showed, for the site's page of it.

use serde::Deserialize;
use serde::de::IgnoredAny;

const PROVE: &str = "cargo run -q --bin rulebook -- prove --out target/site-data";

/// What was shown for the rulebook of one cycle.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct Proof {
    pub cycle: String,
    /// The hash of the rulebook that was proven.
    pub rulebook: String,
    pub sizes: Vec<Size>,
    pub days: usize,
    pub checks: Vec<Check>,
}

/// How many complete answer sets one cell has.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct Size {
    pub cell: String,
    pub questions: usize,
    pub answer_sets: f64,
}

/// Whether everything was looked at, or cases were drawn.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    All,
    Drawn,
}

/// One claim, and how it was looked at.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct Check {
    pub id: String,
    pub how: How,
    pub count: usize,
    /// In the prover's own words, which are English.
    pub notes: Vec<String>,
    pub failures: Vec<IgnoredAny>,
}

/// The proof of this rulebook as it stands.
///
/// # Errors
/// When there is none, or a claim of it does not hold.
pub fn of<'p>(proofs: &'p [Proof], cycle: &str, rulebook: &str) -> Result<&'p Proof, String> {
    let unproven = |why: &str| format!("the rulebook of {cycle}, {rulebook}, is not proven{why}; `{PROVE}` proves it");
    let proof = proofs.iter().find(|proof| proof.cycle == cycle).ok_or_else(|| unproven(""))?;
    if proof.rulebook != rulebook {
        return Err(unproven(&format!(" as it stands, but another: {}", proof.rulebook)));
    }
    let failed = proof.checks.iter().filter(|check| !check.failures.is_empty());
    let failed: Vec<&str> = failed.map(|check| &*check.id).collect();
    if !failed.is_empty() {
        return Err(format!("the proof of {cycle} fails: {}", failed.join(", ")));
    }
    Ok(proof)
}
