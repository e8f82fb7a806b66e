"""The forms of a page, filled in as a person would: what is there stays, what is empty gets a plain answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

WORDS: Final = "ตรวจสอบแล้ว เห็นควรส่งหน่วยงานที่เกี่ยวข้องดำเนินการและแจ้งผลให้ผู้ร้องทราบ"


@dataclass
class PageForm:
    """One form: where it is sent, and what its fields hold."""

    name: str
    action: str
    fields: dict[str, str] = field(default_factory=dict)


class _Reader(HTMLParser):
    """Collects the forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self.is_inside = False
        self.text_of = ""
        self.choice_of = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(PageForm(given.get("id", ""), given.get("action", "")))
            self.is_inside = True
        elif self.is_inside:
            self._field(tag, given, self.forms[-1].fields)

    def _field(self, tag: str, given: dict[str, str], fields: dict[str, str]) -> None:
        name = given.get("name", "")
        if tag == "input" and name:
            self._input(name, given, fields)
        elif tag == "textarea" and name:
            fields[name], self.text_of = "", name
        elif tag == "select" and name:
            fields[name], self.choice_of = "", name
        elif (
            tag == "option"
            and self.choice_of
            and given.get("value")
            and ("selected" in given or not fields[self.choice_of])
        ):
            fields[self.choice_of] = given["value"]

    def _input(self, name: str, given: dict[str, str], fields: dict[str, str]) -> None:
        kind = given.get("type", "text")
        if kind in {"radio", "checkbox"}:
            if "checked" in given or (kind == "radio" and name not in fields):
                fields[name] = given.get("value", "on")
        elif kind not in {"submit", "button", "file"}:
            fields[name] = given.get("value", "")

    def handle_data(self, data: str) -> None:
        if self.text_of:
            self.forms[-1].fields[self.text_of] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.is_inside = False
        elif tag == "textarea":
            text = self.forms[-1].fields[self.text_of].strip() if self.text_of else ""
            if self.text_of:
                self.forms[-1].fields[self.text_of] = text or WORDS
            self.text_of = ""
        elif tag == "select":
            self.choice_of = ""


def forms_of(page: str) -> list[PageForm]:
    """Every form of the page."""
    reader = _Reader()
    reader.feed(page)
    return reader.forms
