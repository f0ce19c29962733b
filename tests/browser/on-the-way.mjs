// People on the way, as the page keeps them: who they are, on which day they look, and what they answered.
import { KEY, hasStarted } from "./harness.mjs";

const ELIGIBLE = {
  "2027/aimg-status": '"eligible"',
  "2027/mmi": '"done"',
  "2027/carms-registered": '"done"',
  "earlier-training": '"none"',
  "2027/other-match": '"none"',
  "2027/graduation": '"graduated"',
  "cap-done": "false",
  "other-language-papers": "false",
};

const PREPARING = {
  "2028/aimg-status": '"not-applied"',
  "earlier-training": '"none"',
  "2028/other-match": '"none"',
  school: '"international"',
  "canada-note": '"covers-me"',
  "2028/graduation": '"graduated"',
  "2028/degree-by-deadline": "true",
  status: '"citizen"',
  "2028/residence-routes": '["none-of-these"]',
  "2028/option-c": '"not-there"',
  mccqe1: '"done"',
  "nac-latest": '"done"',
  "2028/english": '"test"',
  "english-test-on": '"2026-09-14"',
  "name-differs": "false",
  "other-language-papers": "false",
};

// `cycle` is in the names of the pages where it is not the one that the site shows first.
export const PEOPLE = {
  "knows-nothing": { now: "2026-11-23T16:00:00Z", answers: {} },
  closed: { now: "2026-11-23T16:00:00Z", answers: { "2027/aimg-status": '"not-applied"' } },
  waiting: {
    now: "2026-11-23T16:00:00Z",
    answers: { "2027/aimg-status": '"waiting"', "earlier-training": '"none"', "2027/graduation": '"graduated"' },
  },
  eligible: { now: "2026-11-23T16:00:00Z", answers: { ...ELIGIBLE, "2027/first-iteration": '"not-run-yet"' } },
  unmatched: { now: "2027-03-20T15:00:00Z", answers: { ...ELIGIBLE, "2027/first-iteration": '"unmatched"' } },
  skipped: { now: "2027-03-20T15:00:00Z", answers: { ...ELIGIBLE, "2027/first-iteration": '"took-no-part"' } },
  toronto: { now: "2026-11-26T18:00:00Z", cycle: "2028", answers: PREPARING },
};

// What the page would have kept of a person.
export function kept({ answers }) {
  return ["self-check 1", ...Object.entries(answers).map(([key, value]) => `${key} = ${value}`), ""].join("\n");
}

// How long a page may be on a phone, in screens of 360 × 780, with nothing unfolded.
export const BARS = { result: 3, checklist: 4, timeline: 5, iterations: 4, sources: 6 };

// Opens a page as this person finds it who comes back; `page` is a new one.
export async function enter(page, root, name, kind) {
  const person = PEOPLE[name];
  const cycle = person.cycle ? `${person.cycle}-` : "";
  const file = kind === "question" ? "question-first-iteration" : kind;
  await page.clock.setFixedTime(person.now);
  if (Object.keys(person.answers).length > 0) {
    await page.addInitScript(([key, text]) => localStorage.setItem(key, text), [KEY, kept(person)]);
  }
  await page.goto(`${root}${cycle}${file}.html`);
  await hasStarted(page);
  // What lies far below is drawn once the first screen can be seen.
  if (kind === "result") await page.locator("#next-cycle, #notices").first().waitFor();
}

// How many screens a page is long.
export function screens(page) {
  return page.evaluate(() => document.documentElement.scrollHeight / innerHeight);
}
