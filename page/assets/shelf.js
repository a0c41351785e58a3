// The table of documents (gr.HTML: `element`, `trigger`, `watch` are Gradio's): a button's value goes to Python, which says
// what is shown next; then the focus goes to what opened, or back to the button that opened it.
let opener = "";
element.addEventListener("click", (event) => {
  const button = event.target.closest("button.cl-deed");
  if (!button) return;
  if (button.id) opener = button.id;
  trigger("click", { value: button.value });
});
element.addEventListener("keydown", (event) => {
  const close = event.key === "Escape" && element.querySelector("button[value^='close:']");
  if (close) close.click();
});
watch("value", () => requestAnimationFrame(() => {
  if (!opener) return;
  const opened = element.querySelector("[data-focus]");
  (opened ?? document.getElementById(opener) ?? element.querySelector(".cl-goto"))?.focus();
  if (!opened) opener = "";
}));
