// An open menu closes on Escape and on a click elsewhere.

const menus = document.querySelectorAll("details[data-menu]");

function close(menu, {refocus = false} = {}) {
  if (!menu.open) return;
  menu.open = false;
  if (refocus) menu.querySelector("summary").focus();
}

document.addEventListener("click", (event) => {
  for (const menu of menus) if (!menu.contains(event.target)) close(menu);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") for (const menu of menus) close(menu, {refocus: menu.contains(document.activeElement)});
});
