// Long forms: what is typed is kept by the office every few seconds and given back after a closed window, an expired
// sign-in or a power cut. Nothing is put into the browser's own store: desks are shared.
(() => {
  "use strict";

  const script = document.currentScript;
  const address = script.dataset.address;
  const isEnglish = document.documentElement.lang.startsWith("en");
  const say = (thai, english) => (isEnglish ? english : thai);
  const PAUSE = 4_000; // milliseconds between two savings while somebody types
  const FIRST = 1_000; // milliseconds after the first letter
  const SENDING = 10_000; // milliseconds; then the page has not changed: the sending was stopped
  const NOT_TYPED = new Set(["csrfmiddlewaretoken", "kept_draft", "ticket"]);

  // In production a cookie's name says that it is of this host alone.
  const cookie = (name) => {
    const pairs = document.cookie.split("; ");
    return pairs.find((pair) => pair.startsWith(`__Host-${name}=`) || pair.startsWith(`${name}=`))?.split("=")[1] ?? "";
  };
  // Whoever has signed in anew in another window has a new one.
  const token = () => cookie("csrftoken") || document.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };
  const typedIn = (form) =>
    [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !NOT_TYPED.has(name));
  const pageOf = (form) => new URL(form.getAttribute("action") || location.pathname, location.href).pathname;

  async function send(page, pairs, { isLast = false, signal } = {}) {
    const body = new URLSearchParams(pairs);
    body.set("draft_page", page);
    return fetch(address, {
      method: "POST",
      body,
      headers: { "X-CSRFToken": token() },
      credentials: "same-origin",
      keepalive: isLast && body.toString().length < 60_000,
      redirect: "manual",
      signal,
    });
  }

  // ── Keeping ────────────────────────────────────────────────────────────────────────────────

  const isSignedOut = (answer) => answer.type === "opaqueredirect" || answer.status === 403;

  function keepWhileTyping(form) {
    const page = pageOf(form);
    const said = make("p", { class: "kept-said small muted", role: "status" });
    const start = JSON.stringify(typedIn(form));
    let last = start;
    let timer = 0;
    let saving = null;
    let isSent = false;
    let isOut = false;

    const mark = () => {
      if (!form.querySelector("[name=kept_draft]")) form.append(make("input", { type: "hidden", name: "kept_draft", value: page }));
    };
    const tell = (...words) => {
      said.replaceChildren(...words);
      if (!said.isConnected) (form.querySelector(".acts") ?? form.lastElementChild).after(said);
    };
    const signedOut = () =>
      tell(
        say("การเข้าสู่ระบบหมดเวลา ข้อความยังอยู่ในหน้านี้ ", "You have been signed out. What you typed is still here. "),
        make("a", { href: script.dataset.signIn, target: "_blank", rel: "noopener" }, say("เข้าสู่ระบบในหน้าต่างใหม่", "Sign in in a new window")),
        say(" แล้วกดอีกครั้ง", ", then press again."),
      );

    // Whether the person may go on: false only when they are signed out.
    async function save({ isLast = false } = {}) {
      clearTimeout(timer);
      timer = 0;
      const pairs = typedIn(form);
      const now = JSON.stringify(pairs);
      if (isSent || (now === last && !isOut)) return true;
      last = now;
      mark();
      try {
        saving = new AbortController();
        const answer = await send(page, pairs, { isLast, signal: saving.signal });
        isOut = isSignedOut(answer);
        if (answer.ok) {
          const { at } = await answer.json();
          tell(say(`เก็บที่พิมพ์ไว้แล้ว ${at}`, `What you typed is kept, ${at}`));
        } else if (isOut) {
          last = "";
          signedOut();
          return false;
        } else if (answer.status === 413) tell(say("ข้อความยาวเกินกว่าจะเก็บไว้ได้ กดบันทึก", "Too long to be kept: save it."));
        else last = "";
      } catch {
        last = "";
        if (!isSent) tell(say("ติดต่อระบบไม่ได้ ที่พิมพ์ล่าสุดยังไม่ได้เก็บ", "The system cannot be reached: the last words are not kept yet."));
      }
      return true;
    }

    const later = () => {
      timer ||= setTimeout(save, last === start ? FIRST : PAUSE);
    };
    form.addEventListener("input", later);
    form.addEventListener("change", later);
    // What is sent needs no keeping any more. Only where the last saving found nobody signed in it waits for them.
    form.addEventListener(
      "submit",
      async (event) => {
        clearTimeout(timer);
        timer = 0;
        saving?.abort();
        if (!isOut) {
          isSent = true;
          setTimeout(() => (isSent = false), SENDING);
          return;
        }
        event.preventDefault();
        event.stopImmediatePropagation();
        if (!(await save())) return;
        const fresh = cookie("csrftoken");
        if (fresh) form.querySelector("[name=csrfmiddlewaretoken]").value = fresh;
        form.requestSubmit(event.submitter);
      },
      true,
    );
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && save({ isLast: true }));
    window.addEventListener("online", () => save());
    return { page, mark };
  }

  // ── Giving back ────────────────────────────────────────────────────────────────────────────

  function put(form, typed) {
    const values = new Map();
    for (const [name, value] of typed) values.set(name, [...(values.get(name) ?? []), value]);
    const lost = [];
    for (const box of form.querySelectorAll("input[type=checkbox][name]")) {
      box.checked = (values.get(box.name) ?? []).includes(box.value);
    }
    for (const [name, given] of values) {
      const fields = [...form.elements].filter((field) => field.name === name && field.type !== "checkbox");
      if (!fields.length) {
        if (!form.querySelector(`input[type=checkbox][name="${CSS.escape(name)}"]`) && given.join("").trim()) lost.push(given.join(", "));
        continue;
      }
      fields.forEach((field, place) => {
        if (field.type === "radio") field.checked = given.includes(field.value);
        else if (field.multiple) for (const option of field.options ?? []) option.selected = given.includes(option.value);
        else if (field.type !== "file" && (field.type !== "hidden" || name === "seen" || name === "begun")) field.value = given[place] ?? given[0];
        field.dispatchEvent(new Event("change", { bubbles: true }));
        field.dispatchEvent(new CustomEvent("kept-draft", { bubbles: true }));
      });
    }
    return lost;
  }

  async function offer(form, { page, mark }) {
    const answer = await fetch(`${address}?draft_page=${encodeURIComponent(page)}`, { credentials: "same-origin", redirect: "manual" }).catch(() => null);
    if (!answer || answer.status !== 200) return;
    const { at, typed } = await answer.json();
    if (JSON.stringify(typed.filter(([name]) => !NOT_TYPED.has(name))) === JSON.stringify(typedIn(form))) return mark();
    const restore = make("button", { type: "button", class: "btn btn-quiet btn-sm" }, say("นำกลับมา", "Restore"));
    const away = make("button", { type: "button", class: "btn btn-quiet btn-sm" }, say("ทิ้ง", "Throw away"));
    const words = make("p", {}, say(`มีข้อความที่พิมพ์ค้างไว้ เก็บเมื่อ ${at}`, `Something you typed and did not save was kept, ${at}`));
    const box = make("div", { class: "alert alert-info kept-notice", role: "status" }, words, restore, " ", away);
    form.before(box);
    restore.addEventListener("click", () => {
      const lost = put(form, typed);
      mark();
      box.replaceChildren(make("p", {}, say("นำข้อความที่พิมพ์ค้างไว้กลับมาแล้ว ตรวจแล้วกดบันทึก ไฟล์แนบต้องเลือกใหม่", "What you had typed is back. Look it over and save; files are to be chosen again.")));
      if (lost.length) {
        box.append(make("p", {}, say("ข้อความที่ไม่มีช่องให้ใส่แล้ว:", "What has no field any more:")), make("pre", { class: "kept-lost", tabindex: "0" }, lost.join("\n\n")));
      }
      form.querySelector("textarea, input:not([type=hidden]), select")?.focus();
    });
    away.addEventListener("click", async () => {
      const body = new URLSearchParams({ draft_page: page, throw: "1" });
      await fetch(address, { method: "POST", body, headers: { "X-CSRFToken": token() }, credentials: "same-origin" }).catch(() => null);
      box.remove();
      form.querySelector("textarea, input:not([type=hidden]), select")?.focus();
    });
  }

  const isLong = (form) => form.method === "post" && form.querySelector("textarea") && !form.matches("[data-not-kept], [hx-post]") && !form.querySelector("[data-writing]");

  function prepare() {
    for (const form of document.querySelectorAll("main form")) {
      if (isLong(form)) offer(form, keepWhileTyping(form));
    }
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", prepare);
  else prepare();
})();
