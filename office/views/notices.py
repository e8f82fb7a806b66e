"""What somebody was told: the list behind the bell, opening a notice, marking it read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from office.http import StaffRequest
from office.letters import path_of
from office.listed import address_of
from office.lists import Order, page_of
from office.models import Deadline, Matter, Notice, User
from office.models.calendar import current_calendar
from office.models.matter import PAGES
from office.plain_number import plain_number

NEWEST_FIRST = Order("pk", descending=True)
UNREAD, ALL = "unread", "all"


# What a row shows, and no more.
COLUMNS = [
    *("kind", "text", "made_at", "read_at"),
    *(f"matter__{name}" for name in ("kind", "series", "year", "number", "title")),
    *(f"deadline__{name}" for name in ("kind", "due_at", "met_at", "dropped_at")),
]


@dataclass(frozen=True, slots=True)
class Told:
    """One notice as a row. Words straight from the enumerations: get_…_display costs more than the rest of it."""

    notice: Notice
    is_visible: bool

    @property
    def what(self) -> str:
        return str(Notice.Kind(self.notice.kind).label)

    @property
    def promise(self) -> str:
        deadline = self.notice.deadline
        return str(Deadline.Kind(deadline.kind).label) if deadline else ""

    @property
    def matter_address(self) -> str:
        matter = self.notice.matter
        return address_of(PAGES[Matter.Kind(matter.kind)], matter.pk) if matter else ""

    @property
    def open_address(self) -> str:
        return address_of("office:notice_open", self.notice.pk)

    @property
    def read_address(self) -> str:
        return address_of("office:notice_read", self.notice.pk)


def _told_to(user: User) -> QuerySet[Notice]:
    return Notice.objects.filter(recipient=user, way=Notice.Way.APP)


def _visible_matters(user: User, rows: Sequence[Notice]) -> set[int]:
    """The matters of these notices that the person may still see; the others are named by number only."""
    matters = [row.matter_id for row in rows if row.matter_id]
    return set(Matter.objects.visible_to(user).filter(pk__in=matters).values_list("pk", flat=True))


@require_GET
def notices(request: StaffRequest) -> HttpResponse:
    """One's own notices, 25 a page; the unread ones first, unless there are none or the address asks for all."""
    told = _told_to(request.user)
    unread = told.filter(read_at=None)
    show = request.GET.get("show")
    if show not in (UNREAD, ALL):
        show = UNREAD if unread.exists() else ALL
    rows = (told if show == ALL else unread).select_related("matter", "deadline").only(*COLUMNS)
    page = page_of(rows, NEWEST_FIRST, after=request.GET.get("after", ""), upto=request.GET.get("upto", ""))
    visible = _visible_matters(request.user, page.rows)
    context = {
        "section": "notices",
        "show": show,
        "rows": [Told(row, row.matter_id in visible) for row in page.rows],
        "upto": max((row.pk for row in page.rows if row.read_at is None), default=0),
        "next_url": f"?show={show}&after={page.next_cursor}" if page.next_cursor else "",
        "previous_url": f"?show={show}&upto={page.back_cursor}" if page.back_cursor else "",
        "moment": timezone.now(),
        "calendar": current_calendar(),
    }
    return render(request, "office/notices.html", context)


@require_POST
def notice_open(request: StaffRequest, pk: int) -> HttpResponse:
    """Mark one notice read and go where it leads."""
    return redirect(path_of(_read(request, pk)))


@require_POST
def notice_read(request: StaffRequest, pk: int) -> HttpResponse:
    """Mark one notice read and stay."""
    _read(request, pk)
    return _back(request)


@require_POST
def notices_read(request: StaffRequest) -> HttpResponse:
    """Mark everything read up to the newest that stood on the page; what came since stays unread."""
    upto = plain_number(request.POST.get("upto", ""))
    if upto is not None:
        unread = _told_to(request.user).filter(read_at=None, pk__lte=upto)
        if unread.update(read_at=timezone.now()):
            messages.success(request, _("Everything is marked as read."))
    return redirect("office:notices")


def _read(request: StaffRequest, pk: int) -> Notice:
    notice = get_object_or_404(_told_to(request.user), pk=pk)
    if notice.read_at is None:
        Notice.objects.filter(pk=pk, read_at=None).update(read_at=timezone.now())
    return notice


def _back(request: StaffRequest) -> HttpResponse:
    """To the page of the list it came from."""
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(wanted if is_ours else "office:notices")
