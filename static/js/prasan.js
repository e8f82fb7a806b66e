// What every page gains from a script; each works without it too.
(() => {
  "use strict";

  const isEnglish = () => document.documentElement.lang.startsWith("en");
  const say = (thai, english) => (isEnglish() ? english : thai);
  const figures = (number) => {
    const text = number.toLocaleString("en");
    return isEnglish() ? text : text.replace(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xe20));
  };
  const size = (bytes) => {
    const megabytes = bytes / 1024 / 1024;
    if (megabytes >= 1) return `${figures(Math.round(megabytes * 10) / 10)} ${say("เมกะไบต์", "MB")}`;
    return `${figures(Math.max(1, Math.round(bytes / 1024)))} ${say("กิโลไบต์", "kB")}`;
  };

  // ── The slash goes to the search, Escape closes what is open ─────────────────────────────

  const isTyping = (element) => element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);
  const openDetails = () => document.querySelectorAll("details.account[open], details.more[open]");

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      for (const details of openDetails()) {
        details.open = false;
        if (details.contains(document.activeElement)) details.querySelector("summary").focus();
      }
    }
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const field = document.getElementById("find");
    if (!field || !field.offsetParent) return;
    event.preventDefault();
    field.focus();
    field.select();
  });

  document.addEventListener("click", (event) => {
    for (const details of openDetails()) if (!details.contains(event.target)) details.open = false;
  });

  // ── A form is sent once, and does not lose what was typed ────────────────────────────────

  const SENDING = 10_000; // milliseconds; then the page has not changed: a download, or the sending was stopped

  function closeButtons(form) {
    for (const button of form.querySelectorAll("button[type=submit], button:not([type]), input[type=submit]")) {
      if (button.disabled) continue;
      button.disabled = true;
      button.dataset.sent = "";
    }
    form.setAttribute("aria-busy", "true");
  }

  function openButtons(form) {
    for (const button of form.querySelectorAll("[data-sent]")) {
      button.disabled = false;
      delete button.dataset.sent;
    }
    form.removeAttribute("aria-busy");
  }

  const contents = (form) => {
    const pairs = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
    return JSON.stringify(pairs.map(([name, value]) => [name, value instanceof File ? value.name : value]));
  };
  const kept = new Map();
  let isLeaving = false;

  // What came back with mistakes in it has not been saved, so it counts as changed.
  const keep = (form) => kept.set(form, form.querySelector(".is-invalid") ? "" : contents(form));

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const target = event.submitter?.getAttribute("formtarget") || form.target;
    if (event.defaultPrevented || target === "_blank") return; // refused, sent by htmx, or shown elsewhere
    isLeaving = true;
    // After the browser has read the form, or the button's own name and value would not be sent.
    setTimeout(() => closeButtons(form));
    setTimeout(() => {
      isLeaving = false;
      openButtons(form);
    }, SENDING);
  });

  // A page that comes back from the browser's memory is open again.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    isLeaving = false;
    document.querySelectorAll("form[aria-busy]").forEach(openButtons);
  });

  window.addEventListener("beforeunload", (event) => {
    if (isLeaving) return;
    const isChanged = [...kept].some(([form, before]) => form.isConnected && contents(form) !== before);
    if (isChanged) event.preventDefault();
  });

  // ── How much room is left, which files were chosen ───────────────────────────────────────

  const beside = (field, kind, tag) => {
    const known = field.parentElement.querySelector(`:scope > .${kind}`);
    if (known) return known;
    const made = document.createElement(tag);
    made.className = `${kind} form-text`;
    field.after(made);
    return made;
  };

  function countCharacters(field) {
    // A line's end is sent as two characters, and so the server counts it.
    const left = field.maxLength - field.value.replaceAll("\n", "\r\n").length;
    const counter = beside(field, "counter", "div");
    const amount = figures(Math.abs(left));
    counter.hidden = left > field.maxLength / 2;
    counter.textContent =
      left < 0
        ? say(`เกิน ${amount} ตัวอักษร`, `${amount} characters too many`)
        : say(`เหลือ ${amount} ตัวอักษร`, `${amount} characters left`);
    counter.classList.toggle("near", left < Math.min(100, field.maxLength / 10));
  }

  function listFiles(field) {
    const limit = Number(field.dataset.maxBytes) || Infinity;
    const list = beside(field, "chosen", "ul");
    list.setAttribute("aria-live", "polite");
    list.replaceChildren(
      ...[...field.files].map((file) => {
        const item = document.createElement("li");
        const isTooLarge = file.size > limit;
        item.textContent = `${file.name} · ${size(file.size)}`;
        if (isTooLarge) {
          item.className = "too-large";
          item.textContent += say(` ใหญ่เกินไป ส่งได้ไม่เกิน ${size(limit)}`, ` is too large, at most ${size(limit)}`);
        }
        return item;
      }),
    );
    const hasTooLarge = [...field.files].some((file) => file.size > limit);
    field.setCustomValidity(
      hasTooLarge ? say(`เลือกไฟล์ที่ไม่เกิน ${size(limit)}`, `Choose files of at most ${size(limit)}`) : "",
    );
    if (hasTooLarge) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }

  document.addEventListener("input", (event) => {
    if (event.target.matches("textarea[maxlength]")) countCharacters(event.target);
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("input[type=file]")) listFiles(event.target);
  });

  // ── Copy and print ───────────────────────────────────────────────────────────────────────

  async function copy(button) {
    const from = button.dataset.copyFrom && document.querySelector(button.dataset.copyFrom);
    const text = from ? (from.value ?? from.innerText).trim() : button.dataset.copy;
    const words = button.querySelector("[data-words]") || button;
    const before = words.textContent;
    try {
      await navigator.clipboard.writeText(text);
      words.textContent = say("คัดลอกแล้ว", "Copied");
    } catch {
      words.textContent = say("คัดลอกไม่ได้ เลือกข้อความแล้วกด Ctrl+C", "Select the text and press Ctrl+C");
    }
    setTimeout(() => (words.textContent = before), 2500);
  }

  document.addEventListener("click", (event) => {
    const copying = event.target.closest("[data-copy], [data-copy-from]");
    if (copying) copy(copying);
    if (event.target.closest("[data-print]")) window.print();
  });

  // ── htmx: say that something is under way after a moment, and what went wrong ────────────

  const waiting = new WeakMap();
  const MOMENT = 300; // milliseconds

  const doneWaiting = (target) => {
    clearTimeout(waiting.get(target));
    target.classList.remove("is-loading");
    target.removeAttribute("aria-busy");
  };
  document.addEventListener("htmx:beforeRequest", ({ detail: { elt, target } }) => {
    target.setAttribute("aria-busy", "true");
    if (!elt.matches("[data-quiet]")) waiting.set(target, setTimeout(() => target.classList.add("is-loading"), MOMENT));
    if (elt.matches("form")) closeButtons(elt);
  });
  document.addEventListener("htmx:afterRequest", ({ detail: { elt, target, successful } }) => {
    doneWaiting(target);
    if (!elt.matches("form")) return;
    openButtons(elt);
    if (successful && kept.has(elt)) keep(elt);
  });

  function explain(target, words) {
    const box = document.createElement("p");
    box.className = "alert alert-danger";
    box.setAttribute("role", "alert");
    box.textContent = words;
    document.querySelector(".htmx-trouble")?.remove();
    box.classList.add("htmx-trouble");
    target.before(box);
  }
  document.addEventListener("htmx:sendError", ({ detail: { target } }) =>
    explain(target, say("ติดต่อระบบไม่ได้ ตรวจเครือข่ายแล้วลองอีกครั้ง ข้อมูลที่พิมพ์ยังอยู่", "The system cannot be reached. Check the network and try again; nothing typed is lost.")),
  );
  document.addEventListener("htmx:responseError", ({ detail: { target, xhr } }) =>
    explain(
      target,
      xhr.status === 403
        ? say("ทำรายการนี้ไม่ได้ เปิดหน้านี้ใหม่แล้วลองอีกครั้ง", "This was not allowed. Reload the page and try again.")
        : say("ระบบขัดข้อง ลองอีกครั้งในอีกสักครู่ ข้อมูลที่พิมพ์ยังอยู่", "Something went wrong. Try again in a moment; nothing typed is lost."),
    ),
  );
  document.addEventListener("htmx:beforeSwap", () => document.querySelector(".htmx-trouble")?.remove());

  // ── At the start, and for every piece that htmx brings ───────────────────────────────────

  const within = (root, selector) => [
    ...(root instanceof Element && root.matches(selector) ? [root] : []),
    ...root.querySelectorAll(selector),
  ];

  function prepare(root) {
    // Where a matter stands comes into view when its way is wider than the screen.
    for (const now of within(root, ".steps .now")) {
      const way = now.parentElement;
      way.scrollLeft = now.offsetLeft - way.offsetLeft - 24;
    }
    for (const field of within(root, "textarea[maxlength]")) countCharacters(field);
    within(root, "form[data-keep]").forEach(keep);
    for (const button of within(root, "[data-print][hidden], [data-copy][hidden], [data-copy-from][hidden]")) {
      button.hidden = false;
    }
  }
  document.addEventListener("htmx:load", (event) => prepare(event.target));
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => prepare(document));
  else prepare(document);
})();
