// Runs once in the document pane (gr.HTML): `element`, `trigger`, `props` and `watch` are Gradio's.
// A click on a citation or an example goes to Python by its value alone ("turn-number", a language); no text does.
const quick = () => matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
let opener = "";

const close = () => {
  props.value = "";
  document.getElementById(opener)?.focus();
};

const onClick = (event) => {
  if (!element.isConnected) return document.removeEventListener("click", onClick);
  const button = event.target.closest?.("button");
  if (!button) return;
  if (button.classList.contains("cl-cite")) {
    opener = button.id;
    trigger("click", { value: button.value });
  } else if (button.classList.contains("cl-example")) {
    trigger("select", { value: button.value });
  } else if (button.classList.contains("cl-close")) {
    close();
  }
};
document.addEventListener("click", onClick);
element.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });

watch("value", () => requestAnimationFrame(() => {
  document.querySelectorAll(".cl-cite.cl-open").forEach((b) => b.classList.remove("cl-open"));
  const pane = element.querySelector(".cl-text");
  const here = element.querySelector(".cl-here");
  if (!pane || !here) return;
  document.getElementById(opener)?.classList.add("cl-open");
  const target = here.offsetHeight < pane.clientHeight ? here : here.querySelector("mark") ?? here;
  const gap = target.getBoundingClientRect().top - pane.getBoundingClientRect().top;
  const room = Math.max(24, (pane.clientHeight - target.offsetHeight) / 3);
  pane.scrollTo({ top: pane.scrollTop + gap - room, behavior: quick() });
  here.focus({ preventScroll: true });
}));

// A new question comes to the top of the chat, so that its answer is read from the beginning.
let asked = 0;
window.clausesFollow = () => requestAnimationFrame(() => {
  // Gradio labels each message with its HTML source, which a screen reader would read out: the text alone is better.
  document.querySelectorAll("#cl-chat [data-testid][aria-label]").forEach((m) => m.removeAttribute("aria-label"));
  const all = document.querySelectorAll("#cl-chat .cl-asked");
  const last = all[all.length - 1];
  if (last && all.length !== asked) last.scrollIntoView({ block: "start", behavior: quick() });
  asked = all.length;
});
