// Starts the app. The prerenderer fills in the names of the files, and a hash of this text goes into its name.
// `globalThis.selfCheck` is all that this file and the app share; `src/store/loader.rs` is its other side.
const shared = (globalThis.selfCheck = {
  root: new URL("./", import.meta.url).href,
  // The cycle shown unless the person chooses another, and the rulebooks' files by cycle and language.
  cycle: {{cycle}},
  rulebooks: {{rulebooks}},
  // The answers as a link's fragment, and whether the app has taken over the page.
  session: "",
  started: false,
  stop,
});

// Without the app nothing on the page would answer any more. Say so and offer what was answered.
function stop(error) {
  const notice = document.getElementById("stopped");
  if (!notice?.hidden) return;
  console.error(error);
  const page = location.href.split("#")[0];
  for (const link of notice.querySelectorAll("[data-reload]")) {
    link.href = link.dataset.reload === "answers" ? `${page}#${shared.session}` : page;
  }
  const kept = notice.querySelector("[data-kept]");
  kept.hidden = !shared.session;
  kept.querySelector("textarea").value = `${page}#${shared.session}`;
  notice.hidden = false;
  notice.focus();
}

const crashed = (error) => error instanceof WebAssembly.RuntimeError;
addEventListener("error", ({ error }) => crashed(error) && stop(error));
addEventListener("unhandledrejection", ({ reason }) => crashed(reason) && stop(reason));
// A link to the page one is on, with another fragment, would not load it again.
document.getElementById("stopped").addEventListener("click", (event) => {
  const link = event.target.closest("[data-reload]");
  if (!link) return;
  event.preventDefault();
  location.replace(link.href);
  location.reload();
});

try {
  const { default: start } = await import("./{{js}}");
  await start({ module_or_path: new URL("./{{wasm}}", import.meta.url) });
} catch (error) {
  stop(error);
}
