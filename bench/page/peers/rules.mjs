// What both peers show at the end: three verdicts, each by a short decision list over the same answers. Far fewer rules
// than our page has; a question that is not asked is missing from the facts.
const is = (question, ...choices) => ({ question, choices });

export const CELLS = [
  {
    title: "Entering the program",
    lines: [
      { all: [is("aimg-status", "eligible")], verdict: "Open" },
      { all: [is("aimg-status", "not-applied", "ineligible", "canadian-graduate")], verdict: "Closed" },
      { all: [is("status", "other"), is("status-exception", "refused", "not-asked")], verdict: "Closed" },
      { all: [is("school", "canadian", "us-md")], verdict: "Closed" },
      { all: [is("canada-note", "limits-exclude-me", "no-note")], verdict: "Ask" },
    ],
  },
  {
    title: "First iteration",
    lines: [
      { all: [is("aimg-status", "eligible"), is("carms-registered", "done"), is("mmi", "done")], verdict: "Open" },
      { all: [is("mmi", "never")], verdict: "Closed" },
      { all: [is("earlier-training", "accredited"), is("other-match", "earlier-year")], verdict: "Ask" },
      { all: [is("english", "nothing-yet")], verdict: "Not yet" },
    ],
  },
  {
    title: "Second iteration",
    lines: [
      { all: [is("first-iteration", "matched")], verdict: "Closed" },
      { all: [is("first-iteration", "unmatched"), is("carms-registered", "done")], verdict: "Open" },
      { all: [is("first-iteration", "took-no-part", "withdrew")], verdict: "Ask" },
      { all: [is("mccqe1", "not-yet", "planned"), is("nac-latest", "not-yet", "planned")], verdict: "Not yet" },
    ],
  },
];

export const OTHERWISE = "Needs answers";
