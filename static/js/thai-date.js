// A date field: says in words the date being typed, and lets the browser's own calendar write into it.
// The text input alone is what the form sends; it reads the same texts as office/thai.py parse_date
// (tests/office/test_fields.py holds the two together), and only the server says what is wrong with one.
(() => {
  "use strict";

  const MONTHS = [
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
  ];
  const SHORT_MONTHS = ["มค", "กพ", "มีค", "เมย", "พค", "มิย", "กค", "สค", "กย", "ตค", "พย", "ธค"];
  const ENGLISH_MONTHS = [
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
  ];
  const LEAD = new RegExp(
    "^(วัน)?(จันทร์|อังคาร|พุธ|พฤหัสบดี|ศุกร์|เสาร์|อาทิตย์|พฤหัส" +
      "|monday|tuesday|wednesday|thursday|friday|saturday|sunday)?(ที่)?$",
  );
  const ERA = /^(.*?)(พศ|คศ|be|ce|ad)?$/;
  const SEPARATORS = /[\s/.,\-–]+/g;
  const UNSEEN = /[\u200b\u200c\u200d\u2060\ufeff]/g;
  const BE_OFFSET = 543;
  const FIRST_BE_YEAR = 2400;
  const FIRST_CE_YEAR = 1900;
  const LONGEST_DATE_TEXT = 80;

  const isEnglish = () => document.documentElement.lang.startsWith("en");
  const toThaiDigits = (text) => text.replace(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xe20));
  const toArabicDigits = (text) => text.replace(/[๐-๙]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xe20));
  const words = (gap) => gap.replace(SEPARATORS, "");
  const two = (number) => String(number).padStart(2, "0");
  const daysIn = (year, month) => new Date(Date.UTC(year, month, 0)).getUTCDate();

  function monthNamed(text) {
    const name = text.replace(/^เดือน/, "");
    if (SHORT_MONTHS.includes(name)) return SHORT_MONTHS.indexOf(name) + 1;
    if (name.length < 3) return 0;
    const fitting = [MONTHS, ENGLISH_MONTHS].flatMap((months) =>
      months.flatMap((full, index) => (full.toLowerCase().startsWith(name) ? [index + 1] : [])),
    );
    return fitting.length === 1 ? fitting[0] : 0;
  }

  /** [day, month or 0, year, era] as written, or null, from [number, gap, number, …, ""]. */
  function readParts(parts) {
    if (parts.length === 2 && parts[0].length === 8) {
      return [parts[0].slice(0, 2), Number(parts[0].slice(2, 4)), parts[0].slice(4), ""];
    }
    if (parts.length === 6 && !words(parts[1])) {
      const [first, , month, gap, last] = parts;
      if (month.length > 2) return null;
      if (first.length === 4) return words(gap) ? null : [last, Number(month), first, ""];
      const [, before, era = ""] = words(gap).match(ERA);
      return before ? null : [first, Number(month), last, era];
    }
    if (parts.length === 4) {
      const written = words(parts[1]);
      const [, before, era = ""] = monthNamed(written) ? ["", written] : written.match(ERA);
      return [parts[0], monthNamed(before), parts[2], era];
    }
    return null;
  }

  function yearOfCommonEra(digits, era) {
    const year = Number(digits);
    const isBuddhist = year >= FIRST_BE_YEAR && year < FIRST_BE_YEAR + BE_OFFSET;
    if (digits.length !== 4 || (!isBuddhist && (year < FIRST_CE_YEAR || year >= FIRST_BE_YEAR))) return 0;
    if (era && ["พศ", "be"].includes(era) !== isBuddhist) return 0;
    return isBuddhist ? year - BE_OFFSET : year;
  }

  /** {year, month, day} of the Common Era, or null for a text that is no date. */
  function parseDate(typed) {
    const text = toArabicDigits(typed.replace(UNSEEN, "")).trim().toLowerCase();
    if (!text || text.length > LONGEST_DATE_TEXT) return null;
    const [lead, ...parts] = text.split(/([0-9]+)/);
    if (parts.at(-1) !== "" || !LEAD.test(words(lead))) return null;
    const read = readParts(parts);
    if (!read) return null;
    const [day, month, digits, era] = read;
    const year = yearOfCommonEra(digits, era);
    const isDate = year && month >= 1 && month <= 12 && day.length <= 2 && day >= 1 && day <= daysIn(year, month);
    return isDate ? { year, month, day: Number(day) } : null;
  }

  function inWords({ year, month, day }) {
    if (isEnglish()) return `${day} ${ENGLISH_MONTHS[month - 1]} ${year}`;
    return toThaiDigits(`${day} ${MONTHS[month - 1]} ${year + BE_OFFSET}`);
  }

  function inFigures({ year, month, day }) {
    if (isEnglish()) return `${two(day)}/${two(month)}/${year}`;
    return toThaiDigits(`${two(day)}/${two(month)}/${year + BE_OFFSET}`);
  }

  const partsOf = (element) => {
    const field = element.closest("[data-thai-date-field]");
    return {
      input: field.querySelector("[data-thai-date]"),
      native: field.querySelector("[data-thai-date-native]"),
      echo: field.querySelector("[data-thai-date-echo]"),
    };
  };

  function echoTyped(input) {
    const date = parseDate(input.value);
    const said = date ? inWords(date) : "";
    const { echo } = partsOf(input);
    if (echo.textContent !== said) echo.textContent = said;
  }

  function openPicker(element) {
    const { input, native } = partsOf(element);
    const date = parseDate(input.value);
    const iso = date ? `${date.year}-${two(date.month)}-${two(date.day)}` : "";
    // A date outside the limits would make the hidden input invalid and the browser refuse to send the form.
    const isWithin = (!native.min || iso >= native.min) && (!native.max || iso <= native.max);
    native.value = isWithin ? iso : "";
    native.showPicker();
  }

  function takePicked(native) {
    if (!native.value) return;
    const [year, month, day] = native.value.split("-").map(Number);
    const { input } = partsOf(native);
    input.value = inFigures({ year, month, day });
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
    input.focus();
  }

  function showPickers(root) {
    if (!("showPicker" in HTMLInputElement.prototype)) return;
    for (const button of root.querySelectorAll("[data-thai-date-picker][hidden]")) {
      const label = partsOf(button).input.labels[0];
      if (label) button.setAttribute("aria-label", `${button.textContent.trim()} ${label.textContent.trim()}`);
      button.hidden = false;
    }
  }

  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-thai-date]")) echoTyped(event.target);
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-thai-date-native]")) takePicked(event.target);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-thai-date-picker]");
    if (button) openPicker(button);
  });
  document.addEventListener("keydown", (event) => {
    if (event.altKey && event.key === "ArrowDown" && event.target.matches("[data-thai-date]")) {
      event.preventDefault();
      openPicker(event.target);
    }
  });
  document.addEventListener("htmx:load", (event) => showPickers(event.target));
  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", () => showPickers(document));
  } else {
    showPickers(document);
  }
})();
