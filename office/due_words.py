"""How long is left, or how late it is, in the words of a colleague: "เหลือ ๓ ชั่วโมง", "เกิน ๑ วัน"."""

from datetime import date, datetime, timedelta
from typing import Final, Literal

from office.calendar import OFFICE_TZ, WorkCalendar
from office.thai import format_short, format_time, to_thai_digits

Tone = Literal["ok", "soon", "late"]

HOURS_COUNTED_DOWN: Final = 4
"""Under this many hours the clock counts down; before that the time of day says more."""
_HOUR: Final = timedelta(hours=1)
_MINUTE: Final = timedelta(minutes=1)
_UNITS: Final = {
    "minute": "นาที",
    "hour": "ชั่วโมง",
    "day": "วัน",
    "working day": "วันทำการ",
}


def due_words(
    due_at: datetime, now: datetime, calendar: WorkCalendar | None, *, language: str = "th"
) -> tuple[str, Tone]:
    """The words of a pill and its tone; `due_at` itself is still in time.

    Both moments are aware. Today's are `soon`, later ones `ok`, in working days when a calendar is given and
    else in calendar days. What is late counts calendar days, for that is what the one who waits counts.
    """
    due, at = due_at.astimezone(OFFICE_TZ), now.astimezone(OFFICE_TZ)
    english = language.startswith("en")
    if at > due:
        return _late_words(due, at, english=english), "late"
    if due.date() == at.date():
        return _today_words(due, at, english=english), "soon"
    return _coming_words(due, at, calendar, english=english), "ok"


def due_words_in_full(
    due_at: datetime, now: datetime, calendar: WorkCalendar | None, *, language: str = "th"
) -> tuple[str, Tone]:
    """The same with the moment itself beside it: `เหลือ ๓ ชั่วโมง (วันนี้ ๑๖.๓๐ น.)`."""
    words, tone = due_words(due_at, now, calendar, language=language)
    due, at = due_at.astimezone(OFFICE_TZ), now.astimezone(OFFICE_TZ)
    english = language.startswith("en")
    clock = _clock(due, english=english)
    if clock in words:
        return words, tone
    if due.date() == at.date():
        day = "today" if english else "วันนี้"
    else:
        day = format_short(due.date(), language="en" if english else "th")
    return f"{words} ({day} {clock})", tone


def _late_words(due: datetime, at: datetime, *, english: bool) -> str:
    days = (at.date() - due.date()).days
    amount = _amount(days, "day", english=english) if days else _span(at - due, english=english)
    return f"{amount} late" if english else f"เกิน {amount}"


def _today_words(due: datetime, at: datetime, *, english: bool) -> str:
    left = due - at
    if left >= HOURS_COUNTED_DOWN * _HOUR:
        return f"{'today' if english else 'วันนี้'} {_clock(due, english=english)}"
    amount = _span(left, english=english)
    return f"{amount} left" if english else f"เหลือ {amount}"


def _coming_words(due: datetime, at: datetime, calendar: WorkCalendar | None, *, english: bool) -> str:
    if (due.date() - at.date()).days == 1:
        return f"{'tomorrow' if english else 'พรุ่งนี้'} {_clock(due, english=english)}"
    amount = _days_until(due.date(), at.date(), calendar, english=english)
    return f"in {amount}" if english else f"อีก {amount}"


def _days_until(due_on: date, today: date, calendar: WorkCalendar | None, *, english: bool) -> str:
    working_days = calendar.working_days_between(today, due_on) if calendar else 0
    if working_days:
        return _amount(working_days, "working day", english=english)
    return _amount((due_on - today).days, "day", english=english)


def _span(span: timedelta, *, english: bool) -> str:
    """Whole hours, under one hour whole minutes and never none."""
    if span >= _HOUR:
        return _amount(span // _HOUR, "hour", english=english)
    return _amount(max(span // _MINUTE, 1), "minute", english=english)


def _amount(number: int, unit: str, *, english: bool) -> str:
    if english:
        return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
    return f"{to_thai_digits(number)} {_UNITS[unit]}"


def _clock(moment: datetime, *, english: bool) -> str:
    return format_time(moment, language="en" if english else "th")
