// zen-engine: one expression node, whose expressions are compiled when it is loaded. What is shared is an expression of
// its own, to which the others refer. The graphs go to the native side, which runs them.
import { fewer, translate } from "./formulas.mjs";

const fact = ({ id }) => id.replaceAll("-", "_");
const joined = (word) => (parts) => `(${parts.join(` ${word} `)})`;

const make = {
  const: String,
  is: (of, formula) => {
    const { holds, choices } = fewer(of, formula);
    if (choices.length === 1) return `${fact(of)} ${holds ? "==" : "!="} ${choices[0]}`;
    return `${fact(of)} ${holds ? "in" : "not in"} [${choices}]`;
  },
  has: (of, { choice, holds }) => `${fact(of)}_${choice} == ${holds}`,
  least: (of, { least, holds }) => `${fact(of)} ${holds ? ">=" : "<"} ${least}`,
  all: joined("and"),
  any: joined("or"),
};

function graph(formulas, { named }) {
  const expressions = [];
  const add = (key, value) => expressions.push({ id: key, key, value });
  const name = (id, when) => {
    add(id, when);
    return `$.${id}`;
  };
  const lists = translate(formulas, { ...make, name }, { named });
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

export function zenGraphs(formulas) {
  const inputs = formulas.inputs.map(({ values }) =>
    Object.fromEntries(
      formulas.facts.flatMap((of, idx) =>
        of.kind === "choices"
          ? Array.from({ length: of.choices }, (_, n) => [`${fact(of)}_${n}`, values[idx].includes(n)])
          : [[fact(of), values[idx]]],
      ),
    ),
  );
  return { shared: graph(formulas, { named: true }), inline: graph(formulas, { named: false }), inputs };
}
