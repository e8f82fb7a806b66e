"""Thai dates, digits, money and identity numbers: formatting, parsing and checking, with no framework."""

import re
from calendar import monthrange
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

BE_OFFSET: Final = 543
FIRST_BE_YEAR: Final = 2400
"""A written year from here on is Buddhist Era; below it, Common Era."""
FIRST_CE_YEAR: Final = 1900
LAST_BE_YEAR: Final = FIRST_BE_YEAR + BE_OFFSET - 1
"""The Buddhist year of C.E. 2399, the last that can be written in either era."""
LONGEST_DATE_TEXT: Final = 80

MONTHS: Final = (
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
)
SHORT_MONTHS: Final = (
    "ม.ค.",
    "ก.พ.",
    "มี.ค.",
    "เม.ย.",
    "พ.ค.",
    "มิ.ย.",
    "ก.ค.",
    "ส.ค.",
    "ก.ย.",
    "ต.ค.",
    "พ.ย.",
    "ธ.ค.",
)
WEEKDAYS: Final = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
ENGLISH_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
ENGLISH_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_TO_THAI: Final = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_TO_ARABIC: Final = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_FIGURES: Final = ("", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
_PLACES: Final = ("", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน")
_UNSEEN: Final = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))

_SEPARATORS: Final = re.compile(r"[\s/.,\-–]+")
_NUMBER: Final = re.compile(r"([0-9]+)")
_LEAD: Final = re.compile(
    rf"(วัน)?({'|'.join((*WEEKDAYS, 'พฤหัส', *(name.lower() for name in ENGLISH_WEEKDAYS)))})?(ที่)?"
)
_ERA: Final = re.compile(r"(?P<before>.*?)(?P<era>พศ|คศ|be|ce|ad)?")


class ThaiDateError(ValueError):
    """A text that is no date; says what is wrong so that a form can say it kindly.

    `reason` is one of `empty`, `unreadable`, `two_digit_year`, `year` (outside B.E. 2400–2942), `month`
    (no such month) and `day` (no such day in that month). The numbers understood so far are kept:
    `day`, `month`, `year` (C.E.) and, when the reason is `day`, `days_in_month`.
    """

    def __init__(
        self,
        reason: str,
        *,
        day: int | None = None,
        month: int | None = None,
        year: int | None = None,
        days_in_month: int | None = None,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.day = day
        self.month = month
        self.year = year
        self.days_in_month = days_in_month


def to_thai_digits(text: str | int) -> str:
    """The text with 0–9 written ๐–๙; everything else is left alone."""
    return str(text).translate(_TO_THAI)


def to_arabic_digits(text: str) -> str:
    """The text with ๐–๙ written 0–9; everything else is left alone."""
    return text.translate(_TO_ARABIC)


_LEADING_VOWEL: Final = re.compile("([เแโใไ])([ก-ฮ])")
_MARKS: Final = str.maketrans("", "", "็่้๊๋์ฺํ๎")


def sort_key(text: str) -> str:
    """What sorts a text as a Thai dictionary does, compared letter by letter: a vowel written before its consonant
    counts after it, tone marks only where all else is equal (royal dictionary, พจนานุกรม)."""
    turned = _LEADING_VOWEL.sub(r"\2\1", " ".join(text.split()).lower())
    return f"{turned.translate(_MARKS)}\t{turned}"


def name_key(name: str) -> str:
    """By what names of bodies are sorted: as a Thai dictionary has them, area 2 before area 10. At most 400 letters."""
    counted = _NUMBER.sub(lambda number: number[0].zfill(4), to_arabic_digits(name))
    return sort_key(counted)[:400]


def be_year(day: date) -> int:
    """The Buddhist Era year a date falls in (C.E. + 543, changing on 1 January)."""
    return day.year + BE_OFFSET


def format_long(day: date, *, digits: str = "thai", language: str = "th") -> str:
    """`๑ ตุลาคม ๒๕๕๒`, or in English `1 October 2009`."""
    if _is_english(language):
        return f"{day.day} {ENGLISH_MONTHS[day.month - 1]} {day.year}"
    return _in_digits(f"{day.day} {MONTHS[day.month - 1]} {be_year(day)}", digits)


def format_short(day: date, *, digits: str = "thai", language: str = "th") -> str:
    """`๑ ต.ค. ๕๒`, or in English `1 Oct 2009`."""
    if _is_english(language):
        return f"{day.day} {ENGLISH_MONTHS[day.month - 1][:3]} {day.year}"
    return _in_digits(f"{day.day} {SHORT_MONTHS[day.month - 1]} {be_year(day) % 100:02d}", digits)


def format_numeric(day: date, *, digits: str = "thai", language: str = "th") -> str:
    """`๐๑/๑๐/๒๕๕๒`, or in English `01/10/2009`; what a date field shows."""
    if _is_english(language):
        return f"{day.day:02d}/{day.month:02d}/{day.year}"
    return _in_digits(f"{day.day:02d}/{day.month:02d}/{be_year(day)}", digits)


def format_month(day: date, *, digits: str = "thai", language: str = "th") -> str:
    """The month a date falls in: `ตุลาคม ๒๕๕๒`, or in English `October 2009`."""
    if _is_english(language):
        return f"{ENGLISH_MONTHS[day.month - 1]} {day.year}"
    return _in_digits(f"{MONTHS[day.month - 1]} {be_year(day)}", digits)


def format_weekday(day: date, *, digits: str = "thai", language: str = "th") -> str:
    """`จันทร์ ๒๓ พฤศจิกายน ๒๕๕๒`, or in English `Monday 23 November 2009`."""
    names = ENGLISH_WEEKDAYS if _is_english(language) else WEEKDAYS
    return f"{names[day.weekday()]} {format_long(day, digits=digits, language=language)}"


def format_time(moment: datetime, *, digits: str = "thai", language: str = "th") -> str:
    """The clock time of a moment already in local time: `๑๖.๓๐ น.`, or in English `16:30`."""
    if _is_english(language):
        return f"{moment:%H:%M}"
    return _in_digits(f"{moment:%H.%M} น.", digits)


def parse_date(text: str) -> date:
    """The date a person typed; raises ThaiDateError, which says what is wrong.

    Read: `22/11/2569`, `๒๒-๑๑-๒๕๖๙`, `22 พ.ย. 2569`, `วันอาทิตย์ที่ ๒๒ พฤศจิกายน พ.ศ. ๒๕๖๙`, `2569-11-22`,
    `22112569`, `22 November 2026`. Separators are spaces and `/ - . ,`. A year of 2400–2942 is Buddhist Era,
    one of 1900–2399 Common Era; an era in front of the year must agree. Two-digit years are refused: ๕๓ is
    2553 to one reader and 1953 to another. So what format_short prints cannot be read back, by intent.
    """
    text = to_arabic_digits(text.translate(_UNSEEN)).strip().lower()
    if not text:
        raise ThaiDateError("empty")
    if len(text) > LONGEST_DATE_TEXT:
        raise ThaiDateError("unreadable")
    lead, *parts = _NUMBER.split(text)
    if parts[-1:] != [""] or not _LEAD.fullmatch(_SEPARATORS.sub("", lead)):
        raise ThaiDateError("unreadable")
    day, month, year, era = _read_parts(parts)
    return _checked_date(day, month, _year_ce(year, era))


def _read_parts(parts: list[str]) -> tuple[str, int, str, str]:
    """Day, month, year and era as written, from `[number, gap, number, gap, …, ""]`."""
    match parts:
        case [whole, ""] if len(whole) == len("22112569"):
            return whole[:2], int(whole[2:4]), whole[4:], ""
        case [year, gap, month, gap2, day, ""] if len(year) == 4 and not _words(gap) and not _words(gap2):
            return day, _month_number(month), year, ""
        case [day, gap, month, gap2, year, ""] if not _words(gap):
            before, era = _split_era(_words(gap2))
            if not before:
                return day, _month_number(month), year, era
        case [day, gap, year, ""] if words := _words(gap):
            name, era = (words, "") if _month_named(words) else _split_era(words)
            if month_named := _month_named(name):
                return day, month_named, year, era
    raise ThaiDateError("unreadable")


def _words(gap: str) -> str:
    """What stands between two numbers, without separators."""
    return _SEPARATORS.sub("", gap)


def _split_era(words: str) -> tuple[str, str]:
    found = _ERA.fullmatch(words)
    return (found["before"], found["era"] or "") if found else (words, "")


def _month_number(digits: str) -> int:
    if len(digits) > 2:
        raise ThaiDateError("unreadable")
    return int(digits)


def _month_named(words: str) -> int:
    """1–12 for a month's full or short name, or its only fitting beginning of 3 letters or more; else 0."""
    name = words.removeprefix("เดือน")
    for number, short in enumerate(SHORT_MONTHS, start=1):
        if name == short.replace(".", ""):
            return number
    if len(name) < 3:
        return 0
    fitting = [
        number
        for months in (MONTHS, ENGLISH_MONTHS)
        for number, full in enumerate(months, start=1)
        if full.lower().startswith(name)
    ]
    return fitting[0] if len(fitting) == 1 else 0


def _year_ce(digits: str, era: str) -> int:
    """The Common Era year of a year as written, with or without an era before it."""
    if len(digits) <= 2:
        raise ThaiDateError("two_digit_year")
    if len(digits) > 4:
        raise ThaiDateError("year")
    year = int(digits)
    is_buddhist = FIRST_BE_YEAR <= year <= LAST_BE_YEAR
    if not is_buddhist and not FIRST_CE_YEAR <= year < FIRST_BE_YEAR:
        raise ThaiDateError("year")
    if era and (era == "พศ" or era == "be") != is_buddhist:
        raise ThaiDateError("year")
    return year - BE_OFFSET if is_buddhist else year


def _checked_date(day_digits: str, month: int, year_ce: int) -> date:
    if len(day_digits) > 2:
        raise ThaiDateError("unreadable")
    day = int(day_digits)
    if not 1 <= month <= 12:
        raise ThaiDateError("month", day=day, month=month, year=year_ce)
    days_in_month = monthrange(year_ce, month)[1]
    if not 1 <= day <= days_in_month:
        raise ThaiDateError("day", day=day, month=month, year=year_ce, days_in_month=days_in_month)
    return date(year_ce, month, day)


def format_baht(amount: Decimal, *, digits: str = "thai", language: str = "th") -> str:
    """Baht and satang with thousands, `๒๐๐,๐๐๐.๐๐`; a part of a satang is rounded half up."""
    text = f"{amount.quantize(Decimal('0.01'), rounding=ROUND_HALF_UP):,}"
    return text if _is_english(language) else _in_digits(text, digits)


def baht_text(amount: Decimal) -> str:
    """The amount in words as documents write it: `สองแสนบาทถ้วน`, `หนึ่งบาทยี่สิบห้าสตางค์`.

    Raises ValueError for a part of a satang: a sum in words must be the sum in figures.
    """
    satang_total = amount * 100
    if satang_total != satang_total.to_integral_value():
        raise ValueError(f"not a whole number of satang: {amount}")
    baht, satang = divmod(abs(int(satang_total)), 100)
    sign = "ลบ" if amount < 0 else ""
    if not satang:
        return f"{sign}{_number_words(baht)}บาทถ้วน"
    baht_words = f"{_number_words(baht)}บาท" if baht else ""
    return f"{sign}{baht_words}{_number_words(satang)}สตางค์"


def _number_words(number: int) -> str:
    """A whole number, 0 or more, in Thai words."""
    if number == 0:
        return "ศูนย์"
    millions, rest = divmod(number, 1_000_000)
    words = f"{_number_words(millions)}ล้าน" if millions else ""
    figures = str(rest)
    for place, figure in zip(range(len(figures) - 1, -1, -1), map(int, figures), strict=True):
        if figure == 0:
            continue
        if place == 0 and figure == 1 and number > 1:
            words += "เอ็ด"
        elif place == 1 and figure <= 2:
            words += ("สิบ", "ยี่สิบ")[figure - 1]
        else:
            words += _FIGURES[figure] + _PLACES[place]
    return words


def is_thai_id(text: str) -> bool:
    """Whether a text is a Thai citizen number: 13 digits, Thai or Arabic, whose last is the check digit.

    Spaces and hyphens are ignored. The first twelve are weighted 13 down to 2; the check digit is
    (11 − sum mod 11) mod 10 (Department of Provincial Administration).
    """
    figures = to_arabic_digits(text).replace("-", "").replace(" ", "")
    if not re.fullmatch(r"[0-9]{13}", figures):
        return False
    weighted = sum(weight * int(figure) for weight, figure in zip(range(13, 1, -1), figures, strict=False))
    return (11 - weighted % 11) % 10 == int(figures[12])


def _is_english(language: str) -> bool:
    return language.startswith("en")


def _in_digits(text: str, digits: str) -> str:
    return to_thai_digits(text) if digits == "thai" else text
