// zen-engine: one expression node, whose expressions are compiled when it is loaded. What is shared is an expression of
// its own, to which the others refer. Choices are numbers, or texts in a third form. The graphs go to the native side,
// which runs them.
import { fewer, translate } from "./formulas.mjs";

const fact = ({ id }) => id.replaceAll("-", "_");
const joined = (word) => (parts) => `(${parts.join(` ${word} `)})`;

// What a choice is: a number, or a text.
const number = (choice) => choice;
const text = (choice) => `c${choice}`;

const makeOf = (choice) => ({
  const: String,
  is: (of, formula) => {
    const { holds, choices } = fewer(of, formula);
    const values = choices.map((n) => JSON.stringify(choice(n)));
    if (values.length === 1) return `${fact(of)} ${holds ? "==" : "!="} ${values[0]}`;
    return `${fact(of)} ${holds ? "in" : "not in"} [${values}]`;
  },
  has: (of, { choice: n, holds }) => `${fact(of)}_${n} == ${holds}`,
  least: (of, { least, holds }) => `${fact(of)} ${holds ? ">=" : "<"} ${least}`,
  all: joined("and"),
  any: joined("or"),
});

function graph(formulas, choice, { named }) {
  const expressions = [];
  const add = (key, value) => expressions.push({ id: key, key, value });
  const name = (id, when) => {
    add(id, when);
    return `$.${id}`;
  };
  const lists = translate(formulas, { ...makeOf(choice), name }, { named });
  lists.forEach(({ lines, otherwise }, cell) =>
    add(`c${cell}`, lines.reduceRight((rest, { when, verdict }) => `${when} ? ${verdict} : (${rest})`, otherwise)),
  );
  return {
    nodes: [
      { id: "in", name: "in", type: "inputNode" },
      { id: "judge", name: "judge", type: "expressionNode", content: { expressions } },
      { id: "out", name: "out", type: "outputNode" },
    ],
    edges: [
      { id: "first", sourceId: "in", targetId: "judge", type: "edge" },
      { id: "last", sourceId: "judge", targetId: "out", type: "edge" },
    ],
  };
}

function inputs(formulas, choice) {
  return formulas.inputs.map(({ values }) =>
    Object.fromEntries(
      formulas.facts.flatMap((of, idx) => {
        const value = values[idx];
        if (of.kind === "number") return [[fact(of), value]];
        if (of.kind === "choice") return [[fact(of), choice(value)]];
        return Array.from({ length: of.choices }, (_, n) => [`${fact(of)}_${n}`, value.includes(n)]);
      }),
    ),
  );
}

// For each form its graph and its inputs.
export function zenForms(formulas) {
  const form = (choice, named) => ({ graph: graph(formulas, choice, { named }), inputs: inputs(formulas, choice) });
  return {
    "named expressions": form(number, true),
    "written out": form(number, false),
    "written out, texts": form(text, false),
  };
}
