// Choosing whom to invite: all of a kind by one tick, and a line that narrows the list. Without scripts every box is there.
"use strict";
document.documentElement.classList.add("has-script");
for (const list of document.querySelectorAll("[data-choose]")) {
  for (const group of list.querySelectorAll("fieldset")) {
    // Where somebody is known by name, that person is invited and not the desk besides.
    const boxes = [...group.querySelectorAll("input[type=checkbox]:not(:disabled):not([data-has-reporters])")];
    if (boxes.length < 2) continue;
    const label = document.createElement("label");
    label.className = "all";
    const all = document.createElement("input");
    all.type = "checkbox";
    all.className = "form-check-input";
    const words = document.createElement("span");
    words.textContent = list.dataset.all;
    label.append(all, words);
    group.querySelector("legend").after(label);
    const settle = () => {
      const ticked = boxes.filter((box) => box.checked).length;
      all.checked = ticked === boxes.length;
      all.indeterminate = ticked > 0 && ticked < boxes.length;
    };
    all.addEventListener("change", () => {
      for (const box of boxes) box.checked = all.checked;
    });
    group.addEventListener("change", (event) => event.target !== all && settle());
    settle();
  }
}
