// React: a component for the question, a component for the result, and json-rules-engine for the verdicts.
import { Engine } from "json-rules-engine";
import { useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import questions from "questions";
import { CELLS, OTHERWISE } from "./rules.mjs";

const engines = CELLS.map(({ lines }) => {
  const engine = new Engine([], { allowUndefinedFacts: true });
  lines.forEach(({ all, verdict }, line) =>
    engine.addRule({
      conditions: { all: all.map(({ question, choices }) => ({ fact: question, operator: "in", value: choices })) },
      priority: lines.length - line,
      event: { type: "fits", params: { verdict } },
      onSuccess: () => engine.stop(),
    }),
  );
  return engine;
});

async function judge(answers) {
  const found = await Promise.all(engines.map((engine) => engine.run(answers)));
  return found.map(({ events: [first] }) => first?.params.verdict ?? OTHERWISE);
}

function Question({ question: { id, title, hint, several, choices, fields }, given, onAnswer }) {
  const [chosen, setChosen] = useState(given ?? []);
  const choose = (value, on) => {
    const others = several ? chosen.filter((other) => other !== value) : [];
    setChosen(on ? [...others, value] : others);
  };
  const submit = (event) => {
    event.preventDefault();
    if (chosen.length > 0) onAnswer(chosen);
  };
  return (
    <form onSubmit={submit}>
      <fieldset>
        <legend>
          <h1>{title}</h1>
        </legend>
        {hint && <p className="hint">{hint}</p>}
        {fields.map((field) => (
          <p key={field}>
            <label>
              {field} <input type="text" name={`${id}-${field}`} />
            </label>
          </p>
        ))}
        {choices.map(({ value, text }) => (
          <label key={value} className="choice">
            <input
              type={several ? "checkbox" : "radio"}
              name={id}
              value={value}
              checked={chosen.includes(value)}
              onChange={(event) => choose(value, event.target.checked)}
            />
            <span>{text}</span>
          </label>
        ))}
      </fieldset>
      <button type="submit">Continue</button>
    </form>
  );
}

function Result({ verdicts }) {
  return (
    <>
      <h1>Where you stand</h1>
      {CELLS.map(({ title }, cell) => (
        <section key={title}>
          <h2>{title}</h2>
          <p className="verdict">{verdicts[cell]}</p>
        </section>
      ))}
    </>
  );
}

function App() {
  const [answers, setAnswers] = useState({});
  const [at, setAt] = useState(0);
  const [verdicts, setVerdicts] = useState(null);
  useEffect(() => {
    // From the result back to the last question, with the answers.
    globalThis.back = () => setVerdicts(null);
  }, []);
  const answer = async (chosen) => {
    const question = questions[at];
    const now = { ...answers, [question.id]: question.several ? chosen : chosen[0] };
    setAnswers(now);
    if (at + 1 < questions.length) setAt(at + 1);
    else setVerdicts(await judge(now));
  };
  if (verdicts) return <Result verdicts={verdicts} />;
  const question = questions[at];
  const given = answers[question.id];
  return <Question key={question.id} question={question} given={given && [given].flat()} onAnswer={answer} />;
}

createRoot(document.getElementById("app")).render(<App />);
