// publicodes: a rule for each fact, for each cell, and for what they share. Facts are numbers and booleans, which it
// reads faster than texts. One engine is parsed and gets one situation after the other.
import Engine from "publicodes";
import { batch } from "../timing.mjs";
import { fewer, translate } from "./formulas.mjs";

const all = (parts) => ({ "toutes ces conditions": parts });
const any = (parts) => ({ "une de ces conditions": parts });
const only = (join, parts) => (parts.length === 1 ? parts[0] : join(parts));

// Names of rules are words; ours have hyphens.
const fact = ({ id }) => id.replaceAll("-", " ");

const make = {
  const: (value) => (value ? "oui" : "non"),
  is: (of, formula) => {
    const { holds, choices } = fewer(of, formula);
    const each = choices.map((choice) => `${fact(of)} ${holds ? "=" : "!="} ${choice}`);
    return only(holds ? any : all, each);
  },
  has: (of, { choice, holds }) => (holds ? `${fact(of)} c${choice}` : `${fact(of)} c${choice} = non`),
  least: (of, { least, holds }) => `${fact(of)} ${holds ? ">=" : "<"} ${least}`,
  all,
  any,
};

function situations({ facts, inputs }) {
  return inputs.map(({ values }) =>
    Object.fromEntries(
      facts.flatMap((of, idx) =>
        of.kind === "choices"
          ? Array.from({ length: of.choices }, (_, choice) => [
              `${fact(of)} c${choice}`,
              values[idx].includes(choice) ? "oui" : "non",
            ])
          : [[fact(of), values[idx]]],
      ),
    ),
  );
}

function judge(formulas, { named }) {
  const [first] = situations(formulas);
  // What a fact is before anything is known tells the engine its type.
  const rules = Object.fromEntries(
    Object.entries(first).map(([name, value]) => [
      name,
      { "par défaut": typeof value === "number" ? 0 : "non" },
    ]),
  );
  const name = (id, when) => {
    rules[id] = typeof when === "string" ? { valeur: when } : when;
    return id;
  };
  const cells = translate(formulas, { ...make, name }, { named }).map(({ lines, otherwise }, cell) => {
    const variations = lines.map(({ when, verdict }) => ({ si: when, alors: verdict }));
    rules[`c${cell}`] = { variations: [...variations, { sinon: otherwise }] };
    return `c${cell}`;
  });
  const engine = new Engine(rules, { logger: { log() {}, warn() {}, error: console.error } });
  return (situation) => {
    engine.setSituation(situation);
    return cells.map((cell) => engine.evaluate(cell).nodeValue);
  };
}

export function publicodes(formulas) {
  const given = situations(formulas);
  const contestant = (form, judge) => ({
    form,
    verdicts: async () => given.map(judge),
    times: async () => given.map((situation) => batch(() => judge(situation))),
  });
  return [
    contestant("named rules", judge(formulas, { named: true })),
    contestant("written out", judge(formulas, { named: false })),
  ];
}
