// Who else has this matter open: no ping while the page is out of sight, one at once when it comes back, and no trouble
// made of one that is slow or fails.
(() => {
  "use strict";

  const box = document.querySelector("[data-presence]");
  if (!box) return;

  // In the capture phase: what the page does about other requests is not for a ping.
  const onPing = (name, act) =>
    document.addEventListener(`htmx:${name}`, (event) => event.target === box && act(event), true);

  onPing("beforeRequest", (event) => {
    event.stopImmediatePropagation();
    if (document.hidden) event.preventDefault();
  });
  onPing("responseError", (event) => event.stopImmediatePropagation());
  onPing("sendError", (event) => event.stopImmediatePropagation());
  // Who was signed out meanwhile is answered with another page.
  onPing("beforeSwap", ({ detail }) => {
    if (!detail.xhr.responseText.includes('name="shown"')) detail.shouldSwap = false;
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) box.dispatchEvent(new Event("presence"));
  });
})();
