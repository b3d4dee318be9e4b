// Of a rule's fields only those that its family reads are shown, and only their numbers are sent: what somebody typed
// for another family could not be seen to be put right.

for (const form of document.querySelectorAll("form[data-rule]")) {
  const family = form.querySelector("select[name=family]");
  const show = () => {
    for (const box of form.querySelectorAll("[data-read-by]")) {
      box.hidden = !box.dataset.readBy.split(" ").includes(family.value);
      for (const number of box.querySelectorAll("input")) number.disabled = box.hidden;
    }
    for (const group of form.querySelectorAll(".gt-edges")) {
      group.hidden = [...group.querySelectorAll("[data-read-by]")].every((box) => box.hidden);
    }
  };
  family.addEventListener("change", show);
  show();
}
