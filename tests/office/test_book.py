"""Books of PDFs: pages of any size and turn onto sheets, numbers, an outline; what cannot be bound in."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from django.utils.translation import override
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from office.book import A4, Fault, Part, Unbindable, bind, onto_sheets
from office.paper import render_pdf


def pdf(text: str = "เอกสาร", *, size: str = "A4", pages: int = 1) -> bytes:
    body = "".join(f'<p class="new-page">{text} {page + 1}</p>' for page in range(pages))
    style = f"<style>@page {{ size: {size}; }}</style>"
    return render_pdf(f"<html><head><title>x</title>{style}</head><body>{body}</body></html>", title="x")


def kept(folder: Path, content: bytes, name: str = "a.pdf") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def turned(content: bytes, degrees: int) -> bytes:
    writer = PdfWriter(clone_from=BytesIO(content))
    writer.pages[0].rotate(degrees)
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def text_of(path: Path) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path)]


@pytest.mark.parametrize(
    ("size", "lies"), [("A4", False), ("A3", False), ("A4 landscape", True), ("80mm 200mm", False)]
)
def test_pages_of_any_size_come_onto_a4(size: str, lies: bool, tmp_path: Path) -> None:
    target = tmp_path / "sheets.pdf"
    assert onto_sheets(kept(tmp_path, pdf(size=size)), target) == 1
    box = PdfReader(target).pages[0].mediabox
    expected = (A4[1], A4[0]) if lies else A4
    assert (float(box.width), float(box.height)) == pytest.approx(expected, abs=0.01)
    assert "เอกสาร 1" in text_of(target)[0]


@pytest.mark.parametrize(("degrees", "lies"), [(0, False), (90, True), (180, False), (270, True)])
def test_a_turned_page_keeps_its_turn(degrees: int, lies: bool, tmp_path: Path) -> None:
    source, target = kept(tmp_path, turned(pdf(), degrees)), tmp_path / "sheets.pdf"
    onto_sheets(source, target)
    before, after = (pypdfium2.PdfDocument(path)[0].render(scale=0.3).to_pil() for path in (source, target))
    assert (after.width > after.height) is lies
    # Where the ink lies, as a part of the page: the same corner before and after, a little smaller.
    for page in (before, after):
        page.info.clear()
    ink_before, ink_after = (
        page.convert("L").point(lambda grey: 255 - grey).getbbox() for page in (before, after)
    )
    assert ink_before
    assert ink_after
    for which, length in ((0, "width"), (1, "height")):
        share = ink_before[which] / getattr(before, length), ink_after[which] / getattr(after, length)
        assert share[1] == pytest.approx(share[0], abs=0.06)


def test_the_foot_of_a_sheet_is_kept_free(tmp_path: Path) -> None:
    style = "<style>@page { margin: 0; } html { background: black; }</style>"
    full = f"<html><head><title>x</title>{style}</head><body></body></html>"
    target = tmp_path / "sheets.pdf"
    onto_sheets(kept(tmp_path, render_pdf(full, title="x")), target)
    page = pypdfium2.PdfDocument(target)[0].render(scale=1).to_pil().convert("L")
    assert page.getpixel((page.width // 2, page.height - 10)) == 255
    assert page.getpixel((page.width // 2, page.height - 60)) == 0


def test_sheets_are_numbered_and_marked_and_an_outline_leads_to_the_parts(tmp_path: Path) -> None:
    parts = [
        Part(kept(tmp_path, pdf("ปก"), "1.pdf"), 1, ""),
        Part(kept(tmp_path, pdf("วาระ", pages=9), "2.pdf"), 9, "วาระที่หนึ่ง"),
        Part(kept(tmp_path, pdf("แนบ"), "3.pdf"), 1, "เอกสารแนบ", is_below=True, mark="ลับ"),
    ]
    target = tmp_path / "book.pdf"
    with override("th"):
        assert bind(parts, target, title="แฟ้ม", foot="ฉบับที่ ๓", language="th") == 11
    texts = text_of(target)
    assert "ฉบับที่" not in texts[0]
    assert ["– ๒ –" in texts[1], "– ๑๐ –" in texts[9], "– ๑๑ –" in texts[10]] == [True] * 3
    assert ["ลับ" in text for text in texts] == [False] * 10 + [True]
    reader = PdfReader(target)
    first, below = reader.outline
    assert (first["/Title"], below[0]["/Title"]) == ("วาระที่หนึ่ง", "เอกสารแนบ")
    assert reader.get_destination_page_number(below[0]) == 10
    assert (reader.metadata or {})["/Title"] == "แฟ้ม"


def test_on_an_english_page_numbers_are_arabic(tmp_path: Path) -> None:
    parts = [Part(kept(tmp_path, pdf(pages=12)), 12, "x")]
    with override("en"):
        bind(parts, tmp_path / "book.pdf", title="x", foot="Edition 3", language="en")
    assert "– 12 –" in text_of(tmp_path / "book.pdf")[11]


def test_scripts_and_annotations_stay_behind(tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=BytesIO(pdf()))
    script = {
        NameObject("/S"): NameObject("/JavaScript"),
        NameObject("/JS"): TextStringObject("app.alert('run')"),
    }
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(script)
    target = tmp_path / "js.pdf"
    writer.write(target)
    onto_sheets(target, tmp_path / "sheets.pdf")
    assert b"app.alert" not in (tmp_path / "sheets.pdf").read_bytes()


def test_what_opens_without_a_password_is_taken_and_what_does_not_is_refused(tmp_path: Path) -> None:
    for password, is_taken in (("", True), ("ลับ", False)):
        writer = PdfWriter(clone_from=BytesIO(pdf()))
        writer.encrypt(password, owner_password="owner", algorithm="AES-256")
        source = tmp_path / f"locked-{is_taken}.pdf"
        writer.write(source)
        if is_taken:
            assert onto_sheets(source, tmp_path / "sheets.pdf") == 1
        else:
            with pytest.raises(Unbindable) as refused:
                onto_sheets(source, tmp_path / "sheets.pdf")
            assert refused.value.fault == Fault.ENCRYPTED


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"not a pdf at all", b"%PDF-1.7\n" + b"\x00" * 5000])
def test_a_broken_file_is_refused_as_such(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(Unbindable) as refused:
        onto_sheets(kept(tmp_path, content), tmp_path / "sheets.pdf")
    assert refused.value.fault == Fault.BROKEN


def test_half_a_file_is_refused_or_whole(tmp_path: Path) -> None:
    whole = pdf(pages=5)
    for part in (3, 2):
        source = kept(tmp_path, whole[: len(whole) // part])
        with pytest.raises(Unbindable):
            onto_sheets(source, tmp_path / "sheets.pdf")
