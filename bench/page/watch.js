// Runs in every page that is timed, before anything of its own. From the time stamp of a press on the button that goes
// on, to the end of the first frame that shows another question or the result: a task that is queued while a frame is
// made runs after its style, layout and paint.
(() => {
  const shown = () => document.querySelector(globalThis.watched)?.textContent;
  addEventListener(
    "click",
    ({ target, isTrusted, timeStamp }) => {
      if (!isTrusted || !target.closest("button, input[type=button]")) return;
      const before = shown();
      const frame = () => {
        const now = shown();
        if (!now || now === before) return requestAnimationFrame(frame);
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => (globalThis.painted = { took: performance.now() - timeStamp, shown: now });
        port2.postMessage("");
      };
      requestAnimationFrame(frame);
    },
    true,
  );
})();
