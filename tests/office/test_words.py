"""The Thai of the catalogue and the templates, read as an editor would: one term for each idea, Thai digits, quotation
marks and spaces as the house writes them, no word of courtesy too many."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)

# What a reader must not meet, and the one term the office has for it (docs: the terms of the domain).
ONE_TERM = {
    r"(?<!เ)ปิดเรื่อง": "ยุติเรื่อง",
    r"เลขรับ(?! <span>)": "เลขเรื่อง",  # on the stamp of receipt the regulation has it so
    r"พักเรื่อง|พักการดำเนินการ": "หยุดรอ",
    r"ระงับไว้เป็นพยาน": "เก็บเป็นพยานหลักฐาน",
    r"ผู้ร้องทุกข์|ผู้ร้องเรียน|ผู้ยื่นเรื่อง": "ผู้ร้อง",
    r"เส้นตาย|เดดไลน์": "กำหนดเวลา",
    r"เลยกำหนด|ช้ากว่ากำหนด|เกินเวลา": "เกินกำหนด",
    r"กลุ่มเรื่องราวร้องทุกข์": "กลุ่มรับเรื่องราวร้องทุกข์",
    r"หัวหน้าฝ่าย|หัวหน้าหมวด|หัวหน้างาน": "หัวหน้ากลุ่ม",
    r"ร่างกฎหมาย|ร่าง พ\.ร\.บ": "ร่างพระราชบัญญัติ",
    r"ผู้มีอำนาจ(?!สั่งการ)": "ผู้มีอำนาจสั่งการ",
    r"เอกสารวิเทศสัมพันธ์|หนังสือต่างประเทศ": "เอกสารต่างประเทศ",
    r"ชื่อ[-–]สกุล|ชื่อ[-–]นามสกุล": "ชื่อและนามสกุล",
    r"มือถือ|เบอร์โทร": "โทรศัพท์เคลื่อนที่",
    r"อีเมล์|อีเมลล์|จดหมายอิเล็กทรอนิกส์": "อีเมล",
    r"เว็บไซด์|เวปไซต์": "เว็บไซต์",
    r"ลิงค์|ลิ้งค์": "ลิงก์",
    r"คลิก|คลิ๊ก": "กด",
    r"อัพโหลด|อัปโหลด": "แนบ",
    r"ล็อกอิน|ล็อกเอาต์|ลงชื่อเข้าใช้": "เข้าสู่ระบบ",
    r"พาสเวิร์ด": "รหัสผ่าน",
    r"ยูสเซอร์": "ผู้ใช้",
    r"อัพเดต|อัปเดต": "แก้ไข",
    r"(?<!ขอบ)คุณ(?!ภาพ|สมบัติ|ธรรม|วุฒิ|ากร|ค่า|ลักษณะ|หมอ)": "ท่าน",
    r"กรุณา": "โปรด",
    r"(?<!จำ)แยกตาม": "จำแนกตาม",
    r"(?:เอา|ลด)ตัวกรอง|ตามตัวกรองนี้": "ที่ตรงกับตัวกรอง นำตัวกรองออกบางข้อ",
    r"กติกา": "เกณฑ์",
    r"สิทธิ(?=ดู|เห็น|ทำ|เปิด)": "สิทธิ์",
}

PLACEHOLDER = re.compile(
    r"%\(\w+\)[a-z]|%[sd%]|\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|\{\w*:?\w*\}|<[^<>]+>|https?://\S+|[\w.+-]+@[\w.-]+|&\w+;",
    re.DOTALL,
)
# Arabic digits on purpose: what is typed so, names of standards and kinds of paper, Markdown, a program's answer.
DIGITS_KEPT = re.compile(
    r"12/2553|\b[0-9A-Z]{5}(-[0-9A-Z]{5})+\b|UTF-8|OpenAPI 3\.1|A[45]\b|(?<!\S)1\. |255[23](-\d+)?$|2009-10-01"
)


def catalogue() -> dict[str, str]:
    """Each msgid of ours with its Thai; of plurals the one form that Thai has."""
    found: dict[str, str] = {}
    for path in (ROOT / "locale" / "th" / "LC_MESSAGES").glob("*.po"):
        entry = re.compile(
            r'^(?:msgctxt (".*")\n)?msgid ((?:".*"\n)+)(?:msgid_plural (?:".*"\n)+)?msgstr(?:\[0\])? ((?:".*"\n?)+)',
            re.MULTILINE,
        )
        for context, msgid, msgstr in entry.findall(path.read_text(encoding="utf-8")):
            found[(f"{_text(context)}: " if context else "") + _text(msgid)] = _text(msgstr)
    found.pop("", None)
    return found


def _text(quoted: str) -> str:
    return "".join(
        line[1:-1].replace('\\"', '"').replace("\\n", "\n").replace("\\\\", "\\")
        for line in quoted.strip().splitlines()
    )


def written() -> list[tuple[str, str]]:
    """(where, Thai words): the catalogue, the guide, and the Thai that stands in a template or a script itself."""
    ours = [(f"locale: {msgid[:60]}", words) for msgid, words in catalogue().items()]
    places = [
        *(ROOT / "templates").rglob("*.html"),
        *(ROOT / "templates").rglob("*.txt"),
        *(ROOT / "static/js").glob("*.js"),
    ]
    for path in places:
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".html":
            text = re.sub(r"\{#.*?#\}", "", text)
        thai = [line.strip() for line in text.splitlines() if re.search("[ก-ฮ]", line)]
        ours += [(str(path.relative_to(ROOT)), line) for line in thai]
    return ours


WRITTEN = written()


@pytest.mark.parametrize(("other", "term"), ONE_TERM.items(), ids=list(ONE_TERM.values()))
def test_one_idea_has_one_term(other: str, term: str) -> None:
    found = [f"{where}: {words[:100]} (write {term})" for where, words in WRITTEN if re.search(other, words)]
    assert found == []


def test_figures_are_thai() -> None:
    left = []
    for msgid, words in catalogue().items():
        plain = DIGITS_KEPT.sub("", PLACEHOLDER.sub("", words).strip())
        if re.search("[0-9]", plain):
            left.append(f"{msgid[:60]}: {words[:100]}")
    assert left == []


def test_no_year_is_of_the_common_era() -> None:
    assert [
        words for _where, words in WRITTEN if re.search(r"(?<![๐-๙])(๒๐[๐-๙]{2}|๑๙[๐-๙]{2})(?![๐-๙])", words)
    ] == []


def test_quotation_marks_are_curly() -> None:
    straight = [words for words in catalogue().values() if re.search("[\"']", PLACEHOLDER.sub("", words))]
    assert straight == []
    unpaired = [words for words in catalogue().values() if words.count("“") != words.count("”")]
    assert unpaired == []


def test_the_sign_of_repetition_stands_between_spaces() -> None:
    """ต่าง ๆ, as the Royal Society writes it: never ต่างๆ, never ๆ and the next word without a space."""
    assert [words for _where, words in WRITTEN if re.search(r"[ก-๎]ๆ|ๆ[ก-ฮเแโใไ]", words)] == []


def test_no_space_is_doubled_or_at_an_end() -> None:
    doubled = [words for words in catalogue().values() if re.search(r"\S {2,}\S", words)]
    assert doubled == []
    loose = [
        words
        for msgid, words in catalogue().items()
        if words != words.strip(" ") and msgid == msgid.strip(" ")
    ]
    assert loose == []


def test_there_is_no_s_in_brackets_and_no_english_plural() -> None:
    assert [words for words in catalogue().values() if "(s)" in words] == []
    assert [msgid for msgid in catalogue() if "(s)" in msgid and "%(s)" not in msgid] == []


def test_abbreviations_end_in_the_thai_sign() -> None:
    assert [
        words for words in catalogue().values() if re.search(r"ทูลเกล้า(?!ฯ)|กรุงเทพ(?!ม|ฯ)|\bฯลฯ\S", words)
    ] == []


def test_english_has_no_thai_but_what_is_a_name_or_an_example() -> None:
    """A msgid that holds Thai shows a number, a code or a term as it stands in the register."""
    names = re.compile(r"[ก-ฮ]{2}-|รท|ชุดที่|ภาษาไทย|สร\.สาร|๑|[ก-๙.]+ ?[๐-๙]|“[ก-๙ ]+”|\([ก-๙ .]+\)")
    assert [msgid for msgid in catalogue() if re.search("[ก-ฮ]", names.sub("", msgid))] == []


def test_django_counts_in_thai_figures(settings: object) -> None:
    from django import forms
    from django.contrib.auth.password_validation import password_validators_help_texts
    from django.utils.translation import override

    class Short(forms.Form):
        name = forms.CharField(min_length=12)
        number = forms.IntegerField(min_value=25)

    with override("th"):
        errors = " ".join(
            str(error) for errors in Short({"name": "กข", "number": 3}).errors.values() for error in errors
        )
        helped = " ".join(str(text) for text in password_validators_help_texts())
    assert not re.search("[0-9]", errors + helped)
    assert "๑๒" in errors
    assert "๒๕" in errors
    assert "๑๒" in helped
    with override("en"):
        assert "12" in str(Short({"name": "กข", "number": 30}).errors["name"])
