// The choice of the page's language (gr.HTML: `element` is Gradio's). It is kept in this browser, and told to the server.
const choice = element.querySelector("#cl-language");
choice.value = document.documentElement.lang.slice(0, 2);
choice.addEventListener("change", () => {
  try { localStorage.setItem("clauses-language", choice.value); } catch { /* storage is switched off: the cookie is enough for this visit */ }
  document.cookie = `clauses-language=${choice.value}; path=/; max-age=31536000; samesite=strict`;
  location.reload();
});
