// A form marked data-unsaved asks before what was typed is lost.

const changed = new Set();

for (const form of document.querySelectorAll("form[data-unsaved]")) {
  form.addEventListener("input", () => changed.add(form));
  form.addEventListener("submit", () => changed.delete(form));
}

window.addEventListener("beforeunload", (event) => {
  if (changed.size) event.preventDefault();
});
