// The register: tick a whole page or a stretch of rows (with Shift), and read how many are ticked.
(() => {
  "use strict";

  const card = document.getElementById("rows");
  const boxes = [...card.querySelectorAll("input[name=row]")];
  const whole = card.querySelector("[data-pick-page]");
  const filter = card.querySelector("input[name=scope]");
  const said = card.querySelector("[data-picked]");
  if (!boxes.length || !said) return;

  const isEnglish = document.documentElement.lang.startsWith("en");
  const figure = (number) =>
    isEnglish ? `${number}` : `${number}`.replace(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xe20));
  const all = whole.querySelector("input");
  whole.hidden = false;

  function tell() {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
    if (filter?.checked) said.textContent = isEnglish ? "All of this filter" : "ทั้งหมดตามตัวกรอง";
    else said.textContent = isEnglish ? `${ticked} chosen` : `เลือกแล้ว ${figure(ticked)} เรื่อง`;
  }

  let last = null;
  card.addEventListener("click", (event) => {
    const box = event.target.closest("input[name=row]");
    if (!box) return;
    if (event.shiftKey && last) {
      const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((one, other) => one - other);
      for (const between of boxes.slice(from, to + 1)) between.checked = box.checked;
    }
    last = box;
  });
  card.addEventListener("change", (event) => {
    if (event.target === all) for (const box of boxes) box.checked = all.checked;
    tell();
  });
  window.addEventListener("pageshow", tell); // a page that comes back keeps its ticks
  tell();
})();
