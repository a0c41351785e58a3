// The document pane (gr.HTML: `element`, `trigger`, `props` and `watch` are Gradio's; it runs after page.js, in one scope with it).
// What opens a document is a button's value alone: "turn-number" (.cl-cite), "clause:…", "span:…" (.cl-goto), "edition:…" (.cl-tongue).
{
  const find = (selector) => element.querySelector(selector);
  const phone = () => matchMedia("(max-width: 799px)").matches;
  let opener = null, openerId = "", outlined = false;

  const open = (button, value) => {
    if (phone() && !history.state?.clausesPane) history.pushState({ clausesPane: true }, "");
    if (!element.contains(button)) [opener, openerId] = [button, button.id];  // not from within: closing leads back outside
    trigger("click", { value });
  };

  // On a phone the document covers the page: the way back, of the phone or of this button, leads to the page below it.
  const close = () => { if (history.state?.clausesPane) history.back(); else shut(); };
  const onBack = (event) => {
    if (!element.isConnected) return window.removeEventListener("popstate", onBack);
    if (!event.state?.clausesPane && find(".cl-document")) shut();
  };
  window.addEventListener("popstate", onBack);
  const shut = () => {
    props.value = "";
    const back = opener?.isConnected ? opener : document.getElementById(openerId);
    back?.focus();
    if (!back || document.activeElement !== back) document.querySelector("#cl-box textarea")?.focus();
  };

  const seen = (block) => {
    const pane = find(".cl-text").getBoundingClientRect(), box = block.getBoundingClientRect();
    return box.bottom > pane.top + 12 && box.top < pane.bottom - 12;
  };

  // The clause that is read: the one set apart while it can be seen (of a heading the one below it), else the first in sight.
  const clauseInView = () => {
    let block = find(".cl-here");
    if (block && seen(block)) {
      while (block && !block.dataset.link) block = block.nextElementSibling;
      if (block) return block;
    }
    const all = [...element.querySelectorAll("[data-link]")];
    return all.find(seen) ?? all[0];
  };

  const scrollTo = (target) => {
    const pane = find(".cl-text");
    const gap = target.getBoundingClientRect().top - pane.getBoundingClientRect().top;
    const room = Math.max(24, (pane.clientHeight - target.offsetHeight) / 3);
    pane.scrollTo({ top: pane.scrollTop + gap - room, behavior: quick() });
  };

  const setApart = (block) => {
    find(".cl-here")?.classList.remove("cl-here");
    block.classList.add("cl-here");
    block.tabIndex = -1;
  };

  const jump = (offset) => {
    const block = find(`.cl-block[data-at="${Number(offset)}"]`);
    if (!block) return;
    setApart(block);
    if (phone()) fold(false);
    scrollTo(block);
    block.focus({ preventScroll: true });
  };

  const step = (by) => {
    const steps = find(".cl-steps"), ways = [...steps.querySelectorAll("[data-at]")];
    let current = Number(steps.dataset.current);
    if (current < 0) {  // between two quotations, or before them all
      const after = ways.findIndex((way) => Number(way.dataset.at) >= Number(steps.dataset.from));
      current = (after < 0 ? ways.length : after) - (by > 0 ? 1 : 0);
    }
    const next = (current + by + ways.length) % ways.length, way = ways[next];
    const mark = find(`mark[data-at="${Number(way.dataset.at)}"]`);
    if (!mark) return way.click();  // not in the part of the document that is shown: it is opened there
    steps.dataset.current = next;
    find(".cl-count").textContent = way.dataset.said;
    setApart(mark.closest(".cl-block"));
    mark.tabIndex = -1;
    scrollTo(mark);
    mark.focus({ preventScroll: true });
  };

  const markHeading = () => {  // in the outline: the heading that what is read stands under, or is
    const here = find(".cl-here"), read = here && seen(here) ? here : clauseInView();
    let current = null;
    for (const entry of element.querySelectorAll(".cl-jump")) {
      entry.removeAttribute("aria-current");
      if (Number(entry.value) <= Number(read?.dataset.at ?? 0)) current = entry;
    }
    current?.setAttribute("aria-current", "location");
    return current;
  };

  const fold = (shown) => {
    const button = find(".cl-contents"), list = find(".cl-outline");
    if (!button) return;
    outlined = shown;
    button.setAttribute("aria-expanded", shown);
    list.hidden = !shown;
    if (shown) markHeading()?.scrollIntoView({ block: "nearest" });
  };

  // On plain HTTP from another machine a browser has no clipboard of this kind; the old way works everywhere.
  const write = async (words) => {
    if (navigator.clipboard) return navigator.clipboard.writeText(words);
    const field = document.createElement("textarea"), focused = document.activeElement;
    field.value = words;
    element.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
    focused?.focus();
  };

  const copyLink = async (button) => {
    const clause = clauseInView();
    if (!clause) return;
    await write(`${location.origin}${location.pathname}?clause=${encodeURIComponent(clause.dataset.link)}`);
    find(".cl-status").textContent = button.dataset.said.replace("{clause}", () => clause.dataset.label);
  };

  const onClick = (event) => {
    if (!element.isConnected) return document.removeEventListener("click", onClick);
    const button = event.target.closest?.("button");
    if (!button) return;
    const is = (name) => button.classList.contains(name);
    if (is("cl-cite") || is("cl-goto")) open(button, button.value);
    else if (is("cl-tongue")) open(button, `${button.value}:${clauseInView()?.dataset.at ?? 0}`);
    else if (is("cl-close")) close();
    else if (is("cl-jump")) jump(button.value);
    else if (is("cl-previous")) step(-1);
    else if (is("cl-next")) step(1);
    else if (is("cl-contents")) fold(button.getAttribute("aria-expanded") !== "true");
    else if (is("cl-link")) copyLink(button);
  };
  document.addEventListener("click", onClick);

  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (!event.target.closest(".cl-outline")) return close();
    fold(false);
    find(".cl-contents").focus();
  });

  let waiting = false;
  element.addEventListener("scroll", () => {  // scrolling does not bubble: it is caught on its way down
    if (!outlined || waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; if (find(".cl-outline")) markHeading(); });
  }, { capture: true, passive: true });

  watch("value", () => requestAnimationFrame(() => {
    document.querySelectorAll(".cl-cite.cl-open").forEach((button) => button.classList.remove("cl-open"));
    const pane = find(".cl-text"), here = find(".cl-here");
    if (!pane) return find(".cl-gone")?.focus();
    if (outlined) fold(!phone());
    if (openerId) document.getElementById(openerId)?.classList.add("cl-open");
    if (!here) return pane.focus();
    scrollTo(here.offsetHeight < pane.clientHeight ? here : here.querySelector("mark") ?? here);
    here.focus({ preventScroll: true });
  }));
}
