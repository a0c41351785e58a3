// Runs once behind the buttons at answers (gr.HTML: `element`, `trigger`, `server` and `watch` are Gradio's).
// Python makes all HTML and escapes it; what people and documents say goes through here as text only.
const live = document.createElement("div");
live.className = "cl-live";
live.setAttribute("role", "status");
document.body.append(live);
const say = (words) => { live.textContent = ""; requestAnimationFrame(() => { live.textContent = words; }); };

// The form of citations is chosen once and kept in this browser.
const STYLE = "clauses-style";
const kept = () => { try { return localStorage.getItem(STYLE) || "un"; } catch { return "un"; } };
const choose = (manner) => {
  try { localStorage.setItem(STYLE, manner); } catch { /* storage is switched off: it holds for what is on the page */ }
  document.querySelectorAll(".cl-style").forEach((select) => { select.value = manner; });
};

// Where the browser gives no clipboard (a page over http from another host), the words are selected and copied; where
// that is refused too, they are shown selected, to be copied by hand.
const byHand = (button, words, sentence) => {
  const box = document.createElement("div");
  const said = document.createElement("p");
  const area = document.createElement("textarea");
  box.className = "cl-by-hand";
  said.textContent = sentence;
  area.value = words;
  area.readOnly = true;
  area.rows = 4;
  area.setAttribute("aria-label", sentence);
  box.append(said, area);
  const away = () => { box.remove(); button.focus(); };
  area.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.stopPropagation(); away(); } });
  area.addEventListener("copy", () => setTimeout(away));
  button.closest(".cl-take").after(box);
  area.focus();
  area.select();
};
const selected = (words) => {
  const area = document.createElement("textarea");
  area.value = words;
  area.className = "cl-live";
  document.body.append(area);
  const before = document.activeElement;
  area.select();
  let done = false;
  try { done = document.execCommand("copy"); } catch { /* by hand, then */ }
  area.remove();
  before?.focus();
  return done;
};
const put = async (words) => {
  try { await navigator.clipboard.writeText(words); return true; } catch { return selected(words); }
};

const copy = async (button, manner) => {
  const side = button.closest(".cl-side");
  const marks = [...side.querySelectorAll(".cl-quote mark")];
  const shown = (marks.length ? marks : [side.querySelector(".cl-quote")]).map((part) => part.textContent).join("");
  const language = button.closest(".cl-answer").lang;
  const found = await server.copied({ value: button.value, manner, shown, language });
  if (found?.text === undefined) return window.clausesTell(found?.said ?? window.clausesUnreachable);
  button.parentElement.querySelector(".cl-by-hand")?.remove();
  if (!await put(found.text)) return byHand(button, found.text, found.by_hand);
  say(found.said);
  button.classList.add("cl-copied");
  setTimeout(() => button.classList.remove("cl-copied"), 1500);
};

const more = async (button) => {
  const card = button.closest(".cl-said");
  const open = card.querySelector(".cl-section");
  button.setAttribute("aria-expanded", String(!open));
  if (open) return open.remove();
  const panel = document.createElement("div");
  panel.className = "cl-section";
  button.after(panel);
  const found = await server.section({ value: button.value, language: button.closest(".cl-answer").lang });
  if (found !== undefined) { panel.innerHTML = found; return; }
  panel.remove();
  button.setAttribute("aria-expanded", "false");
  window.clausesTell(window.clausesUnreachable);
};

const onClick = (event) => {
  if (!element.isConnected) return stop();
  const button = event.target.closest?.("button");
  if (!button) return;
  const is = (name) => button.classList.contains(name);
  if (is("cl-copy-words")) copy(button, "words");
  else if (is("cl-copy")) copy(button, button.parentElement.querySelector(".cl-style").value);
  else if (is("cl-more")) more(button);
  else if (is("cl-suggestion")) trigger("select", { value: button.textContent });
  else if (is("cl-edit")) trigger("edit", { value: button.value });
  else if (is("cl-verdict") && button.getAttribute("aria-pressed") !== "true") trigger("like", { value: button.value });
};
const onChange = (event) => { if (event.target.classList?.contains("cl-style")) choose(event.target.value); };
const onKey = (event) => {
  if (event.key === "Escape" && document.activeElement?.classList.contains("cl-sure")) document.activeElement.blur();
};
const stop = () => {
  document.removeEventListener("click", onClick);
  document.removeEventListener("change", onChange);
  document.removeEventListener("keydown", onKey);
};
document.addEventListener("click", onClick);
document.addEventListener("change", onChange);
document.addEventListener("keydown", onKey);

// Each answer as it comes: the chosen form of citations, and the attributes that Gradio's chatbot takes away from its HTML.
const dress = {
  ".cl-style": (select) => { select.value = kept(); select.setAttribute("aria-label", select.title); },  // Gradio takes labels out
  ".cl-sure": (button) => { button.setAttribute("aria-describedby", button.nextElementSibling.id); },
  ".cl-judge": (group) => { group.setAttribute("aria-labelledby", group.querySelector("span").id); },
  ".cl-verdict": (button) => { button.setAttribute("aria-pressed", "false"); },
  ".cl-more": (button) => { button.setAttribute("aria-expanded", "false"); },
};
const dressed = new WeakSet();
new MutationObserver(() => {
  for (const [selector, give] of Object.entries(dress)) {
    document.querySelectorAll(`#cl-chat ${selector}`).forEach((one) => {
      if (!dressed.has(one)) give(one);
      dressed.add(one);
    });
  }
}).observe(document.body, { childList: true, subtree: true });

watch("value", () => {
  const next = element.querySelector(".cl-ask-next");
  const answers = document.querySelectorAll("#cl-chat .cl-answer");
  if (next && next.dataset.answers === String(answers.length)) {  // else another question has been asked meanwhile
    const answer = answers[answers.length - 1];
    answer.querySelector(".cl-ask-next")?.remove();
    answer.append(next.cloneNode(true));
  }
  const told = element.querySelector(".cl-told");
  if (told) {
    const [turn] = told.value.split(":");
    document.querySelectorAll(`.cl-verdict[value^="${turn}:"]`).forEach((verdict) => {
      verdict.setAttribute("aria-pressed", String(verdict.value === told.value));
    });
    say(told.textContent);
  }
});
