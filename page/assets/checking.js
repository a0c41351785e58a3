// Runs once where a file is chosen to be checked (gr.HTML): `element`, `trigger` and `watch` are Gradio's.
// A file goes to the server with the event, and is kept nowhere. Nothing of it becomes HTML here.
const say = (sentence) => {
  const status = document.querySelector("#cl-check-status .cl-check-said, #cl-check-file .cl-check-large");
  const shown = status ?? element.appendChild(Object.assign(document.createElement("p"), { className: "cl-check-large" }));
  shown.textContent = sentence;
};

const send = (file) => {
  const drop = element.querySelector(".cl-check-drop");
  element.querySelector(".cl-check-large")?.remove();
  if (file.size > Number(drop.dataset.most)) return say(drop.dataset.large.replace("{name}", file.name));
  const reader = new FileReader();
  reader.addEventListener("load", () => trigger("upload", { name: file.name, data: String(reader.result).split(",")[1] ?? "" }));
  reader.addEventListener("error", () => say(`${file.name}: ${reader.error?.message ?? ""}`));
  reader.readAsDataURL(file);
};

element.addEventListener("change", (event) => {
  const [file] = event.target.files ?? [];
  event.target.value = "";  // the same file may be chosen again, corrected
  if (file) send(file);
});
for (const kind of ["dragover", "dragleave", "drop"]) {
  element.addEventListener(kind, (event) => {
    event.preventDefault();
    element.querySelector(".cl-check-drop")?.classList.toggle("cl-over", kind === "dragover");
    const [file] = kind === "drop" ? event.dataTransfer.files : [];
    if (file) send(file);
  });
}

const onClick = (event) => {
  if (!element.isConnected) return document.removeEventListener("click", onClick);
  const button = event.target.closest?.(".cl-check-as");
  if (button) trigger("select", { value: button.value });
};
document.addEventListener("click", onClick);
document.getElementById("cl-check-status")?.setAttribute("aria-live", "polite");

// Chromium takes a minute to insert two thousand lines as if they were typed; set as a value they are there at once.
const onPaste = (event) => {
  if (!element.isConnected) return document.removeEventListener("paste", onPaste);
  const box = event.target.closest?.("#cl-check-box textarea");
  const pasted = event.clipboardData?.getData("text/plain") ?? "";
  if (!box || pasted.length < 10000) return;
  event.preventDefault();
  box.setRangeText(pasted, box.selectionStart, box.selectionEnd, "end");
  box.dispatchEvent(new Event("input", { bubbles: true }));
};
document.addEventListener("paste", onPaste);

// What was found is brought into sight where it would begin too far down to be seen: on a phone, below a long text.
window.clausesChecked = () => requestAnimationFrame(() => {
  const status = document.getElementById("cl-check-status"), tab = document.getElementById("cl-tab-check").getBoundingClientRect();
  if (status.getBoundingClientRect().top < tab.top + tab.height / 2) return;
  status.scrollIntoView({ block: "start", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
});

window.clausesSave = (file) => {
  const bytes = Uint8Array.from(atob(file.data), (letter) => letter.charCodeAt(0));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type: file.type }));
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
};
