// Rows of a table disappear as you type. Every word must stand somewhere in the row.

function filter(rows, typed) {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const row of rows) {
    const keep = words.every((word) => row.text.includes(word));
    row.element.hidden = !keep;
    if (keep) shown += 1;
  }
  return shown;
}

function start(box) {
  const table = document.getElementById(box.dataset.rowFilter);
  if (!table) return;
  const input = box.querySelector("input");
  const count = box.querySelector("[data-row-filter-count]");
  const rows = [...table.tBodies]
    .flatMap((body) => [...body.rows])
    .map((element) => ({element, text: element.textContent.toLowerCase()}));
  box.hidden = false;
  input.addEventListener("input", () => {
    const shown = filter(rows, input.value);
    count.textContent = input.value
      ? count.dataset.words.replace("{shown}", shown).replace("{all}", rows.length)
      : "";
  });
}

for (const box of document.querySelectorAll("[data-row-filter]")) start(box);
