// A picture larger than its place begins where its line begins, not in an empty corner.

function begin() {
  for (const region of document.querySelectorAll("[data-picture]")) {
    const first = region.querySelector("a");
    if (!first) continue;
    const place = first.getBoundingClientRect();
    const frame = region.getBoundingClientRect();
    region.scrollLeft += place.left - frame.left - 16;
    region.scrollTop += place.top - frame.top - (region.clientHeight - place.height) / 2;
  }
}

begin();
document.addEventListener("htmx:afterSwap", begin);
