"""The words of letters to people of the office: number, promise and time left, never a name or a subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from office.calendar import OFFICE_TZ, WorkCalendar
from office.due_words import due_words
from office.models import Deadline, Matter, Notice, User
from office.reminders import KINDS, rung_at
from office.thai import format_time, format_weekday, to_thai_digits
from office.today import verb_of

GAP = "\n\n"


@dataclass(frozen=True)
class Attachment:
    """A file that travels with a letter: its name, its bytes, its type."""

    name: str
    content: bytes
    content_type: str


@dataclass(frozen=True)
class Letter:
    """What goes into an envelope: one address, a subject, plain text, and the files that come with it."""

    to: str
    subject: str
    body: str
    attachments: tuple[Attachment, ...] = ()


def compose(notice: Notice, *, now: datetime, calendar: WorkCalendar) -> Letter | None:
    """The letter of a notice to a person of the office, in the office's language; None when nothing is left to say.

    `notice` brings its recipient, matter and deadline along; a morning summary is asked for with its items.
    """
    person = notice.recipient
    if person is None or not person.is_active or not person.email:
        return None
    with override(settings.LANGUAGE_CODE):
        if notice.kind == Notice.Kind.DIGEST:
            return _digest(notice, person, now, calendar)
        if not _still_true(notice, _seen_by(person, [notice])):
            return None
        heading, lines = _say(notice, now, calendar)
        number = notice.matter.label if notice.matter else ""
        subject = _("%(heading)s: %(number)s") % {"heading": heading, "number": number} if number else heading
        return Letter(person.email, titled(subject), GAP.join([heading, "\n".join(lines), _closing()]))


def _digest(notice: Notice, person: User, now: datetime, calendar: WorkCalendar) -> Letter | None:
    items = list(notice.items.select_related("matter", "deadline").order_by("made_at", "pk"))
    seen = _seen_by(person, items)
    said = [_say(item, now, calendar) for item in items if _still_true(item, seen)]
    if not said:
        return None
    parts = ["\n".join([f"• {heading}", *(f"  {line}" for line in lines)]) for heading, lines in said]
    count = to_thai_digits(len(said)) if _language().startswith("th") else str(len(said))
    day = format_weekday(now.astimezone(OFFICE_TZ).date(), language=_language())
    subject = _("Morning summary, %(count)s notices") % {"count": count}
    return Letter(person.email, titled(subject), GAP.join([f"{subject}\n{day}", *parts, _closing()]))


def _seen_by(person: User, notices: Sequence[Notice]) -> set[int]:
    """The matters of these notices that the person may see, in one question."""
    matters = {notice.matter_id for notice in notices if notice.matter_id}
    return set(Matter.objects.visible_to(person).filter(pk__in=matters).values_list("pk", flat=True))


def _still_true(notice: Notice, seen: set[int]) -> bool:
    """Whether it may and need be said: the matter is one the person sees, and what it asks for is still owed."""
    if notice.matter_id and notice.matter_id not in seen:
        return False
    if notice.kind in KINDS.values() and notice.deadline:
        return notice.deadline.is_open
    is_done = notice.matter is not None and notice.matter.closed_at is not None
    return not (notice.kind == Notice.Kind.YOUR_TURN and is_done)


def _say(notice: Notice, now: datetime, calendar: WorkCalendar) -> tuple[str, Sequence[str]]:
    """A heading and its lines. A reminder that waited says what is true now."""
    deadline = notice.deadline or _own_promise(notice)
    kind = notice.kind
    if kind in KINDS.values() and deadline:
        kind = KINDS[rung_at(deadline.due_at, now, calendar)]
    lines = []
    if notice.matter:
        lines.append(_("Number: %(number)s") % {"number": notice.matter.label})
    if deadline and notice.matter and notice.deadline and deadline.kind == Deadline.Kind.HEARING:
        lines += [notice.text or _moment(deadline.due_at), _opened_at(notice)]
        return _hearing_heading(deadline, now), lines
    if deadline and notice.matter:
        deadline.matter = notice.matter
        words, _tone = due_words(deadline.due_at, now, calendar, language=_language())
        lines.append(_("To do: %(verb)s") % {"verb": verb_of(deadline)})
        lines.append(_("Due: %(moment)s (%(left)s)") % {"moment": _moment(deadline.due_at), "left": words})
    if notice.matter is None and notice.text:
        lines.append(notice.text)
    lines.append(_opened_at(notice))
    return str(Notice.Kind(kind).label), lines


def _hearing_heading(deadline: Deadline, now: datetime) -> str:
    """`Court hearing in 3 days`: courts count every day; from its moment on its outcome is asked for."""
    if now >= deadline.due_at:
        return _("Court hearing: outcome not recorded")
    left, _tone = due_words(deadline.due_at, now, None, language=_language())
    return _("Court hearing %(left)s") % {"left": left}


def _opened_at(notice: Notice) -> str:
    return _("Open: %(address)s") % {"address": f"{settings.SITE_URL}{path_of(notice)}"}


def _own_promise(notice: Notice) -> Deadline | None:
    """What the person owes about the matter, the most urgent first."""
    if notice.matter_id is None or notice.recipient_id is None:
        return None
    unmet = Deadline.objects.unmet().filter(matter_id=notice.matter_id, responsible_id=notice.recipient_id)
    return unmet.order_by("due_at").first()


def path_of(notice: Notice) -> str:
    """Where a notice leads: to its matter, several given to somebody to that person's list, a report to the
    reports, anything else to the list of notices."""
    if notice.matter_id:
        return reverse("office:matter", args=[notice.matter_id])
    if notice.kind == Notice.Kind.YOUR_TURN:
        return f"{reverse('complaints:petitions')}?unclosed=1&mine=1"
    if notice.kind == Notice.Kind.SAVED_SEARCH and notice.subject_id:
        return reverse("search:saved", args=[notice.subject_id])
    if notice.kind == Notice.Kind.SITTING_DIGEST:
        return f"{reverse('parliament:morning')}?on={notice.made_at.astimezone(OFFICE_TZ):%Y-%m-%d}"
    if notice.kind == Notice.Kind.MEMBERS_WAITING:
        return reverse("parliament:members_import")
    if notice.kind == Notice.Kind.DOCUMENT_PASSED:
        return f"{reverse('office:documents_in')}?standing=open"
    if notice.kind == Notice.Kind.CONTACT_CORRECTED:
        return reverse("office:corrections")
    return reverse("reports:list" if notice.kind == Notice.Kind.REPORT_READY else "office:notices")


def _closing() -> str:
    settings_page = f"{settings.SITE_URL}{reverse('office:personal')}"
    choose = _("Choose how you get e-mail: %(address)s") % {"address": settings_page}
    return f"{settings.OFFICE_NAME} {settings.OFFICE_PARENT_NAME}\n{choose}"


def titled(subject: str) -> str:
    """A subject with the system's name before it, by which people sort their mail."""
    name = _("Prasan")
    return f"[{name}] {subject}"


def _moment(at: datetime) -> str:
    local = at.astimezone(OFFICE_TZ)
    return f"{format_weekday(local.date(), language=_language())} {format_time(local, language=_language())}"


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE
