// Today: a form in a row is put away again, the ways to decide open from the bar, and a head drags matters onto a name.
// Each works without this script: as a page of its own, as a heading further down, by ticks and a button.

const isThai = document.documentElement.lang === "th";
const figures = (number) => (isThai ? String(number).replace(/\d/g, (digit) => "๐๑๒๓๔๕๖๗๘๙"[digit]) : String(number));

// ── The form of a step in a row ────────────────────────────────────────────────────────────

document.addEventListener("click", (event) => {
  const shut = event.target.closest("[data-shut]");
  if (!shut) return;
  const place = shut.closest(".row-act");
  const opener = place.parentElement.querySelector(`[hx-target="#${place.id}"]`);
  place.replaceChildren();
  opener?.focus();
});

document.addEventListener("htmx:afterSwap", ({ detail: { target } }) => {
  if (target.matches(".row-act")) target.querySelector("textarea, select, input:not([type=hidden]), button")?.focus();
});

// ── The ways to decide ─────────────────────────────────────────────────────────────────────

document.addEventListener("click", (event) => {
  const opens = event.target.closest("[data-opens]");
  const way = opens && document.querySelector(opens.getAttribute("href"));
  if (!way) return;
  way.open = true;
  event.preventDefault();
  way.scrollIntoView({ block: "start" });
  way.querySelector("textarea, select, input:not([type=hidden])")?.focus({ preventScroll: true });
});

// ── Handing over ───────────────────────────────────────────────────────────────────────────

const board = document.querySelector("[data-hand-over]");
if (board) {
  const form = board.querySelector("form");
  const said = board.querySelector("[data-picked]");
  const hint = said?.textContent;
  const picked = () => [...form.querySelectorAll("[name=matter]:checked")];
  const chosenWords = (count) =>
    isThai ? `เลือกไว้ ${figures(count)} เรื่อง` : `${count} chosen`;

  const count = () => {
    if (!said) return;
    const number = picked().length;
    said.textContent = number ? chosenWords(number) : hint;
  };
  form.addEventListener("change", count);
  count();

  let drag = null;

  const under = (event) => document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-officer]");

  const follow = (event) => {
    drag.ghost.style.transform = `translate(${event.clientX + 12}px, ${event.clientY + 12}px)`;
    const over = under(event);
    if (over === drag.over) return;
    drag.over?.classList.remove("is-over");
    over?.classList.add("is-over");
    drag.over = over;
  };

  const end = () => {
    if (!drag) return;
    drag.ghost.remove();
    drag.over?.classList.remove("is-over");
    for (const row of drag.rows) row.classList.remove("is-lifted");
    document.body.classList.remove("is-dragging");
    drag = null;
  };

  const lift = (event, handle) => {
    const box = handle.closest("[data-matter]").querySelector("[name=matter]");
    const others = picked().filter((one) => one !== box);
    const rows = [box, ...others].map((one) => one.closest("[data-matter]"));
    const ghost = document.createElement("div");
    ghost.className = "drag-ghost";
    ghost.textContent = rows.length > 1 ? chosenWords(rows.length) : rows[0].querySelector(".t").textContent;
    document.body.append(ghost);
    document.body.classList.add("is-dragging");
    for (const row of rows) row.classList.add("is-lifted");
    drag = { box, rows, ghost, over: null, pointer: event.pointerId };
    handle.setPointerCapture(event.pointerId);
    follow(event);
  };

  board.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest("[data-drag]");
    if (!handle || event.button) return;
    event.preventDefault();
    lift(event, handle);
  });
  board.addEventListener("pointermove", (event) => {
    if (drag?.pointer === event.pointerId) follow(event);
  });
  board.addEventListener("pointerup", (event) => {
    if (drag?.pointer !== event.pointerId) return;
    const { box, over } = drag;
    end();
    if (!over) return;
    box.checked = true;
    form.elements.to.value = over.dataset.officer;
    form.requestSubmit();
  });
  board.addEventListener("pointercancel", end);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") end();
  });
  for (const handle of board.querySelectorAll("[data-drag]")) handle.hidden = false;
}
