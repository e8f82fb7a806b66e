// Pictures of an article: the focus is set by pressing on the picture, the order by buttons. Without this script the
// same stands in fields: a share of width and height, and the number of the place.
(() => {
  "use strict";

  const rows = document.querySelector("[data-picture-rows]");
  if (!rows) return;
  const isEnglish = document.documentElement.lang.startsWith("en");
  const say = (thai, english) => (isEnglish ? english : thai);

  // ── Focus ────────────────────────────────────────────────────────────────────────────────

  function focusOf(row) {
    const box = row.querySelector("[data-focus-box]");
    const [x, y] = ["focus_x", "focus_y"].map((name) => row.querySelector(`[name^="${name}_"]`));
    const [upright, level] = [box.querySelector("[data-focus-x]"), box.querySelector("[data-focus-y]")];
    const draw = () => {
      for (const name of ["x1", "x2"]) upright.setAttribute(name, x.value);
      for (const name of ["y1", "y2"]) level.setAttribute(name, y.value);
    };
    for (const field of [x, y]) field.addEventListener("input", draw);
    box.addEventListener("click", (event) => {
      const area = box.getBoundingClientRect();
      x.value = Math.round(((event.clientX - area.left) / area.width) * 100);
      y.value = Math.round(((event.clientY - area.top) / area.height) * 100);
      draw();
    });
    draw();
  }

  // ── Order ────────────────────────────────────────────────────────────────────────────────

  const all = () => [...rows.querySelectorAll("[data-picture-row]")];
  const place = (row) => row.querySelector('[name^="place_"]');
  const cover = rows.querySelector(".picture-place > .state"); // whichever stands first is the cover
  const number = () => {
    all().forEach((row, index) => (place(row).value = index + 1));
    if (cover) all()[0].querySelector(".picture-place").prepend(cover);
  };

  function button(words, face, act) {
    const element = document.createElement("button");
    element.type = "button";
    element.className = "btn btn-quiet btn-sm";
    element.textContent = face;
    element.setAttribute("aria-label", words);
    element.title = words;
    element.addEventListener("click", () => {
      act();
      number();
      element.focus();
    });
    return element;
  }

  for (const row of all()) {
    focusOf(row);
    const acts = document.createElement("span");
    acts.className = "picture-moves";
    acts.append(
      button(say("เลื่อนขึ้น", "Move up"), "↑", () => row.previousElementSibling?.before(row)),
      button(say("เลื่อนลง", "Move down"), "↓", () => row.nextElementSibling?.after(row)),
    );
    row.querySelector(".picture-place").append(acts);
  }
})();
