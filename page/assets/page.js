// Runs once in the document pane (gr.HTML; `element`, `trigger` are Gradio's), before reading.js, which is the pane's own.
// A click on an example goes to Python by its value alone (a language); no text does.
const quick = () => matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";

const onClick = (event) => {
  if (!element.isConnected) return document.removeEventListener("click", onClick);
  const button = event.target.closest?.("button");
  if (!button) return;
  if (button.classList.contains("cl-example")) {
    trigger("select", { value: button.value });
  }
};
document.addEventListener("click", onClick);

// A new question comes to the top of the chat, so that its answer is read from the beginning.
let asked = 0;
window.clausesFollow = () => requestAnimationFrame(() => {
  // Gradio labels each message with its HTML source, which a screen reader would read out: the text alone is better.
  document.querySelectorAll("#cl-chat [data-testid][aria-label]").forEach((m) => m.removeAttribute("aria-label"));
  const all = document.querySelectorAll("#cl-chat .cl-question");
  const last = all[all.length - 1];
  if (last && all.length !== asked) last.scrollIntoView({ block: "start", behavior: quick() });
  asked = all.length;
});
