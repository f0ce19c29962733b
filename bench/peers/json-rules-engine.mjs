// json-rules-engine: a rule for each line of a decision list. Facts are given when it runs. Shared formulas are its named
// conditions. In the third form each cell has an engine of its own, which looks at the lines in order of priority and
// stops at the first that fits.
import { Engine } from "json-rules-engine";
import { batchWaited } from "../timing.mjs";
import { translate } from "./formulas.mjs";

const make = {
  const: (value) => (value ? { all: [] } : { any: [] }),
  is: ({ id }, { choices }) =>
    choices.length === 1
      ? { fact: id, operator: "equal", value: choices[0] }
      : { fact: id, operator: "in", value: choices },
  has: ({ id }, { choice, holds }) => ({
    fact: id,
    operator: holds ? "contains" : "doesNotContain",
    value: choice,
  }),
  least: ({ id }, { least, holds }) => ({
    fact: id,
    operator: holds ? "greaterThanInclusive" : "lessThan",
    value: least,
  }),
  all: (all) => ({ all }),
  any: (any) => ({ any }),
};

const rooted = (when) => ("all" in when || "any" in when || "condition" in when ? when : { all: [when] });

function inputs({ facts, inputs }) {
  return inputs.map(({ values }) => Object.fromEntries(facts.map(({ id }, idx) => [id, values[idx]])));
}

function together(formulas, { named }) {
  const engine = new Engine();
  const name = (id, when) => {
    engine.setCondition(id, rooted(when));
    return { condition: id };
  };
  const lists = translate(formulas, { ...make, name }, { named });
  lists.forEach(({ lines }, cell) =>
    lines.forEach(({ when, verdict }, line) =>
      engine.addRule({ conditions: rooted(when), event: { type: "fits", params: { cell, line, verdict } } }),
    ),
  );
  return async (facts) => {
    const first = lists.map(({ otherwise }) => ({ line: Infinity, verdict: otherwise }));
    for (const { params } of (await engine.run(facts)).events) {
      if (params.line < first[params.cell].line) first[params.cell] = params;
    }
    return first.map(({ verdict }) => verdict);
  };
}

function inOrder(formulas) {
  const cells = translate(formulas, make, { named: false }).map(({ lines, otherwise }) => {
    const engine = new Engine();
    lines.forEach(({ when, verdict }, line) =>
      engine.addRule({
        conditions: rooted(when),
        priority: lines.length - line,
        event: { type: "fits", params: { verdict } },
        onSuccess: () => engine.stop(),
      }),
    );
    return { engine, otherwise };
  });
  return async (facts) => {
    const verdicts = [];
    for (const { engine, otherwise } of cells) {
      const [first] = (await engine.run(facts)).events;
      verdicts.push(first?.params.verdict ?? otherwise);
    }
    return verdicts;
  };
}

export function jsonRulesEngine(formulas) {
  const given = inputs(formulas);
  const contestant = (form, judge) => ({
    form,
    verdicts: async () => {
      const all = [];
      for (const facts of given) all.push(await judge(facts));
      return all;
    },
    times: async () => {
      const all = [];
      for (const facts of given) all.push(await batchWaited(() => judge(facts)));
      return all;
    },
  });
  return [
    contestant("named conditions", together(formulas, { named: true })),
    contestant("written out", together(formulas, { named: false })),
    contestant("written out, in order", inOrder(formulas)),
  ];
}
