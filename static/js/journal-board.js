// The board of a journal's issue: rows are moved by buttons (also by keyboard) or dragged, and the numbers follow.
// Without this script the numbers are typed.
(() => {
  const board = document.querySelector("[data-board]");
  if (!board) return;
  const chosen = board.querySelector("[data-board-in]");
  const offered = board.querySelector("[data-board-out]");
  const said = board.querySelector("[data-board-said]");
  const count = board.querySelector("[data-board-count]");
  const left = board.querySelector("[data-board-left]");
  const thai = document.documentElement.lang === "th";
  const figures = (number) =>
    thai ? String(number).replace(/\d/g, (digit) => "๐๑๒๓๔๕๖๗๘๙"[digit]) : String(number);

  function number() {
    [...chosen.children].forEach((row, place) => {
      row.querySelector("[data-place]").value = figures(place + 1);
    });
    for (const row of offered.children) row.querySelector("[data-place]").value = "";
    count.textContent = figures(chosen.children.length);
    left.textContent = figures(offered.children.length);
    board.classList.toggle("is-empty", !chosen.children.length);
  }

  function move(row, how) {
    if (how === "add") chosen.append(row);
    if (how === "drop") offered.prepend(row);
    if (how === "up" && row.previousElementSibling) row.previousElementSibling.before(row);
    if (how === "down" && row.nextElementSibling) row.nextElementSibling.after(row);
    number();
    const place = row.querySelector("[data-place]").value;
    said.textContent = `${row.dataset.title} ${place}`;
  }

  board.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (!button) return;
    const row = button.closest(".board-row");
    const how = button.dataset.move;
    move(row, how);
    // The button pressed may be gone from the row's new list: whoever works by keyboard goes on from its counterpart.
    const next = { add: "up", drop: "add" }[how] || how;
    row.querySelector(`[data-move="${next}"]`).focus();
  });

  let dragged = null;
  board.addEventListener("dragstart", (event) => {
    dragged = event.target.closest(".board-row");
    event.dataTransfer.effectAllowed = "move";
    dragged.classList.add("is-dragged");
  });
  board.addEventListener("dragover", (event) => {
    const list = event.target.closest("[data-board-in], [data-board-out]");
    if (!dragged || !list) return;
    event.preventDefault();
    const over = event.target.closest(".board-row");
    if (!over) list.append(dragged);
    else if (over !== dragged) {
      const box = over.getBoundingClientRect();
      over[event.clientY > box.top + box.height / 2 ? "after" : "before"](dragged);
    }
  });
  board.addEventListener("dragend", () => {
    if (dragged) dragged.classList.remove("is-dragged");
    dragged = null;
    number();
  });

  for (const row of board.querySelectorAll(".board-row")) {
    row.draggable = true;
    row.querySelector("[data-board-acts]").hidden = false;
    row.querySelector("[data-place]").readOnly = true;
  }
  board.classList.add("is-live");
  number();
})();
