"""What every page is held to in a real browser: accessible, as wide as its screen, in Thai, legible, calm."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation.trans_real import translation
from playwright.sync_api import Page

AXE = Path(__file__).parents[1] / "vendor" / "axe.min.js"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Left on a Thai page on purpose: kinds of file, keys, the way to the other language.
KINDS_OF_FILE = (
    "PDF XLSX CSV JSON TOML JPEG PNG WEBP GIF DOCX "
    "Word LibreOffice Excel PowerPoint docx xlsx pptx ODT ODS UTF"
)
PLANS_OWN = {"SWOT", "PMQA", "Whip"}  # so written in the plan of 2553
ENGLISH_KEPT = {
    "English",
    "Tab",
    "Ctrl",
    "Enter",
    "API",
    "iCalendar",
    "ics",
    *PLANS_OWN,
    *KINDS_OF_FILE.split(),
}
NOT_WORDS = re.compile(
    r"https?://\S*"  # an address, the agency's link among them
    r"|[\w.+-]+@[\w.-]+"  # an e-mail address
    r"|\S+\.(?:pdf|png|jpe?g|docx?|xlsx?|csv|exe|txt)\b"  # a file
    r"|\bO-NET\b"  # what everybody calls the national test
    r"|\b[0-9A-Z]{5}(?:-[0-9A-Z]{5}){1,2}\b",  # a petitioner's code, or a saved form's
    re.IGNORECASE,
)
SMALLEST_TEXT = 14  # pixels


@cache
def _axe_source() -> str:
    return AXE.read_text(encoding="utf-8")


def axe(page: Page, *, rules: Iterable[str] = ()) -> list[str]:
    """What axe finds wrong on the page, one text for each rule; `rules` asks for these only."""
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(f"() => {{ {_axe_source()} }}")
    run = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": AXE_TAGS}
    found = page.evaluate(
        "(runOnly) => axe.run(document, {runOnly, resultTypes: ['violations'], iframes: false, preload: false})",
        run,
    )
    return [_said(violation) for violation in found["violations"]]


def _said(violation: dict[str, Any]) -> str:
    places = [
        f"\n      {node['html'][:160]}\n        {' '.join(node['failureSummary'].split())[:300]}"
        for node in violation["nodes"][:4]
    ]
    more = len(violation["nodes"]) - len(places)
    return f"axe {violation['id']} ({violation['impact']}): {violation['help']}{''.join(places)}" + (
        f"\n      and {more} more" if more else ""
    )


_TOO_WIDE = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  const inside = (element) => {
    for (let up = element.parentElement; up; up = up.parentElement) {
      const { overflowX } = getComputedStyle(up);
      if (overflowX !== "visible" && up !== document.body && up !== document.documentElement) return true;
    }
    return false;
  };
  const wide = [...document.body.querySelectorAll("*")].filter(
    (one) => one.getBoundingClientRect().right > room + 1 && !inside(one));
  return [`${document.documentElement.scrollWidth} pixels on ${room}`,
    ...wide.slice(0, 4).map((one) => one.outerHTML.slice(0, 140))];
}"""


def no_sideways_scroll(page: Page) -> list[str]:
    """Nothing when the page is as wide as its screen; else how wide it is and what sticks out."""
    wide = page.evaluate(_TOO_WIDE)
    return [f"sideways scroll: {'; '.join(wide)}"] if wide else []


_WORDS = """(besides) => {
  const unsaid = 'script, noscript, style, template, svg, code, body [lang="en"], [translate="no"]';
  const skipped = besides ? `${unsaid}, ${besides}` : unsaid;
  const said = [document.title];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement, data } = walker.currentNode;
    if (data.trim() && !parentElement.closest(skipped)) said.push(data);
  }
  for (const one of document.body.querySelectorAll('[placeholder], [aria-label], [title], [alt], optgroup, input')) {
    if (one.closest(skipped)) continue;
    for (const name of ["placeholder", "aria-label", "title", "alt", "label"]) said.push(one.getAttribute(name) || "");
    if (["submit", "button"].includes(one.type) && one.tagName === "INPUT") said.push(one.value);
  }
  return said;
}"""


def english_left(page: Page, *, kept: Iterable[str] = (), besides: str = "") -> list[str]:
    """English words on a Thai page that nobody put there on purpose, each with the text it stands in.

    `kept` are words that may stand there, `besides` is a selector of what is not looked at.
    """
    if page.evaluate("() => document.documentElement.lang") != "th":
        return ["the page does not say that it is Thai"]
    return english_among(page.evaluate(_WORDS, besides), kept=kept)


def english_among(texts: Iterable[str], *, kept: Iterable[str] = ()) -> list[str]:
    """English words in what a Thai page says, each with the text it stands in."""
    allowed = ENGLISH_KEPT | set(kept)
    left = set()
    for text in texts:
        words = re.findall(r"[A-Za-z]{2,}", NOT_WORDS.sub(" ", text))
        if any(word not in allowed for word in words):
            left.add(f"English left: {' '.join(text.split())[:120]}")
    return sorted(left)


@cache
def _said_in_thai() -> frozenset[str]:
    """The whole of the Thai catalogue; not what stands around a name or a number, nor what is as in English."""
    catalogue: dict[str, str] = translation("th")._catalog  # type: ignore[attr-defined]
    return frozenset(
        " ".join(said.split())
        for said in (catalogue[key] for key in catalogue.keys())  # noqa: SIM118  it is no mapping
        if isinstance(said, str) and re.search("[ก-๙]{4}", said) and "%(" not in said
    )


def thai_left(page: Page, *, kept: Iterable[str] = ()) -> list[str]:
    """What an English page says in the words of our Thai catalogue. Thai that people wrote stays as they wrote it."""
    if page.evaluate("() => document.documentElement.lang") != "en":
        return ["the page does not say that it is English"]
    said = {" ".join(text.split()) for text in page.evaluate(_WORDS, "option, [lang=th]")}
    return sorted(f"Thai left: {text[:120]}" for text in (said & _said_in_thai()) - set(kept))


_SMALL = """(smallest) => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const small = new Map();
  while (walker.nextNode()) {
    const { parentElement: holder, data } = walker.currentNode;
    if (!data.trim() || !holder.checkVisibility({ visibilityProperty: true })) continue;
    const size = parseFloat(getComputedStyle(holder).fontSize);
    if (size < smallest) small.set(`${size} px: ${data.trim().slice(0, 60)}`, true);
  }
  return [...small.keys()].slice(0, 5);
}"""
_FILLED = """() => [...document.querySelectorAll(".btn-primary")]
  .filter((button) => button.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }))
  .map((button) => button.textContent.trim())"""


def unlike_the_look(page: Page) -> list[str]:
    """Text too small to read, or more than one filled button."""
    faults = [f"smaller than {SMALLEST_TEXT} px: {text}" for text in page.evaluate(_SMALL, SMALLEST_TEXT)]
    filled = page.evaluate(_FILLED)
    if len(filled) > 1:
        faults.append(f"more than one filled button: {', '.join(filled)}")
    return faults


def looks_of(page: Page) -> list[str]:
    """What is wrong with the page as it stands on the screen, whatever its words."""
    return [*axe(page), *no_sideways_scroll(page), *unlike_the_look(page)]


def faults_of(page: Page, *, kept: Iterable[str] = ()) -> list[str]:
    """Everything that is wrong with the page as it stands on the screen."""
    return [*looks_of(page), *english_left(page, kept=kept)]
