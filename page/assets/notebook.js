// The notebook (gr.HTML: `element` and `server` are Gradio's). It is kept in this browser alone; the server renders, verifies and
// exports what it is sent, and keeps nothing. Text comes into the page as the server escaped it, or as textContent. The tab that shows
// the notebook is there once it has been opened, this script from the beginning: pin buttons are elsewhere.
const KEY = "clauses-notebook";
const root = document.querySelector(".gradio-container") ?? document.body;
let tab = null;  // the element in the tab
let drawing = { html: "", words: {} };
const word = (name) => drawing.words[name] ?? "";
const inTab = (node) => tab?.contains(node) ?? false;
const nameOf = (pin) => `${pin?.document}:${pin?.start}-${pin?.end}`;
let unkept = null;  // the notebook of this visit, where the browser keeps nothing

const told = document.createElement("div");
told.className = "cl-notebook-told";
told.setAttribute("role", "status");
document.querySelectorAll(".cl-notebook-told").forEach((old) => old.remove());
root.append(told);
let hiding = 0;
const tell = (words) => {
  clearTimeout(hiding);
  told.textContent = "";
  requestAnimationFrame(() => { told.textContent = words; });  // the same words again are read out again
  hiding = setTimeout(() => { told.textContent = ""; }, 6000);
};

window.clausesTell = tell;
const unreachable = () => ({ error: window.clausesUnreachable ?? word("failed") });

const kept = () => {
  if (unkept !== null) return unkept;
  try { return localStorage.getItem(KEY) ?? "[]"; } catch { return "[]"; }
};
const pins = () => {
  try { const found = JSON.parse(kept()); return Array.isArray(found) ? found : null; } catch { return null; }
};
const keep = (all) => {
  const line = JSON.stringify(all);
  try { localStorage.setItem(KEY, line); unkept = null; } catch { unkept = line; tell(word("not_kept")); }
  mark();
};

// Pin buttons come and go with the chat: each time, those of what is kept are pressed.
const mark = () => {
  const all = pins() ?? [], names = new Set(all.map(nameOf));
  document.documentElement.style.setProperty("--cl-pinned", all.length ? `" (${all.length})"` : '""');
  document.querySelectorAll(".cl-pin").forEach((button) => {
    const pressed = String(names.has(button.value));
    if (button.getAttribute("aria-pressed") !== pressed) button.setAttribute("aria-pressed", pressed);
  });
};
let marking = false;
const watcher = new MutationObserver(() => {
  if (marking) return;
  marking = true;
  requestAnimationFrame(() => { marking = false; if (element.isConnected) mark(); else watcher.disconnect(); });
});
watcher.observe(root, { childList: true, subtree: true });

let drawn = 0, focus = null;
const draw = async () => {
  const mine = ++drawn, sent = kept(), made = await server.notebook_shown(sent).catch(() => null);
  if (mine !== drawn || !made) return;
  if (sent !== kept()) return draw();  // something was typed meanwhile
  drawing = made;
  show();
};
// All of it is replaced: Gradio would change element by element, and what is typed in a note would stay in its place, not with its pin.
const show = () => {
  if (!tab) return;
  const then = focus ?? refocus();
  tab.innerHTML = drawing.html;  // the server escaped what is in it
  then?.();
  focus = null;
};
// What had the focus gives it to its like among the new elements.
const refocus = () => {
  const was = document.activeElement, name = inTab(was) && was.closest(".cl-kept")?.dataset.span;
  if (!name) return null;
  const kind = `.${was.classList[0]}`, at = was.selectionStart;
  return () => {
    const now = item(name)?.querySelector(kind);
    now?.focus();
    if (at != null) now?.setSelectionRange(at, at);
  };
};
const item = (name) => [...(tab?.querySelectorAll(".cl-kept") ?? [])].find((li) => li.dataset.span === name);

const sure = (question) => new Promise((decided) => {
  const dialog = document.createElement("dialog"), said = document.createElement("p");
  dialog.className = "cl-confirm";
  said.textContent = question;
  said.id = "cl-confirm-said";
  dialog.setAttribute("aria-labelledby", said.id);
  dialog.append(said, ...["no", "yes"].map((answer) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = word(answer);
    button.className = `cl-${answer}`;
    button.addEventListener("click", () => dialog.close(answer));
    return button;
  }));
  dialog.addEventListener("close", () => { dialog.remove(); decided(dialog.returnValue === "yes"); });
  root.append(dialog);
  dialog.showModal();
});

const questionOf = (button) => {
  const before = [...document.querySelectorAll("#cl-chat .cl-asked")]
    .filter((asked) => asked.compareDocumentPosition(button) & Node.DOCUMENT_POSITION_FOLLOWING);
  return button.closest("#cl-chat") ? before.at(-1)?.textContent ?? "" : "";
};

const pin = async (button) => {
  const all = pins();
  if (!all) return tell(word("unreadable"));
  if (all.some((one) => nameOf(one) === button.value)) return remove(button.value);
  if (all.length >= drawing.most) return tell(word("full"));
  const asked = JSON.stringify({ span: button.value, question: questionOf(button) });
  const made = (await server.pin_span(asked).catch(() => undefined)) ?? unreachable();
  if (made.error) return tell(made.error);
  const now = pins() ?? [];
  if (!now.some((one) => nameOf(one) === button.value)) keep([...now, JSON.parse(made.pin)]);
  if (unkept === null) tell(word("pinned"));
  draw();
};

const remove = async (name) => {
  const all = pins() ?? [], at = all.findIndex((one) => nameOf(one) === name);
  if (at < 0 || (all[at].note?.trim() && !await sure(word("sure_remove")))) return;
  const rest = (pins() ?? []).filter((one) => nameOf(one) !== name);
  keep(rest);
  tell(word("unpinned"));
  const next = rest[Math.min(at, rest.length - 1)];
  if (inTab(document.activeElement) || document.activeElement === document.body) {
    focus = () => (next ? item(nameOf(next))?.querySelector(".cl-remove") : document.getElementById("cl-tab-notebook-button"))?.focus();
  }
  draw();
};

const move = (name, step, kind) => {
  const all = pins() ?? [], at = all.findIndex((one) => nameOf(one) === name), to = at + step;
  if (at < 0 || to < 0 || to >= all.length) return;
  [all[at], all[to]] = [all[to], all[at]];
  keep(all);
  tell(word("moved"));
  focus = () => {  // the first cannot go up, the last not down: there the other button is left
    const ways = [kind, ".cl-up", ".cl-down"].map((way) => item(name)?.querySelector(way));
    ways.find((way) => way && getComputedStyle(way).visibility === "visible")?.focus();
  };
  draw();
};

const clear = async () => {
  if (!await sure(word("sure_clear"))) return;
  keep([]);
  tell(word("cleared"));
  focus = () => document.getElementById("cl-tab-notebook-button")?.focus();
  draw();
};

window.clausesNotebookSave = (file) => {
  if (file.error) return tell(file.error);
  const bytes = Uint8Array.from(atob(file.content), (letter) => letter.charCodeAt(0));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type: file.media }));
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  tell(file.said);
};
const save = async (form) => {
  const asked = JSON.stringify({ form, pins: kept() });
  window.clausesNotebookSave((await server.export_pins(asked).catch(() => undefined)) ?? unreachable());
};

const onClick = (event) => {
  if (!element.isConnected) return document.removeEventListener("click", onClick);
  const button = event.target.closest?.("button");
  if (!button) return;
  if (button.classList.contains("cl-pin")) return pin(button);
  if (!inTab(button)) return;
  const name = button.closest(".cl-kept")?.dataset.span;
  if (button.classList.contains("cl-up")) move(name, -1, ".cl-up");
  else if (button.classList.contains("cl-down")) move(name, 1, ".cl-down");
  else if (button.classList.contains("cl-remove")) remove(name);
  else if (button.classList.contains("cl-export")) save(button.value);
  else if (button.classList.contains("cl-clear-notebook")) clear();
};
document.addEventListener("click", onClick);
const onInput = (event) => {
  const all = pins(), name = event.target.closest(".cl-kept")?.dataset.span;
  const mine = all?.find((one) => nameOf(one) === name);
  if (!mine || !event.target.classList.contains("cl-note-box")) return;
  mine.note = event.target.value;
  keep(all);
};
window.clausesNotebook = (shown) => {
  tab = shown;
  tab.addEventListener("input", onInput);
  show();
};
window.addEventListener("storage", (event) => { if (event.key === KEY || event.key === null) { mark(); draw(); } });  // another tab
mark();
draw();
