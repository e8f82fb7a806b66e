"""Dates, figures, icons and deadlines as people read them, in the language of the page."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from django import template
from django.templatetags.static import static
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils import timezone
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from office import menu
from office.browsers import browser_and_system
from office.calendar import WorkCalendar
from office.due_words import due_words, due_words_in_full
from office.figures import figures
from office.models import Deadline
from office.paper_words import at_spaces_only
from office.thai import format_long, format_month, format_short, format_time, format_weekday

register = template.Library()

FRAME_URLS = {
    "today": "projectplan:today",
    "search": "office:search",
    "diary": "projectplan:diary",
    "calendar": "office:calendar",
    "notices": "office:notices",
    "personal": "office:personal",
    "system": "admin:index",
    "second_step": "mfa_index",
    "devices": "usersessions_list",
    "change_password": "account_change_password",  # nosec B105 # the name of an address
    "sign_out": "account_logout",
    "language": "set_language",
    "help": "office:help",
    "citizens_help": "office:help_citizen",
    "tour": "office:help_tour",
    **menu.PAGES,
}


def _language() -> str:
    return get_language() or "th"


def _local_date(value: date) -> date:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


@register.filter
def thai_digits(value: Any) -> str:
    """The value with Thai digits on a Thai page; nothing for None."""
    return "" if value is None else figures(value)


@register.filter
def at_spaces(value: str) -> SafeString:
    """Names and places whose lines break at their spaces: what Thai writes together stays together where it fits."""
    lines = (
        format_html_join(" ", '<span class="together">{}</span>', ((word,) for word in line.split()))
        for line in value.splitlines()
    )
    return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in lines))  # nosec B308 # written here


@register.filter
def number(value: float | Decimal | None, decimals: int | None = None) -> str:
    """Thousands and, on a Thai page, Thai digits; `decimals` places if given; nothing for None or ""."""
    if value is None or value == "":
        return ""
    return thai_digits(f"{value:,}" if decimals is None else f"{value:,.{decimals}f}")


@register.filter
def parts_whole(text: str) -> SafeString:
    """A name that may go on in the next line between its parts, and never inside one."""
    return at_spaces_only(str(text))


@register.filter
def plain_figure(value: Decimal | float | None) -> str:
    """`๓๓.๓๓`, `๒,๐๐๐`: an exact figure with thousands and without needless noughts behind the point."""
    if value is None or value == "":
        return ""
    text = f"{value:,.2f}"
    return thai_digits(text.rstrip("0").rstrip("."))


@register.filter
def date_long(value: date | None) -> str:
    """`๑ ตุลาคม ๒๕๕๒`; a moment shows its date in Bangkok; nothing for None."""
    return format_long(_local_date(value), language=_language()) if value else ""


@register.filter
def date_short(value: date | None) -> str:
    """`๑ ต.ค. ๕๒`; its parts stay on one line."""
    return format_short(_local_date(value), language=_language()).replace(" ", "\u00a0") if value else ""


@register.filter
def date_weekday(value: date | None) -> str:
    """`จันทร์ ๒๓ พฤศจิกายน ๒๕๕๒`."""
    return format_weekday(_local_date(value), language=_language()) if value else ""


@register.filter
def month_name(value: date | None) -> str:
    """`ตุลาคม ๒๕๕๒`."""
    return format_month(_local_date(value), language=_language()) if value else ""


@register.filter
def clock(value: datetime | None) -> str:
    """`๑๖.๓๐ น.` of a moment, in Bangkok."""
    return format_time(timezone.localtime(value), language=_language()) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """`๒๓ พ.ย. ๕๒ ๑๖.๓๐ น.` of a moment, in Bangkok; its parts stay on one line."""
    if not value:
        return ""
    local, language = timezone.localtime(value), _language()
    text = f"{format_short(local.date(), language=language)} {format_time(local, language=language)}"
    return text.replace(" ", "\u00a0")


@register.filter
def browser_name(user_agent: str | None) -> str:
    """`Chrome, Windows` from what a browser says of itself."""
    return browser_and_system(user_agent or "") or gettext("another browser")


@register.simple_tag
def frame_urls() -> dict[str, str]:
    """The addresses that the frame of every page links to; a room that is not built in has an empty one."""
    return _frame_urls(get_urlconf(), get_script_prefix())


@cache
def _frame_urls(urlconf: str | None, prefix: str) -> dict[str, str]:
    # Once for a process: reversing these costs a tenth of a page, and they never change.
    return {key: _address(name) for key, name in FRAME_URLS.items()}


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A shape of static/icons.svg; silent beside words, named by `label` when it stands alone."""
    return _icon(name, str(label))


@lru_cache(maxsize=1000)
def _icon(name: str, label: str) -> SafeString:
    # A page has forty, of the same few kinds.
    address = static("icons.svg")
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"></use></svg>',
            label,
            address,
            name,
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', address, name)


@register.simple_tag
def named_matter(matter: Any, unread: Collection[int] = ()) -> SafeString:
    """How a row of a list begins: the subject, which leads to the matter, and its number; marked while it is among the
    `unread`. One tag, for a page has forty such rows."""
    named = mark_safe(  # nosec B308, B703 # an address of ours, and what is escaped here
        f'<a class="t" href="{matter.get_absolute_url()}">{escape(matter.title)}</a>'
        f' <span class="no small">{escape(matter.label)}</span>'
    )
    if not unread or matter.pk not in unread:
        return named
    new = gettext("New since you looked")
    return format_html('<span class="unread"><span class="visually-hidden">{}</span></span> {}', new, named)


@register.simple_tag
def due_pill(
    deadline: Deadline | datetime | None,
    now: datetime,
    calendar: WorkCalendar | None = None,
    long: bool = False,
) -> SafeString | str:
    """The pill of a deadline, or of a moment when something is due; nothing for None or one taken back.

    `long` adds the day and the time where the short words leave them out.
    """
    if not deadline:
        return ""
    if isinstance(deadline, Deadline):
        if deadline.dropped_at:
            return ""
        if deadline.met_at:
            return _met_pill(deadline)
        deadline = deadline.due_at
    say = due_words_in_full if long else due_words
    # A template without a calendar hands over an empty text.
    words, tone = say(deadline, now, calendar or None, language=_language())
    # Made of our own words and digits only, and written in every row of a list.
    return mark_safe(  # nosec B308, B703 # a moment and our own words
        f'<time class="due {tone}" datetime="{deadline.isoformat()}" title="{moment(deadline)}">{words}</time>'
    )


def _met_pill(deadline: Deadline) -> SafeString:
    in_time = deadline.met_at is not None and deadline.met_at <= deadline.due_at
    words = gettext("In time") if in_time else gettext("Done late")
    return format_html('<span class="due {}">{}</span>', "ok" if in_time else "late", words)
