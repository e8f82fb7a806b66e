"""Names as people write them: with or without a title, with whatever spaces."""

from __future__ import annotations

from typing import Final

TITLES: Final = (
    "ว่าที่ร้อยตรี", "ว่าที่ ร.ต.", "พลตำรวจเอก", "พลตำรวจโท", "พลตำรวจตรี", "พันตำรวจเอก", "พันตำรวจโท", "พลเอก", "พลโท", "พลตรี",
    "พันเอก", "พันโท", "พันตรี", "พลเรือเอก", "พลอากาศเอก", "พล.ต.อ.", "พล.ต.ท.", "พล.ต.ต.", "พ.ต.อ.", "พ.ต.ท.", "พ.ต.ต.",
    "ร.ต.อ.", "พล.อ.", "พล.ท.", "พล.ต.", "พ.อ.", "พ.ท.", "พ.ต.", "ร.อ.", "ร.ต.", "ศาสตราจารย์",
    "ศ.ดร.", "รศ.ดร.", "ผศ.ดร.", "คุณหญิง",
    "ม.ร.ว.", "ม.ล.", "นางสาว", "น.ส.", "นาง", "นาย", "ดร.",
)  # fmt: skip
"""Titles that stand before a name in one cell, the longer before what they begin with."""


def one_line(text: str) -> str:
    """A name as it is kept: single spaces, none around it."""
    return " ".join(text.split())


def split_title(name: str) -> tuple[str, str]:
    """Title and name of a name in one piece; the title is empty where none of those known stands before it."""
    title = next((one for one in TITLES if name.startswith(one) and name != one), "")
    return title, name.removeprefix(title).strip()
