// Times in nanoseconds, the same in Node and in a page. A page's clock is coarse, so runs are timed in batches.

// A batch takes at least so many milliseconds.
const SPAN = 1;

export function batch(run) {
  for (let count = 1; ; ) {
    const start = performance.now();
    for (let n = 0; n < count; n += 1) run();
    const took = performance.now() - start;
    if (took >= SPAN) return (took * 1e6) / count;
    count *= took * 8 < SPAN ? 8 : 2;
  }
}

// The same for what has to be waited for.
export async function batchWaited(run) {
  for (let count = 1; ; ) {
    const start = performance.now();
    for (let n = 0; n < count; n += 1) await run();
    const took = performance.now() - start;
    if (took >= SPAN) return (took * 1e6) / count;
    count *= took * 8 < SPAN ? 8 : 2;
  }
}

// The median; of an even number of times the upper one of the two in the middle.
export function median(times) {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)];
}

export function shown(ns) {
  if (ns < 1e6) return `${(ns / 1e3).toFixed(1)} µs`;
  return ns < 1e9 ? `${(ns / 1e6).toFixed(1)} ms` : `${(ns / 1e9).toFixed(2)} s`;
}
