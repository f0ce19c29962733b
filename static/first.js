// What a page does while its program is still on the way, and when it does not come. Every page loads this file first,
// and its name has no hash, so that a page of any age finds it: it must go on working with older pages and programs.
// The program calls it by `globalThis.selfCheckPage`.
(() => {
  const root = new URL("./", document.currentScript.src).href;
  const page = () => location.href.split("#")[0];

  // ---- A press acts on what it was aimed at.

  // Two presses in this time and this near to each other are one double press: milliseconds, and CSS pixels.
  const SOON = 500;
  const NEAR = 30;
  const PRESSABLE = "a, button, input, select, summary, textarea";
  let last = { at: -Infinity };
  // What could be pressed at the last press, and since when everything else can be: the program says when it has drawn the
  // page. What it has not told of yet was drawn just now. A program of another age may tell nothing.
  let known = new WeakSet();
  const born = new WeakMap();
  let tells = false;
  const since = (element) => (known.has(element) || !tells ? -Infinity : (born.get(element) ?? performance.now()));
  const drawn = () => {
    tells = true;
    const now = performance.now();
    for (const element of document.querySelectorAll(PRESSABLE)) if (!born.has(element)) born.set(element, now);
  };

  addEventListener(
    "click",
    (event) => {
      // A key presses what has the focus, and the program's own clicks are meant.
      if (!event.isTrusted || event.detail === 0) return;
      const pressed = event.target.closest?.("label")?.control ?? event.target.closest?.(PRESSABLE);
      const now = { at: event.timeStamp, x: event.clientX, y: event.clientY, pressed };
      const other = pressed && last.pressed && pressed !== last.pressed;
      const near = Math.hypot(now.x - last.x, now.y - last.y) < NEAR;
      if (other && near && now.at - Math.max(last.at, since(pressed)) < SOON) {
        event.preventDefault();
        event.stopImmediatePropagation();
      } else {
        last = now;
        known = new WeakSet(document.querySelectorAll(PRESSABLE));
      }
    },
    true,
  );
  addEventListener(
    "keydown",
    (event) => {
      // A key that is held down would press whatever comes under it. In a text it writes, and on the page it scrolls.
      const keys = { Enter: "a, button, input, summary", " ": "button, summary, [type=radio], [type=checkbox]" };
      if (event.repeat && Object.hasOwn(keys, event.key) && event.target.matches?.(keys[event.key])) {
        event.preventDefault();
      }
    },
    true,
  );

  // ---- What was ticked, typed and sent before the program was there is done once it is.

  let started = false;
  // The fields that the person touched, in that order; the button that they pressed last.
  const touched = new Set();
  let sent = null;

  const wait = (button) => {
    sent?.removeAttribute("data-waiting");
    sent = button;
    sent?.setAttribute("data-waiting", "");
  };
  const touch = ({ target }) => {
    if (started) return;
    touched.delete(target);
    touched.add(target);
    wait(null);
  };
  addEventListener("input", touch, true);
  addEventListener("change", touch, true);
  addEventListener(
    "submit",
    (event) => {
      if (started) return;
      event.preventDefault();
      wait(event.submitter ?? event.target.querySelector("[type=submit]"));
    },
    true,
  );
  addEventListener("click", (event) => {
    const button = event.target.closest?.("form.question button[type=button]");
    if (button && !started) wait(button);
  });

  const twins = (element) => {
    if (element.id) return [document.getElementById(element.id)].filter(Boolean);
    const { localName, name, type, value } = element;
    const same = (other) => other.name === name && other.type === type && other.value === value;
    return [...document.querySelectorAll(localName)].filter(
      (other) => other.textContent === element.textContent && same(other),
    );
  };

  // The program calls this before it draws the page again, and then what comes back to bring back what the person did.
  function drawing() {
    const focused = document.activeElement;
    const place = focused && twins(focused).indexOf(focused);
    const selection = focused?.selectionStart == null ? null : [focused.selectionStart, focused.selectionEnd];
    const open = [...document.querySelectorAll("#app details[open] > summary")];
    const opened = open.map((summary) => [summary, twins(summary).indexOf(summary)]);
    return () => {
      for (const [summary, nth] of opened) {
        const twin = twins(summary)[nth];
        if (twin) twin.parentNode.open = true;
      }
      for (const old of touched) {
        const [twin] = twins(old);
        if (!twin || twin === old) continue;
        if (["radio", "checkbox"].includes(old.type)) {
          if (twin.checked !== old.checked) twin.click();
        } else {
          twin.value = old.value;
          twin.dispatchEvent(new Event("input", { bubbles: true }));
        }
      }
      const twin = focused && focused !== document.body && twins(focused)[Math.max(place, 0)];
      if (twin && document.activeElement === document.body) {
        twin.focus({ preventScroll: true });
        if (selection) twin.setSelectionRange(...selection);
      }
    };
  }

  let bringBack = () => {};

  // The program answers from now on.
  function ready() {
    started = true;
    bringBack();
    document.documentElement.removeAttribute("data-coming");
    hide("late");
    if (sent) document.querySelector(`form.question [type=${sent.type}]`)?.click();
  }

  // ---- When the program does not come, or ends.

  // How long an answer is waited for, in milliseconds.
  const PATIENCE = 4000;
  const inTime = (answer) =>
    Promise.race([answer, new Promise((_, refuse) => setTimeout(refuse, PATIENCE, new Error("too late")))]);
  let forbidden = false;
  addEventListener("securitypolicyviolation", ({ blockedURI }) => {
    forbidden ||= blockedURI === "wasm-eval";
  });
  const loader = () => document.querySelector("script[type=module]")?.src.split("/").pop();

  // Why a file of the site is not there: a cause for which the notice has words.
  async function why(error) {
    if (typeof WebAssembly !== "object") return "unable";
    if (location.protocol === "file:") return "file";
    try {
      const now = await inTime(fetch(page(), { cache: "no-store" }));
      if (!now.ok) return "missing";
      if (!(await now.text()).includes(loader() ?? "")) return "renewed";
    } catch {
      return "offline";
    }
    // Told after the error that it leads to.
    if (forbidden || (error?.name === "CompileError" && /content.security|unsafe-eval/i.test(error.message))) {
      return "forbidden";
    }
    const files = [...document.querySelectorAll("script[src], link[rel=modulepreload], link[rel=preload]")];
    for (const address of files.map((file) => file.src || file.href).filter((address) => address.startsWith(root))) {
      try {
        const { ok, status, headers } = await inTime(fetch(address, { method: "HEAD", cache: "no-store" }));
        // Some hosts know no HEAD, and some answer whatever is missing with their start page.
        const known = ok || [405, 501].includes(status);
        if (!known || (ok && /html/.test(headers.get("content-type")))) return "missing";
      } catch {
        return "missing";
      }
    }
    return "mistake";
  }

  // Reloads the page, past every cache. `carried` are answers to start with, whose they are before them; or `without`
  // for a start with none, not even with what is kept. They go by the history, where no link from elsewhere can put
  // anything, and which no list of visited pages shows. Without `carried` the page starts as it did before.
  async function again(carried) {
    // Without a connection, or with a slow one, the page that is kept has to do.
    await inTime(fetch(page(), { cache: "reload" })).catch(() => {});
    if (carried) history.replaceState(carried, "", page());
    location.reload();
  }

  const hide = (id) => {
    const element = document.getElementById(id);
    if (element) element.hidden = true;
  };

  // Says that nothing on the page works any more, and why, and offers what was answered. `error` is what ended it.
  async function stop(error, ended = crashed(error)) {
    const notice = document.getElementById("stopped");
    if (!notice?.hidden || notice.dataset.cause) return;
    if (error) console.error(error);
    notice.dataset.cause = "mistake";
    const cause = ended ? "mistake" : await why(error);
    notice.dataset.cause = cause;
    for (const words of notice.querySelectorAll("[data-if]")) words.hidden = !words.dataset.if.split(" ").includes(cause);
    // An older program says whose answers these are instead.
    const { session, whose, carried = session && `${whose} ${session}` } = globalThis.selfCheck ?? {};
    const show = (selector, shown) => notice.querySelectorAll(selector).forEach((part) => (part.hidden = !shown));
    show("[data-kept]", session);
    show("[data-not-kept]", !session && !["unable", "forbidden", "file"].includes(cause));
    notice.querySelector("textarea").value = `${page()}#${session}`;
    const starts = { answers: carried, empty: "without" };
    notice.addEventListener("click", (event) => {
      const link = event.target.closest("[data-again]");
      if (!link) return;
      event.preventDefault();
      again(starts[link.dataset.again]);
    });
    hide("late");
    document.documentElement.removeAttribute("data-coming");
    notice.hidden = false;
    notice.focus();
  }

  const crashed = (error) => typeof WebAssembly === "object" && error instanceof WebAssembly.RuntimeError;
  const whenParsed = (act) => {
    if (document.readyState === "loading") addEventListener("DOMContentLoaded", act);
    else act();
  };
  addEventListener(
    "error",
    ({ error, target }) => {
      const own = target instanceof HTMLScriptElement && target.src.startsWith(root);
      if (crashed(error) || own) whenParsed(() => stop(error));
    },
    true,
  );
  addEventListener("unhandledrejection", ({ reason }) => crashed(reason) && stop(reason));

  addEventListener("click", (event) => {
    if (!event.target.closest?.("#late a")) return;
    event.preventDefault();
    again();
  });
  // On paper nothing is folded, in every browser; grounds are long, and stay as they are.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open], .grounds)")];
    for (const details of folded) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of folded) details.open = false;
  });
  document.documentElement.setAttribute("data-coming", "");
  globalThis.selfCheckPage = { drawing: () => (bringBack = drawing()), drawn, ready, stop, why, again };
})();
