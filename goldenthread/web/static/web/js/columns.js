// The thread in columns: arrow keys go along a column and to the next, and what hangs together lights up.

function start(region) {
  const columns = [...region.querySelectorAll(".gt-column")].map((column) => [...column.querySelectorAll("a.gt-node")]);
  const filled = columns.filter((links) => links.length);
  const links = filled.flat();
  const here = region.querySelector(".gt-node--here");
  const tied = new Map();
  for (const link of links) {
    for (const key of link.dataset.towards.split("|")) {
      tied.set(key, (tied.get(key) || new Set()).add(link.dataset.node));
      tied.set(link.dataset.node, (tied.get(link.dataset.node) || new Set()).add(key));
    }
  }
  const places = new Map(links.map((link) => [link.dataset.node, link]));

  function light(link) {
    const near = link ? tied.get(link.dataset.node) : null;
    for (const other of [...links, here]) other.classList.toggle("gt-node--tied", Boolean(near && near.has(other.dataset.node)));
  }

  function beside(link, way) {
    const column = filled.findIndex((one) => one.includes(link));
    const next = filled[column + way];
    if (!next) return null;
    const near = tied.get(link.dataset.node);
    return next.find((one) => near && near.has(one.dataset.node)) || next[Math.min(filled[column].indexOf(link), next.length - 1)];
  }

  function along(link, way) {
    const column = filled.find((one) => one.includes(link));
    return column[column.indexOf(link) + way];
  }

  const moves = {
    ArrowDown: (link) => along(link, 1),
    ArrowUp: (link) => along(link, -1),
    ArrowRight: (link) => beside(link, 1),
    ArrowLeft: (link) => beside(link, -1),
    Home: (link) => filled.find((one) => one.includes(link))[0],
    End: (link) => filled.find((one) => one.includes(link)).at(-1),
  };

  region.addEventListener("keydown", (event) => {
    const move = moves[event.key];
    if (!move || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest("a.gt-node");
    const to = link ? move(link) : event.target === region && (event.key === "ArrowLeft" ? filled[0]?.[0] : firstBelow());
    if (!to) return;
    event.preventDefault();
    to.focus();
    to.scrollIntoView({block: "nearest", inline: "nearest"});
  });

  function firstBelow() {
    return links.find((link) => here.compareDocumentPosition(link) & Node.DOCUMENT_POSITION_FOLLOWING) || links[0];
  }

  region.addEventListener("focusin", (event) => light(places.get(event.target.dataset.node)));
  region.addEventListener("focusout", () => light(null));
  region.addEventListener("pointerover", (event) => light(places.get(event.target.closest("a.gt-node")?.dataset.node)));
  region.addEventListener("pointerleave", () => light(null));
  // Begin where we are, not at the far left.
  const column = here.closest(".gt-column");
  region.scrollLeft = Math.max(0, column.offsetLeft - region.offsetLeft - region.clientWidth / 3);
}

for (const region of document.querySelectorAll("[data-columns]")) start(region);
