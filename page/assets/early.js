// Before Gradio loads: the language of the page is the chosen one, else the browser's first; Arabic runs right to left.
(() => {
  const known = ["ar", "en", "es", "fr", "ru", "zh"];
  let chosen = null;
  try { chosen = localStorage.getItem("CHOSEN"); } catch { /* storage is switched off: the browser's language it is */ }
  const spoken = known.includes(chosen) ? chosen : navigator.language.slice(0, 2).toLowerCase();
  const language = known.includes(spoken) ? spoken : "en";
  const gradios = language === "zh" ? "zh-CN" : language;  // Gradio knows no "zh", nor "fr-CA"
  Object.defineProperty(navigator, "language", { get: () => gradios });
  Object.defineProperty(navigator, "languages", { get: () => [gradios] });
  document.documentElement.lang = language;
  document.documentElement.dir = language === "ar" ? "rtl" : "ltr";
})();
