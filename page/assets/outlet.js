// Where the server puts the file of an exported conversation (gr.HTML: `props` and `watch` are Gradio's).
watch("value", () => {
  if (props.value) window.clausesNotebookSave?.(JSON.parse(props.value));
});
