// A form on a weak line: nothing is sent into the void, and what was saved once is saved again while somebody types.
// Nothing is kept in the browser's own store: many share a telephone, and closing the page must take it away.
(() => {
  "use strict";

  const isEnglish = document.documentElement.lang.startsWith("en");
  const say = (thai, english) => (isEnglish ? english : thai);
  const PATIENCE = 8_000; // milliseconds for a sign of life from a weak line
  const PAUSE = 6_000; // milliseconds without a key before what is typed is saved

  const LOST = say(
    "ติดต่อระบบไม่ได้ ยังไม่ได้ส่ง ข้อความที่พิมพ์ยังอยู่ในหน้านี้ อย่าเพิ่งปิดหน้า เมื่อมีสัญญาณแล้วกดอีกครั้ง",
    "The system cannot be reached; nothing was sent. What you wrote is still on this page. Do not close it: press again when there is a signal.",
  );
  const NOT_SAVED = say(
    "สัญญาณขาด ยังบันทึกไม่ได้ ข้อความที่พิมพ์ยังอยู่ในหน้านี้",
    "No signal: not saved yet. What you wrote is still on this page.",
  );
  const NO_LONGER = say(
    "แบบที่บันทึกไว้ถูกลบหรือหมดเวลาแล้ว กดบันทึกไว้ทำต่อภายหลังเพื่อรับรหัสใหม่",
    "The saved form is gone or its time is over. Press save to get a new code.",
  );

  async function reach(address, options = {}) {
    const waiting = new AbortController();
    const timer = setTimeout(() => waiting.abort(), PATIENCE);
    try {
      return await fetch(address, { cache: "no-store", signal: waiting.signal, ...options });
    } finally {
      clearTimeout(timer);
    }
  }

  // ── Sending: only when somebody is there to take it ───────────────────────────────────────

  function guard(form) {
    const box = form.querySelector("[data-no-connection]");
    let isAsking = false;
    let isReached = false;

    form.addEventListener("submit", async (event) => {
      if (isReached) {
        isReached = false;
        return;
      }
      event.preventDefault();
      if (isAsking) return;
      const { submitter } = event;
      isAsking = true;
      form.setAttribute("aria-busy", "true");
      try {
        if (!navigator.onLine) throw new TypeError("offline");
        await reach(form.dataset.alive, { method: "HEAD" });
        isReached = true;
      } catch {
        box.textContent = LOST;
        box.hidden = false;
        box.scrollIntoView({ block: "nearest" });
      } finally {
        isAsking = false;
        form.removeAttribute("aria-busy");
      }
      if (isReached) {
        box.hidden = true;
        form.requestSubmit(submitter);
      }
    });
    window.addEventListener("online", () => (box.hidden = true));
  }

  // ── Saving while somebody types, once they have asked for a code ──────────────────────────

  function saveWhileTyping(form) {
    const said = form.querySelector("[data-saved]");
    let timer = 0;
    let isBehind = false;

    async function save() {
      const typed = new FormData(form);
      for (const [name, value] of [...typed]) if (value instanceof File) typed.delete(name);
      isBehind = true;
      try {
        const answer = await reach(form.dataset.save, { method: "POST", body: typed });
        const { at } = answer.ok ? await answer.json() : {};
        isBehind = !answer.ok && answer.status !== 410;
        said.textContent = answer.ok ? say(`บันทึกล่าสุด ${at}`, `Saved at ${at}`) : answer.status === 410 ? NO_LONGER : NOT_SAVED;
      } catch {
        said.textContent = NOT_SAVED;
      }
      said.hidden = false;
    }

    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(save, PAUSE);
    });
    form.addEventListener("submit", () => clearTimeout(timer));
    window.addEventListener("online", () => isBehind && save());
  }

  for (const form of document.querySelectorAll("form[data-later-form]")) {
    guard(form);
    if (form.dataset.save && form.elements.draft) saveWhileTyping(form);
  }
})();
