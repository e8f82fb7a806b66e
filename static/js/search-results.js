// The arrows go through the hits, as Tab would, but past everything else; Enter opens one because it is a link.
(() => {
  "use strict";

  const hits = () => [...document.querySelectorAll("[data-hits] > li a.t")];
  const boxes = ["find", "words"];

  function goTo(link) {
    link.focus();
    link.closest("li").scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("keydown", (event) => {
    if (!["ArrowDown", "ArrowUp"].includes(event.key)) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const links = hits();
    const at = links.indexOf(document.activeElement);
    const isFromBox = boxes.includes(document.activeElement.id);
    // Elsewhere the arrows belong to the page, a field or a list of choices.
    if (!links.length || (at < 0 && !isFromBox && document.activeElement !== document.body)) return;
    if (at < 0 && event.key === "ArrowUp") return;
    event.preventDefault();
    if (at === 0 && event.key === "ArrowUp") {
      const box = boxes.map((id) => document.getElementById(id)).find((one) => one?.offsetParent);
      box?.focus();
      return;
    }
    const next = links[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (next) goTo(next);
  });

  // Whoever has no script has no arrows to be told of.
  for (const help of document.querySelectorAll("[data-keys-help]")) help.hidden = false;
})();
