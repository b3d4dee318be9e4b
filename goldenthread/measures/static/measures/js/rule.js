// Of a rule's fields only those that its family reads are shown.

for (const form of document.querySelectorAll("form[data-rule]")) {
  const family = form.querySelector("select[name=family]");
  const show = () => {
    for (const box of form.querySelectorAll("[data-read-by]")) {
      box.hidden = !box.dataset.readBy.split(" ").includes(family.value);
    }
    for (const group of form.querySelectorAll(".gt-edges")) {
      group.hidden = [...group.querySelectorAll("[data-read-by]")].every((box) => box.hidden);
    }
  };
  family.addEventListener("change", show);
  show();
}
