// The calendar of the project: arrows move between the months, and a pointer drawn across them sets them all. Without
// this the boxes work as they are.
(() => {
  const table = document.querySelector("table.gantt[data-edit]");
  if (!table) return;
  const grid = [...table.tBodies[0].rows].map((row) => [...row.querySelectorAll('input[type="checkbox"]')]);
  const place = (box) => {
    const row = grid.findIndex((boxes) => boxes.includes(box));
    return [row, row < 0 ? -1 : grid[row].indexOf(box)];
  };
  const MOVES = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
  table.addEventListener("keydown", (event) => {
    const move = MOVES[event.key];
    if (!move || event.target.type !== "checkbox") return;
    const [row, column] = place(event.target);
    const next = grid[row + move[0]]?.[column + move[1]];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
  // Which box the pointer went down on, and what all it is drawn across become.
  let from = null;
  let becomes = false;
  table.addEventListener("pointerdown", (event) => {
    if (event.target.type !== "checkbox" || event.pointerType !== "mouse") return;
    from = event.target;
    becomes = !from.checked;
  });
  table.addEventListener("pointerover", (event) => {
    if (!from || event.target.type !== "checkbox" || event.target === from) return;
    from.checked = event.target.checked = becomes;
  });
  document.addEventListener("pointerup", () => { from = null; });
})();
