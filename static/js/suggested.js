// A proposal beside a form is put into its field without sending anything; without this script the server puts it in.
(() => {
  "use strict";

  // A button that sends would also be pressed by Enter in a field.
  const prepare = (root) => root.querySelectorAll("[data-fill]").forEach((button) => (button.type = "button"));

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-fill]");
    const field = button && document.getElementById(button.dataset.fill);
    if (!field) return;
    event.preventDefault();
    if (field.type === "checkbox") field.checked = true;
    else field.value = button.dataset.value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    field.focus();
    button.closest("li").remove();
  });
  document.addEventListener("htmx:load", (event) => prepare(event.target));
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => prepare(document));
  else prepare(document);
})();
