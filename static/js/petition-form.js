// The petition form: one part at a time with its progress, only the questions that the answers so far call for, the
// areas of the chosen province. Without this script it is one long page that asks the same.
(() => {
  "use strict";

  const form = document.querySelector("[data-petition-form]");
  if (!form) return;

  const isEnglish = document.documentElement.lang.startsWith("en");
  const say = (thai, english) => (isEnglish ? english : thai);
  const figure = (number) =>
    isEnglish ? `${number}` : `${number}`.replace(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xe20));
  const make = (tag, className, text) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  };
  const makeButton = (className, text, act) => {
    const button = make("button", `btn ${className}`, text);
    button.type = "button";
    button.addEventListener("click", act);
    return button;
  };

  // ── Who gives no name is asked for no contact ─────────────────────────────────────────────

  const contact = form.querySelector("[data-contact]");
  const identities = [...form.querySelectorAll("[data-identity]")];
  const isAnonymous = () =>
    identities.some((field) => (field.tagName === "SELECT" ? field.value === "anonymous" : field.checked && field.value === "anonymous"));

  const showContact = () => {
    if (contact) contact.hidden = isAnonymous();
  };
  for (const field of identities) field.addEventListener("change", showContact);
  showContact();

  for (const block of form.querySelectorAll("[data-for]")) {
    const field = document.getElementById(block.dataset.for);
    const follow = () => (block.hidden = field.value !== block.dataset.forValue);
    field.addEventListener("change", follow);
    follow();
  }

  // ── The areas of the chosen province only; an area brings its province ────────────────────

  for (const province of form.querySelectorAll("[data-narrows]")) {
    const area = document.getElementById(province.dataset.narrows);
    if (!area) continue;
    const [empty, ...groups] = [...area.children];
    const narrow = () => {
      const name = province.value && province.selectedOptions[0].textContent;
      const chosen = area.value;
      area.replaceChildren(empty, ...groups.filter((group) => !name || group.label === name));
      area.value = chosen;
      if (area.selectedIndex < 0) area.value = "";
    };
    province.addEventListener("change", narrow);
    area.addEventListener("change", () => {
      if (province.value || !area.value) return;
      const name = area.selectedOptions[0].parentElement.label;
      const option = [...province.options].find((one) => one.textContent === name);
      if (!option) return;
      province.value = option.value;
      narrow();
    });
    narrow();
  }

  // ── The officer's page is sent by Ctrl+Enter from anywhere ────────────────────────────────

  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || form.dataset.petitionForm !== "page") return;
    event.preventDefault();
    // A key held down, or pressed again while the form is on its way, would register it twice.
    if (!event.repeat && !form.hasAttribute("aria-busy")) form.requestSubmit();
  });

  // ── One part at a time ────────────────────────────────────────────────────────────────────

  const parts = [...form.querySelectorAll("[data-part]")];
  const faults = document.querySelector("[data-faults]");
  if (faults) faults.focus();
  if (!parts.length) return;

  const partOf = (element) => parts.findIndex((part) => part.contains(element));
  const faulty = [...form.querySelectorAll(".is-invalid, .errorlist")].map(partOf);
  const lastFaulty = Math.max(...faulty, faulty.length ? -1 : parts.length);
  let current = 0;
  const titleOf = (part) => part.querySelector("legend").lastChild.textContent.trim();
  const progress = make("div", "progress-line");
  const progressWords = make("p", "muted");
  const progressSteps = make("ol", "steps");
  progressSteps.setAttribute("aria-hidden", "true");
  progressSteps.append(...parts.map((part) => make("li", "", titleOf(part))));
  progress.append(progressWords, progressSteps);
  form.prepend(progress);

  function show(index, { focus = true, remember = true } = {}) {
    current = Math.max(0, Math.min(index, parts.length - 1));
    parts.forEach((part, place) => (part.hidden = place !== current));
    [...progressSteps.children].forEach((step, place) => {
      step.className = place < current ? "done" : place === current ? "now" : "";
    });
    progressWords.textContent = say(
      `ขั้นที่ ${figure(current + 1)} จาก ${figure(parts.length)}`,
      `Step ${current + 1} of ${parts.length}`,
    );
    if (current === parts.length - 1) review();
    if (faults && current > lastFaulty) faults.hidden = true; // what was wrong lies behind
    if (remember) history.pushState({ part: current }, "");
    if (focus) {
      parts[current].querySelector("legend").focus({ preventScroll: true });
      progress.scrollIntoView({ block: "start" });
    }
  }

  // What the server would send back anyway is said at once: a field that must not be empty.
  const shown = (element) => !element.closest("[hidden]");
  function isEmpty(field) {
    if (field.type === "radio") return !form.querySelector(`input[name="${field.name}"]:checked`);
    if (field.type === "checkbox") return !field.checked;
    return !field.value.trim();
  }
  const holderOf = (field) => field.closest(".choices") || field;

  function mark(field, words) {
    const id = `${field.name}_missing`;
    document.getElementById(id)?.remove();
    field.classList.toggle("is-invalid", Boolean(words));
    const described = (field.getAttribute("aria-describedby") || "").split(" ").filter((one) => one && one !== id);
    if (words) described.push(id);
    if (described.length) field.setAttribute("aria-describedby", described.join(" "));
    else field.removeAttribute("aria-describedby");
    if (!words) {
      field.removeAttribute("aria-invalid");
      return;
    }
    field.setAttribute("aria-invalid", "true");
    const said = make("p", "errorlist", words);
    said.id = id;
    said.setAttribute("role", "alert");
    holderOf(field).before(said);
  }

  function missingIn(part) {
    const seen = new Set();
    return [...part.querySelectorAll("[data-missing]")].filter((field) => {
      if (seen.has(field.name) || !shown(field)) return false;
      seen.add(field.name);
      const empty = isEmpty(field);
      mark(field, empty ? field.dataset.missing : "");
      return empty;
    });
  }

  function goOn() {
    // A file too large is marked by prasan.js: better said now than after it was sent.
    const [first] = [...missingIn(parts[current]), ...parts[current].querySelectorAll("input[type=file]:invalid")];
    if (first) first.focus();
    else show(current + 1);
  }

  parts.forEach((part, place) => {
    const acts = part.querySelector("[data-part-acts]") || make("div", "acts");
    if (place < parts.length - 1) acts.append(makeButton("btn-primary btn-lg", say("ต่อไป", "Continue"), goOn));
    if (place > 0) acts.append(makeButton("btn-quiet", say("ย้อนกลับ", "Back"), () => show(current - 1)));
    part.append(acts);
  });

  // ── What was written, to look over before it is sent ──────────────────────────────────────

  const fileNames = (field) => [
    ...[...field.closest(".field").querySelectorAll(".files-kept li")]
      .filter((item) => !item.querySelector("input[type=checkbox]:checked"))
      .map((item) => item.querySelector("span").textContent),
    ...[...field.files].map((file) => file.name),
  ];

  function answerOf(field) {
    if (field.type === "radio") return field.closest("label").querySelector(".choice-name").textContent;
    if (field.type === "checkbox") return say("ยินยอม", "Agreed");
    if (field.type === "file") return fileNames(field).join("\n");
    if (field.tagName === "SELECT") return field.value ? field.selectedOptions[0].textContent : "";
    return field.value.trim();
  }

  function labelOf(field) {
    if (field.type === "radio") return field.closest("fieldset").querySelector("legend").textContent;
    if (field.type === "checkbox") return say("ข้อมูลส่วนบุคคล", "Personal data");
    const label = form.querySelector(`label[for="${field.id}"]`);
    return label ? label.firstChild.textContent.trim() : "";
  }

  function isTold(field) {
    if (field.type === "hidden" || field.closest(".files-kept") || field.closest(".trap")) return false;
    if (contact && contact.hidden && contact.contains(field)) return false;
    if (field.type === "radio" || field.type === "checkbox") return field.checked;
    return true;
  }

  function review() {
    const box = form.querySelector("[data-review]");
    box.replaceChildren();
    parts.slice(0, -1).forEach((part, place) => {
      const head = make("div", "review-head");
      head.append(make("h2", "", titleOf(part)), makeButton("btn-quiet btn-sm", say("แก้ไข", "Change"), () => show(place)));
      const facts = make("dl", "review");
      for (const field of part.querySelectorAll("input, select, textarea")) {
        const answer = isTold(field) ? answerOf(field) : "";
        if (answer) facts.append(make("dt", "", labelOf(field)), make("dd", "", answer));
      }
      box.append(head, facts.children.length ? facts : make("p", "review muted", say("ไม่ได้กรอก", "Nothing written")));
    });
    box.hidden = false;
  }

  // ── Keys, the browser's own back button, ways from the list of faults ─────────────────────

  form.addEventListener("keydown", (event) => {
    const isLine = event.target.matches("input:not([type=file]):not([type=checkbox]), select");
    if (event.key !== "Enter" || !isLine || current === parts.length - 1) return;
    event.preventDefault();
    goOn();
  });

  // While typing, not on leaving the field: words that vanish under a finger move the button away from it.
  form.addEventListener("input", (event) => {
    if (event.target.dataset.missing && !isEmpty(event.target)) mark(event.target, "");
  });

  window.addEventListener("popstate", (event) => {
    if (event.state && "part" in event.state) show(event.state.part, { remember: false });
  });

  faults?.addEventListener("click", (event) => {
    const way = event.target.closest("a[href^='#']");
    const target = way && document.getElementById(way.hash.slice(1));
    if (!target) return;
    event.preventDefault();
    show(partOf(target));
    const field = target.matches("input, select, textarea") ? target : target.querySelector("input, select, textarea");
    field.focus();
  });

  const start = faulty.length ? faulty[0] : faults ? parts.length - 1 : 0;
  history.replaceState({ part: start }, "");
  show(start, { focus: false, remember: false });
})();
