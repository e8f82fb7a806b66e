"""How the parts of official paper look in Word: what letter.css says of each class, as a named style."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_LINE_SPACING, WD_PARAGRAPH_ALIGNMENT, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

FONT: Final = "Sarabun"
FIGURES: Final = "SarabunThaiFigures"
"""Draws every digit as the Thai one, for the numbers of pages."""
SIZE: Final = 16.0
LINE: Final = 22.72
"""Points from line to line, as in letter.css: 16 points by 1.42."""
TEXT_WIDTH: Final = 16.0
"""Centimetres between the margins of A4: 3 at the left, 2 at the right."""
RED: Final = "C00000"
GREY: Final = "4D5A70"
BLUE: Final = "1D4B7A"

LEFT: Final = WD_PARAGRAPH_ALIGNMENT.LEFT
CENTER: Final = WD_PARAGRAPH_ALIGNMENT.CENTER
RIGHT: Final = WD_PARAGRAPH_ALIGNMENT.RIGHT
THAI: Final = WD_PARAGRAPH_ALIGNMENT.THAI_JUSTIFY


@dataclass(frozen=True)
class Look:
    """One style. Lengths in centimetres, what surrounds a line and the type itself in points."""

    name: str
    left: float = 0
    first: float = 0
    before: float = 0
    after: float = 0
    align: WD_PARAGRAPH_ALIGNMENT = LEFT
    size: float = SIZE
    line: float = LINE
    is_bold: bool = False
    color: str = ""
    keeps_with_next: bool = False
    tabs: tuple[tuple[float, WD_TAB_ALIGNMENT], ...] = ()
    is_boxed: bool = False


_MIDDLE_AND_RIGHT: Final = (
    (TEXT_WIDTH / 2, WD_TAB_ALIGNMENT.CENTER),
    (TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT),
)

LOOKS: Final[dict[str, Look]] = {
    "LetterText": Look("หนังสือ: ข้อความ", first=2.5, before=5, align=THAI),
    "LetterPlain": Look("หนังสือ: บรรทัด"),
    "LetterHead": Look("หนังสือ: ครุฑ", line=85.04, after=6, tabs=_MIDDLE_AND_RIGHT),
    "LetterSender": Look("หนังสือ: ที่และส่วนราชการ", left=6.8, first=-6.8),
    "LetterDay": Look("หนังสือ: วันที่", left=8, before=8, after=8),
    "LetterLine": Look("หนังสือ: เรื่อง เรียน", left=2.05, first=-2.05, after=3),
    "LetterTo": Look("หนังสือ: เรียน", left=2.05, first=-2.05, before=8, after=3),
    "LetterWide": Look("หนังสือ: สิ่งที่ส่งมาด้วย", left=3.9, first=-3.9, after=3),
    "LetterClosing": Look("หนังสือ: คำลงท้าย", left=5, before=14, align=CENTER, keeps_with_next=True),
    "LetterSigned": Look("หนังสือ: ลงชื่อ", left=5, before=46, align=CENTER, keeps_with_next=True),
    "LetterPosition": Look("หนังสือ: ตำแหน่ง", left=5, align=CENTER),
    "LetterContact": Look("หนังสือ: เจ้าของเรื่อง", before=18),
    "PaperTitle": Look(
        "หนังสือ: ชื่อ", after=8, size=20, line=28.4, align=CENTER, is_bold=True, keeps_with_next=True
    ),
    "MemoHead": Look("บันทึก: ครุฑและชื่อ", line=48.2, after=6, tabs=_MIDDLE_AND_RIGHT),
    "MemoRuled": Look("บันทึก: หัวเรื่อง", line=25.2, after=3, tabs=((TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT),)),
    "MemoPair": Look(
        "บันทึก: ที่และวันที่",
        line=25.2,
        after=3,
        tabs=(
            (7.75, WD_TAB_ALIGNMENT.LEFT),
            (8.25, WD_TAB_ALIGNMENT.LEFT),
            (TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT),
        ),
    ),
    "MemoPart": Look("บันทึก: หัวข้อ", before=8, is_bold=True, keeps_with_next=True),
    "MemoOrder": Look("บันทึก: บัญชา", is_boxed=True),
    "MemoSources": Look("บันทึก: แหล่งข้อมูล", left=0.8, first=-0.8, size=14, line=19.9),
    "Title1": Look(
        "รายงาน: ชื่อ", before=10, size=22, line=30.8, is_bold=True, color=BLUE, keeps_with_next=True
    ),
    "Title2": Look(
        "รายงาน: หัวข้อ", before=20, after=6, size=17, line=23.8, is_bold=True, color=BLUE, keeps_with_next=True
    ),
    "Title3": Look("รายงาน: หัวข้อย่อย", before=14, after=4, is_bold=True, keeps_with_next=True),
    "ReportText": Look("รายงาน: ข้อความ", after=8, line=24.8),
    "ReportOffice": Look("รายงาน: ส่วนราชการ", size=14, line=20.3, color=GREY, keeps_with_next=True),
    "ReportPeriod": Look("รายงาน: ช่วงเวลา", keeps_with_next=True),
    "ReportNote": Look("รายงาน: หมายเหตุ", after=8, size=13, line=19.5, color=GREY),
    "ReportSign": Look("รายงาน: ลงชื่อ", before=36, align=CENTER, keeps_with_next=True),
    "ReportGap": Look("รายงาน: เว้น", size=8, line=10),
    "FigureNumber": Look("รายงาน: ตัวเลข", size=24, line=32.4, is_bold=True),
    "FigureWords": Look("รายงาน: คำของตัวเลข", size=13, line=18.2, color=GREY),
    "ListItem": Look("รายงาน: รายการ", left=0.8, first=-0.8, after=3),
    "ChartTitle": Look("รายงาน: ชื่อแผนภูมิ", after=4, is_bold=True, keeps_with_next=True),
    "Chart": Look("รายงาน: แผนภูมิ", after=14, align=CENTER),
    "ChartNote": Look("รายงาน: ใต้แผนภูมิ", after=14, size=13, line=19.5, color=GREY, align=CENTER),
    "TableHead": Look("ตาราง: หัว", before=3, after=3, size=14, line=19.6, is_bold=True),
    "TableCell": Look("ตาราง: ช่อง", before=3, after=3, size=14, line=19.6),
    "PageFoot": Look("หน้า: ท้ายรายงาน", size=11, line=15.4, color=GREY),
    "PageRunning": Look(
        "หน้า: หัวรายงาน",
        size=12,
        line=16.8,
        after=14,
        color=GREY,
        tabs=((TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT),),
    ),
    "PageHead": Look("หน้า: หัวและท้ายกระดาษ", line=22.4, tabs=_MIDDLE_AND_RIGHT),
}

WORDS: Final[dict[str, Look]] = {
    "RuledLabel": Look("คำ: หัวเรื่อง", size=18, is_bold=True),
    "MemoTitle": Look("คำ: บันทึกข้อความ", size=29, is_bold=True),
    "MemoSpeed": Look("คำ: ชั้นความเร็วของบันทึก", size=26, is_bold=True, color=RED),
    "LetterSpeed": Look("คำ: ชั้นความเร็ว", size=32, is_bold=True, color=RED),
    "Stamp": Look("คำ: ชั้นความลับ", size=24, is_bold=True, color=RED),
    "Draft": Look("คำ: ร่าง", color=GREY),
    "Address": Look("คำ: ที่อยู่เว็บ", size=12, color="333333"),
}

_SCRIPTS: Final = ("ascii", "hAnsi", "eastAsia", "cs")


def make_styles(document: Document) -> None:
    """Give the document the type of the house and a style for each part; changed once, it is changed throughout."""
    _set_defaults(document)
    for key, look in LOOKS.items():
        style: Any = document.styles.add_style(key, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        style.quick_style = True
        _set_lines(style.paragraph_format, look)
        _set_type(style, look)
        style.name = look.name
    for key, look in WORDS.items():
        style = document.styles.add_style(key, WD_STYLE_TYPE.CHARACTER)
        _set_type(style, look)
        style.name = look.name


def name_font(words: Any, font: str) -> None:
    """Set a run or a style in a font, whatever the script."""
    words.font.name = font
    fonts = words.element.rPr.rFonts
    for script in _SCRIPTS:
        fonts.set(qn(f"w:{script}"), font)


def named_style(document: Any, key: str) -> Any:
    """A style of ours by its key."""
    return document.styles[(LOOKS.get(key) or WORDS[key]).name]


def _set_defaults(document: Document) -> None:
    """Normal text: the font for every script, its size for Latin and for Thai, Thai as the language of Thai text."""
    # The file's own defaults name the fonts of a theme, which Word would put before ours.
    for fonts in document.styles.element.iter(qn("w:docDefaults")):
        for one in list(fonts.iter(qn("w:rFonts"))):
            one.attrib.clear()
    normal: Any = document.styles["Normal"]
    name_font(normal, FONT)
    _set_type(normal, Look("", size=SIZE))
    language = OxmlElement("w:lang")
    for script, code in (("val", "en-US"), ("eastAsia", "en-US"), ("bidi", "th-TH")):
        language.set(qn(f"w:{script}"), code)
    normal.element.rPr.append(language)
    _set_lines(normal.paragraph_format, Look(""))


def _set_lines(lines: Any, look: Look) -> None:
    lines.left_indent, lines.first_line_indent = Cm(look.left), Cm(look.first)
    lines.space_before, lines.space_after = Pt(look.before), Pt(look.after)
    lines.alignment = look.align
    lines.line_spacing, lines.line_spacing_rule = Pt(look.line), WD_LINE_SPACING.AT_LEAST
    lines.widow_control = True
    lines.keep_with_next = look.keeps_with_next
    for place, side in look.tabs:
        lines.tab_stops.add_tab_stop(Cm(place), side)
    if look.is_boxed:
        _draw_lines(lines.element, ("top", "left", "bottom", "right"), eighths=5, color="auto")


def draw_line_below(paragraph: Any, *, eighths: int = 12, color: str = BLUE) -> None:
    """A line under a paragraph, as thick as so many eighths of a point."""
    _draw_lines(paragraph._p, ("bottom",), eighths=eighths, color=color)


def _draw_lines(element: Any, sides: tuple[str, ...], *, eighths: int, color: str) -> None:
    box = OxmlElement("w:pBdr")
    for side in sides:
        edge = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", str(eighths)), ("space", "4"), ("color", color)):
            edge.set(qn(f"w:{name}"), value)
        box.append(edge)
    # What must come after it in the order of the schema.
    after = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr")
    element.get_or_add_pPr().insert_element_before(box, *after)


def _set_type(style: Any, look: Look) -> None:
    """Size, weight and colour; Thai is complex script, which has a size and a weight of its own."""
    font = style.font
    font.size = Pt(look.size)
    thai_size = OxmlElement("w:szCs")
    thai_size.set(qn("w:val"), str(round(look.size * 2)))
    style.element.rPr.find(qn("w:sz")).addnext(thai_size)
    if look.is_bold:
        font.bold = font.cs_bold = True
    if look.color:
        font.color.rgb = RGBColor.from_string(look.color)
