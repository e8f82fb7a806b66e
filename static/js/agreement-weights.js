// The sum of an agreement's weights, kept in sight while one types; without a script it stands after every press.

const form = document.querySelector("[data-weights]");
const shown = form?.querySelector("[data-weight-sum]");
const THAI_ZERO = "๐".charCodeAt(0);

function figure(text) {
  const arabic = text.replace(/[๐-๙]/g, (digit) => String(digit.charCodeAt(0) - THAI_ZERO)).replaceAll(",", "");
  return Math.round(Number(arabic) * 100) || 0;
}

function tell() {
  const weights = [...form.querySelectorAll('[name$="-weight"]')];
  const hundredths = weights.reduce((sum, field) => sum + figure(field.value), 0);
  const text = String(hundredths / 100);
  const thai = document.documentElement.lang === "th";
  shown.textContent = thai ? text.replace(/\d/g, (digit) => String.fromCharCode(THAI_ZERO + Number(digit))) : text;
  shown.classList.toggle("ok", hundredths === 10000);
  shown.classList.toggle("late", hundredths !== 10000);
  // What was said of a wrong sum is said no longer once it is right.
  const fault = form.querySelector("[data-weights-fault]");
  if (fault && hundredths === 10000) {
    fault.remove();
    for (const field of weights) {
      if (field.getAttribute("aria-describedby") !== fault.id) continue;
      field.classList.remove("is-invalid");
      field.removeAttribute("aria-invalid");
      field.removeAttribute("aria-describedby");
    }
  }
}

form?.addEventListener("input", tell);
