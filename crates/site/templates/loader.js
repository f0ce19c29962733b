// Starts the app. The names of the files come from the list of assets, and a hash of this text goes into its name.
// `globalThis.selfCheck` is what this file and the app share; `src/store/loader.rs` is its other side. What the page
// itself does before the app is there, and after it has stopped, is in `first.js`.
globalThis.selfCheck = {
  root: new URL("./", import.meta.url).href,
  // The cycle shown unless the person chooses another, and the rulebooks' files by cycle and language.
  cycle: {{ cycle|tojson }},
  rulebooks: {{ rulebooks|tojson }},
  // The answers as a link's fragment, the same as a page loaded anew starts with them (see `src/session/carried.rs`), and
  // whether the app answers.
  session: "",
  carried: "",
  started: false,
};

try {
  const { default: start } = await import("./{{ js|safe }}");
  await start({ module_or_path: new URL("./{{ wasm|safe }}", import.meta.url) });
} catch (error) {
  globalThis.selfCheckPage?.stop(error);
}
