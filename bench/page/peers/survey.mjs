// SurveyJS: one question on a page, the verdicts as calculated values on its completed page.
import { Model, settings } from "survey-core";
import "survey-js-ui";
import questions from "questions";
import { CELLS, OTHERWISE } from "./rules.mjs";

// What appears would fade in, which made no difference to the times.
settings.animationEnabled = false;

const name = (id) => id.replaceAll("-", "_");
const asked = new Set(questions.map(({ id }) => id));

const elements = questions.map(({ id, title, hint, several, choices, fields }) => ({
  name: name(id),
  title,
  description: hint,
  type: several ? "checkbox" : "radiogroup",
  choices: choices.map(({ value, text }) => ({ value, text })),
  // A field for text that it shows once it is chosen, where ours has fields for a date or a number from the start.
  showOtherItem: fields.length > 0,
  otherText: fields.join(", "),
}));

const holds = ({ question, choices }) =>
  asked.has(question) ? choices.map((choice) => `{${name(question)}} = '${choice}'`).join(" or ") : "1 = 2";
const verdict = (lines) =>
  lines.reduceRight(
    (otherwise, { all, verdict }) =>
      `iif(${all.map((one) => `(${holds(one)})`).join(" and ")}, '${verdict}', ${otherwise})`,
    `'${OTHERWISE}'`,
  );

const shown = CELLS.map(({ title }, cell) => `<h2>${title}</h2><p class="verdict">{cell${cell}}</p>`);

const model = new Model({
  questionsOnPageMode: "questionPerPage",
  showQuestionNumbers: false,
  showTitle: false,
  pageNextText: "Continue",
  completeText: "Continue",
  elements,
  calculatedValues: CELLS.map(({ lines }, cell) => ({ name: `cell${cell}`, expression: verdict(lines) })),
  completedHtml: `<h1>Where you stand</h1>${shown.join("")}`,
});
model.render(document.getElementById("app"));

// From the result back to the last question, with the answers.
globalThis.back = () => {
  model.clear(false, false);
  model.currentPageNo = model.visiblePages.length - 1;
};
