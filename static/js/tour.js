// The round of one minute: a window beside one part of the page after another. Its words stand in parts/tour.html.
"use strict";

(() => {
  const offer = document.querySelector("[data-tour]");
  const dialog = offer?.querySelector("dialog");
  if (!dialog?.showModal) return;

  const find = (name) => dialog.querySelector(`[data-tour-${name}]`);
  const [count, back, next, end] = ["count", "back", "next", "end"].map(find);
  const seen = offer.querySelector("[data-tour-seen]");
  const thai = document.documentElement.lang === "th";
  const onward = next.textContent;
  // A part of the page that is not in sight, as the menu on a phone, is passed over for the next of its list, or left out.
  const inSight = (selector) =>
    selector.split(",").map((one) => document.querySelector(one)).find((one) => one?.checkVisibility());
  const stops = [...dialog.querySelectorAll("[data-stop]")].filter((stop) => inSight(stop.dataset.stop));
  const figures = (number) => (thai ? String(number).replace(/\d/g, (digit) => "๐๑๒๓๔๕๖๗๘๙"[digit]) : number);
  let at = 0;
  let marked = null;

  function place(target) {
    // Beside what it tells of where there is room, else at the foot of the screen.
    const { left, right, bottom, height } = target.getBoundingClientRect();
    const room = 16;
    dialog.classList.remove("tour-placed");
    if (height > window.innerHeight / 2 || window.innerWidth < 768) return;
    const width = dialog.offsetWidth;
    const x = Math.min(Math.max(room, left), window.innerWidth - width - room);
    const below = bottom + room + dialog.offsetHeight < window.innerHeight;
    if (!below && right + width + 2 * room > window.innerWidth) return;
    dialog.classList.add("tour-placed");
    dialog.style.setProperty("--tour-x", `${below ? x : right + room}px`);
    dialog.style.setProperty("--tour-y", `${below ? bottom + room : room}px`);
  }

  function show(number) {
    at = number;
    stops.forEach((stop, index) => (stop.hidden = index !== at));
    marked?.classList.remove("tour-marked");
    marked = inSight(stops[at].dataset.stop);
    marked.classList.add("tour-marked");
    if (marked.id !== "content") marked.scrollIntoView({ block: "nearest" });
    count.textContent = thai ? `${figures(at + 1)} จาก ${figures(stops.length)}` : `${at + 1} of ${stops.length}`;
    back.disabled = at === 0;
    next.textContent = at === stops.length - 1 ? next.dataset.last : onward;
    place(marked);
    stops[at].querySelector("h2").focus();
  }

  function finish() {
    marked?.classList.remove("tour-marked");
    fetch(seen.action, { method: "POST", body: new FormData(seen), headers: { "X-Requested-With": "fetch" } });
    offer.remove();
    document.querySelector("#content")?.focus();
  }

  function begin() {
    document.body.append(dialog); // so that it stays when what offered it is gone
    dialog.showModal();
    show(0);
  }
  offer.querySelector("[data-tour-begin]").addEventListener("click", (event) => {
    event.preventDefault();
    begin();
  });
  next.addEventListener("click", () => (at < stops.length - 1 ? show(at + 1) : dialog.close()));
  back.addEventListener("click", () => show(at - 1));
  end.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", finish);
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowRight" && at < stops.length - 1) show(at + 1);
    if (event.key === "ArrowLeft" && at > 0) show(at - 1);
  });
  if (new URLSearchParams(location.search).has("tour")) begin(); // asked for in the guide
})();
