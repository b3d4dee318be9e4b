// Beside the two halves of a ratio stands what they make, as they are typed; a choice of period is shown at once.

function number(text) {
  const plain = text.replace(/[,£\s]/g, "");
  return plain !== "" && Number.isFinite(Number(plain)) ? Number(plain) : null;
}

for (const box of document.querySelectorAll("[data-ratio]")) {
  const [top, bottom] = box.querySelectorAll("input");
  const sum = box.querySelector("output");
  const {factor, decimals, before, after} = box.dataset;
  const places = {minimumFractionDigits: Number(decimals), maximumFractionDigits: Number(decimals)};
  const show = () => {
    const [above, below] = [number(top.value), number(bottom.value)];
    const known = above !== null && below;
    const figure = known ? (above / below * Number(factor)).toLocaleString("en-GB", places) : "";
    const unit = after === "%" ? "%" : after && ` ${after}`;
    sum.textContent = known ? sum.dataset.words.replace("{figure}", before + figure + unit) : "";
  };
  box.addEventListener("input", show);
  show();
}

for (const choice of document.querySelectorAll("select[data-submits]")) {
  const button = choice.form.querySelector("button");
  button.hidden = true;
  choice.addEventListener("change", () => choice.form.submit());
}
