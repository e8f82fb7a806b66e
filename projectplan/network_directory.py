"""The network directory (ทำเนียบเครือข่ายประสานงานการเมือง) as a book: agencies, media, and who sits in parliament."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime

from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from office.calendar import OFFICE_TZ, Period
from office.models import Report
from office.network import directory
from parliament.models import Member
from projectplan.book_content import BookContent, frame_of
from projectplan.planshape import Row
from publicrelations.models import MediaOutlet, Reporter


def content(period: Period, now: datetime) -> BookContent:
    """Who is there today; of a year that is over, who was there on its last day."""
    on = min(period.last, now.astimezone(OFFICE_TZ).date())
    data = {
        "on": on.isoformat(),
        "parts": [asdict(part) for part in directory(on)],
        "media": _media(on),
        "chambers": _members(on),
    }
    return BookContent(as_of=now, is_interim=now < period.ends_at, data=data)


def _media(on: date) -> list[Row]:
    """The outlets in use by kind, each with its news desk and who reports for it. A reporter's own telephone is
    personal and is not printed."""
    reporters: dict[int, list[Row]] = {}
    for one in Reporter.objects.working_on(on).order_by("sort_name", "pk"):
        reporters.setdefault(one.outlet_id, []).append({"name": one.name, "beat": one.beat})
    kinds: dict[str, list[Row]] = {}
    for outlet in MediaOutlet.objects.in_use().order_by("kind", "sort_name", "pk"):
        kinds.setdefault(str(outlet.get_kind_display()), []).append(
            {
                "name": outlet.name,
                "telephone": outlet.telephone,
                "email": outlet.email,
                "reporters": reporters.get(outlet.pk, []),
            }
        )
    return [{"heading": heading, "outlets": outlets} for heading, outlets in kinds.items()]


def _members(on: date) -> list[Row]:
    """Who had a seat on the day, by chamber in the order of a Thai dictionary, with party and area."""
    seated = Member.objects.filter(Q(until_on__isnull=True) | Q(until_on__gte=on), since_on__lte=on)
    chambers: dict[str, list[Row]] = {}
    rows = seated.select_related("party", "province").order_by("chamber", "sort_name", "pk")
    for one in rows:
        chambers.setdefault(str(one.get_chamber_display()), []).append(
            {"name": one.full_name, "party": str(one.party) if one.party else "", "area": one.area}
        )
    return [{"heading": heading, "members": members} for heading, members in chambers.items()]


def paper(report: Report, read: BookContent) -> str:
    """The whole book as HTML, in the language in force."""
    context = frame_of(_("Network directory"), report, read) | {
        "on": date.fromisoformat(read.data["on"]),
        "parts": read.data["parts"],
        "media": read.data["media"],
        "chambers": read.data["chambers"],
    }
    return render_to_string("projectplan/paper/network_directory.html", context)
