// The engine in WebAssembly, the same in Node and in a page.
import { batch } from "./timing.mjs";

// Starts the engine's bytes with a file of states, as the host's side packs them.
export async function start(bytes, states) {
  const { instance } = await WebAssembly.instantiate(bytes, {});
  const { memory, room, load, judge, verdict, run } = instance.exports;
  const place = room(states.length);
  new Uint8Array(memory.buffer, place, states.length).set(states);
  const count = load();
  if (count === 0) throw new Error("the engine cannot read the states");
  return {
    verdicts: (cells) =>
      Array.from({ length: count }, (_, state) => {
        judge(state);
        return Array.from({ length: cells }, (_, cell) => verdict(cell));
      }),
    times: () => Array.from({ length: count }, (_, state) => batch(() => judge(state))),
    time: (part, state) => batch(() => run(part, state)),
  };
}
