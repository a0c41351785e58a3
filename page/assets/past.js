// History, and what a screen reader is told (gr.HTML: `element`, `trigger`, `props` and `watch` are Gradio's). Python puts JSON
// as text into this hidden element; everything shown is made with textContent.
const SHELF = "clauses-conversations", OPEN = "clauses-conversation", MOST = 20;
const asked = (turns) => Array.isArray(turns) && turns.length && turns.every((turn) => turn && typeof turn.question === "string");
const shelf = {
  read() {
    try {
      const held = JSON.parse(localStorage.getItem(SHELF)) ?? [];
      return Array.isArray(held) ? held.filter((c) => c && typeof c.id === "string" && asked(c.turns)) : [];
    } catch { return []; }
  },
  write(held) {
    try { localStorage.setItem(SHELF, JSON.stringify(held.slice(0, MOST))); } catch { /* storage is off or full: nothing is kept */ }
  },
  get open() { try { return sessionStorage.getItem(OPEN) ?? ""; } catch { return this.id ?? ""; } },
  set open(id) { this.id = id; try { id ? sessionStorage.setItem(OPEN, id) : sessionStorage.removeItem(OPEN); } catch { /* as above */ } },
};
let words = {}, fingerprint = "", said = null;
const find = (id) => document.getElementById(id);
const make = (tag, name, text) => Object.assign(document.createElement(tag), { className: name, textContent: text });
const button = (name, text, act) => {
  const made = Object.assign(make("button", name, text), { type: "button" });
  made.addEventListener("click", act);
  return made;
};

const tell = (text) => {
  const live = find("cl-live");
  live.textContent = "";
  requestAnimationFrame(() => { live.textContent = text; });  // the same sentence twice is said twice
};

const reopen = (kept) => {
  shelf.open = kept.id;
  const changed = kept.fingerprint && kept.fingerprint !== fingerprint;
  find("cl-changed").textContent = changed ? words.changed : "";
  find("cl-earlier").open = false;
  trigger("select", { turns: kept.turns });
};

const empty = () => { shelf.open = ""; trigger("clear"); find("cl-box").querySelector("textarea").focus(); };

const list = () => {
  const earlier = find("cl-earlier"), held = shelf.read();
  earlier.hidden = !held.length;
  if (!held.length) earlier.open = false;
  earlier.querySelector("summary").textContent = words.earlier;
  const rows = held.map((kept) => {
    const row = make("li", "", "");
    const first = kept.turns[0].question;
    const again = button("cl-again", first, () => reopen(kept));
    again.dir = "auto";
    if (kept.id === shelf.open) again.setAttribute("aria-current", "true");
    const gone = button("cl-delete", "×", () => {
      shelf.write(shelf.read().filter((other) => other.id !== kept.id));
      if (kept.id === shelf.open) empty(); else earlier.querySelector("summary").focus();
      list();
    });
    gone.title = words.delete;
    gone.setAttribute("aria-label", `${words.delete}: ${first}`);
    row.append(again, gone);
    return row;
  });
  earlier.querySelector("ul").replaceChildren(...rows);
  const forget = find("cl-forget");
  forget.textContent = words.forget;
  forget.onclick = () => { shelf.write([]); try { localStorage.removeItem(SHELF); } catch { /* nothing was kept */ } empty(); list(); };
};

// A server that was started anew, or has forgotten this page, answers as if nothing had been asked before: what the browser
// kept is asked again, with the new question after it. MOST_TURNS: of a longer conversation the first questions are not kept.
const MOST_TURNS = 50;
let mending = false;
const forgotten = (turns) => {
  const kept = shelf.read().find((one) => one.id === shelf.open);
  if (!kept || !turns.length || turns.length >= MOST_TURNS || kept.turns[0].question === turns[0].question) return null;
  return { ...kept, turns: [...kept.turns, ...turns] };
};

const keep = (turns, library) => {
  const whole = forgotten(turns);
  if (whole && !mending) {
    mending = true;
    return reopen(whole);
  }
  if (whole) shelf.open = "";  // it could not be put together: the new one stands beside the old
  mending = false;
  if (!turns.length) {
    shelf.open = "";
    find("cl-changed").textContent = "";
  } else {
    shelf.open ||= `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`;
    const id = shelf.open;
    shelf.write([{ id, turns, fingerprint: library }, ...shelf.read().filter((kept) => kept.id !== id)]);
  }
  list();
};

const announce = () => {
  const all = document.querySelectorAll("#cl-chat .cl-answer"), last = all[all.length - 1];
  if (!last) return;
  const cards = last.querySelectorAll(".cl-card").length;
  if (last.matches(".cl-refusal, .cl-notice") || !cards) tell(last.querySelector(".cl-lead, p:not(.cl-kind)")?.textContent ?? "");
  else tell(cards === 1 ? words.answer_one : words.answer_many.replace("{count}", cards));
};

const hear = () => {
  if (!element.isConnected || !element.textContent.trim() || element.textContent === said) return;
  said = element.textContent;
  const news = JSON.parse(said);
  if (news.words) {
    ({ words, fingerprint } = news);
    window.clausesUnreachable = words.unreachable;
    list();
    const kept = shelf.read().find((one) => one.id === shelf.open);
    if (kept) reopen(kept); else shelf.open = "";
  } else {
    if (news.fingerprint) fingerprint = news.fingerprint;
    keep(news.turns, news.fingerprint);
    if (news.turns.length) requestAnimationFrame(() => requestAnimationFrame(announce));
  }
};
watch("value", hear);
window.addEventListener("storage", (event) => { if (element.isConnected && event.key === SHELF) list(); });  // another tab
hear();

// Gradio's log would read out whole cards, and its accordions do not say whether they are open.
const mend = () => {
  document.querySelectorAll('#cl-chat [role="log"]:not([aria-live="off"])').forEach((log) => log.setAttribute("aria-live", "off"));
  document.querySelectorAll("button.label-wrap").forEach((head) => {
    const open = String(head.classList.contains("open"));
    if (head.getAttribute("aria-expanded") !== open) head.setAttribute("aria-expanded", open);
  });
};
new MutationObserver(mend).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["class"] });
mend();
document.addEventListener("keydown", (event) => {
  const earlier = find("cl-earlier");
  if (event.key !== "Escape" || !earlier?.open) return;
  earlier.open = false;
  earlier.querySelector("summary").focus();
});
document.addEventListener("click", (event) => {
  const earlier = find("cl-earlier");
  if (earlier?.open && event.target.isConnected && !earlier.contains(event.target)) earlier.open = false;
});
