// Files that are dropped or chosen go up one by one; then Python is told where they are (gr.HTML: `element`, `upload`,
// `trigger`, `watch` are Gradio's). Names are shown as text, never as HTML.
let busy = false;

const say = (sentences) => {
  const place = document.querySelector("#cl-shelf-said");
  let line = place.querySelector(".cl-said-here");
  if (!line) {
    line = document.createElement("p");
    line.className = "cl-said-here";
    line.dir = document.documentElement.dir;
    place.append(line);
  }
  line.textContent = sentences.join(" ");
};

const fill = (key, values) => {
  const said = element.querySelector(".cl-drop").dataset[key];
  return said.replace(/\{(\w+)\}/g, (_, name) => values[name]);
};

const bring = async (files) => {
  const zone = element.querySelector(".cl-drop");
  if (!zone || busy || !files.length) return;
  busy = true;
  const sent = [], refused = [];
  let number = 0;
  for (const file of files) {
    number += 1;
    if (file.size > Number(zone.dataset.limit)) {
      refused.push(fill("tooLarge", { name: file.name }));
      continue;
    }
    say([...refused, fill("uploading", { name: file.name, done: number, total: files.length })]);
    try {
      const { path } = await upload(file);
      sent.push({ path, name: file.name });
    } catch {
      refused.push(fill("folder", { name: file.name }));
    }
  }
  busy = false;
  say(refused);
  if (sent.length) trigger("upload", { files: sent });
};

element.addEventListener("change", (event) => {
  if (event.target.type !== "file") return;
  bring([...event.target.files]);
  event.target.value = "";
});
const tab = element.closest("[role=tabpanel]") ?? element;
const over = (on) => element.querySelector(".cl-drop")?.classList.toggle("cl-over", on);
tab.addEventListener("dragover", (event) => { event.preventDefault(); over(true); });
tab.addEventListener("dragleave", (event) => { if (!tab.contains(event.relatedTarget)) over(false); });
tab.addEventListener("drop", (event) => {
  event.preventDefault();  // or the browser would leave the page for the file
  over(false);
  bring([...event.dataTransfer.files]);
});

// The field goes while files are added and comes back afterwards: who used the keyboard is led on, to Cancel and to the
// list. What comes next may be on the page some frames later.
const lead = (next, frames) => {
  if (document.activeElement !== document.body || !frames) return;
  const target = document.querySelector(next);
  if (target) target.focus();
  else requestAnimationFrame(() => lead(next, frames - 1));
};
watch("value", () => requestAnimationFrame(() => {
  lead(element.querySelector(".cl-drop") ? "#cl-shelf-came .cl-came" : "#cl-shelf-stop", 120);
}));
