// The formulas that `bench export` wrote. Every peer gets them twice: with what is used more than once as a thing with
// a name, and written out in full. The faster of the two counts.

// Turns a formula into whatever a peer takes. `make` says how; with `named` formulas that are used more than once are
// made once each, by `make.name`.
export function translate({ nodes, facts, cells }, make, { named }) {
  const uses = new Map();
  const count = (node) => {
    uses.set(node, (uses.get(node) ?? 0) + 1);
    const { all, any } = nodes[node];
    if (uses.get(node) === 1) (all ?? any ?? []).forEach(count);
  };
  cells.forEach(({ lines }) => lines.forEach(([node]) => count(node)));

  const made = new Map();
  const body = (node) => {
    const [[kind, of]] = Object.entries(nodes[node]);
    if (kind === "all" || kind === "any") return make[kind](of.map(use));
    return kind === "const" ? make.const(of) : make[kind](facts[of.fact], of);
  };
  const use = (node) => {
    const { all, any } = nodes[node];
    if (!named || uses.get(node) < 2 || !(all ?? any)) return body(node);
    if (!made.has(node)) made.set(node, make.name(`n${node}`, body(node)));
    return made.get(node);
  };
  return cells.map(({ lines, otherwise }) => ({
    lines: lines.map(([node, verdict]) => ({ when: use(node), verdict })),
    otherwise,
  }));
}

// The choices that a formula allows, or those that it does not when they are fewer.
export function fewer({ choices: count }, { choices }) {
  const others = Array.from({ length: count }, (_, choice) => choice).filter((choice) => !choices.includes(choice));
  return choices.length <= others.length ? { holds: true, choices } : { holds: false, choices: others };
}
