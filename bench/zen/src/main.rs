//! The engine and zen-engine natively, taking turns: `bench-zen FOLDER` reads a name from each line of its input and
//! answers with one line of JSON, the time of every input in nanoseconds. `check NAME` answers with the verdicts instead.

use bench::timing::batch;
use bench_parts::{code, unpack, verdicts};
use rules::answers::Answers;
use rules::rulebook::{AsOf, Rulebook};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::hint::black_box;
use std::io::{self, BufRead, Write};
use std::path::Path;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};
use zen_engine::model::DecisionContent;
use zen_engine::{Decision, Variable};

type Failed = Box<dyn Error>;

/// A batch of runs takes at least so long.
const SPAN: Duration = Duration::from_micros(300);

struct Ours {
    book: Rulebook,
    given: Vec<(Answers, AsOf)>,
}

struct Zen {
    runtime: Runtime,
    decision: Decision,
    cells: usize,
    inputs: Vec<Variable>,
}

impl Zen {
    fn new(form: &Value, cells: usize) -> Result<Zen, Failed> {
        let content: DecisionContent = serde_json::from_value(form["graph"].clone())?;
        let inputs = form["inputs"].as_array().ok_or("zen.json has a form without inputs")?;
        let graph = content.as_graph().ok_or("not a graph")?.clone();
        let mut decision = Decision::from(graph);
        decision.compile();
        let runtime = Builder::new_current_thread().build()?;
        Ok(Zen { runtime, decision, cells, inputs: inputs.iter().map(Variable::from).collect() })
    }

    fn verdicts(&self, input: &Variable) -> Result<Vec<Value>, Failed> {
        let response = self.runtime.block_on(self.decision.evaluate(input.clone())).map_err(|e| e.to_string())?;
        let cell = |cell: usize| response.result.dot(&format!("c{cell}")).map_or(Value::Null, Value::from);
        Ok((0..self.cells).map(cell).collect())
    }

    fn times(&self) -> Vec<f64> {
        let time = |input: &Variable| {
            batch(SPAN, || drop(black_box(self.runtime.block_on(self.decision.evaluate(input.clone())))))
        };
        self.inputs.iter().map(time).collect()
    }
}

impl Ours {
    fn verdicts(&self) -> Vec<Vec<u8>> {
        let each = self.given.iter();
        each.map(|(answers, as_of)| verdicts(&self.book, answers, *as_of).1.into_iter().map(code).collect()).collect()
    }

    fn times(&self) -> Vec<f64> {
        let time =
            |(answers, as_of): &(Answers, AsOf)| batch(SPAN, || drop(black_box(verdicts(&self.book, answers, *as_of))));
        self.given.iter().map(time).collect()
    }
}

fn main() -> Result<(), Failed> {
    let folder = std::env::args().nth(1).ok_or("usage: bench-zen FOLDER")?;
    let folder = Path::new(&folder);
    let (book, states) = unpack(&fs::read(folder.join("inputs.bin"))?).ok_or("inputs.bin is damaged")?;
    let given = states.iter().map(|state| state.given(&book)).collect();
    let ours = Ours { book, given };
    let forms: BTreeMap<String, Value> = serde_json::from_slice(&fs::read(folder.join("zen.json"))?)?;
    let cells = ours.book.cells.len();
    let zen = forms.iter().map(|(name, form)| Ok((name.as_str(), Zen::new(form, cells)?)));
    let zen: BTreeMap<&str, Zen> = zen.collect::<Result<_, Failed>>()?;
    for line in io::stdin().lock().lines() {
        let line = line?;
        let (check, name) = match line.strip_prefix("check ") {
            Some(name) => (true, name),
            None => (false, line.as_str()),
        };
        let peer = match name {
            "ours" => None,
            name => Some(zen.get(name).ok_or_else(|| format!("nobody is called {name:?}"))?),
        };
        let answer = match (check, peer) {
            (true, None) => json!(ours.verdicts()),
            (false, None) => json!(ours.times()),
            (true, Some(peer)) => {
                json!(peer.inputs.iter().map(|input| peer.verdicts(input)).collect::<Result<Vec<_>, _>>()?)
            }
            (false, Some(peer)) => json!(peer.times()),
        };
        writeln!(io::stdout(), "{answer}")?;
    }
    Ok(())
}
