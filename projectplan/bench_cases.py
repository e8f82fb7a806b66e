"""Which pages the benchmark visits, with what it finds in the database; nothing is seeded."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from typing import Any, Final

from django.conf import settings
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from complaints.models import Petition, State
from complaints.report_paper import paper
from complaints.reporting import PETITIONS
from complaints.reports import MONTHLY, content
from office import seals
from office.calendar import OFFICE_TZ, Period, month_code, month_of, months_back
from office.form_ticket import FormTicket
from office.models import Report
from office.paper import render_pdf
from office.views.search import results_address
from projectplan.bench import FLOOR, SIGNED_IN, Case, visitor
from projectplan.bench_dashboards import dashboard_cases
from projectplan.bench_freeze import freeze_cases
from projectplan.bench_parliament import parliament_cases
from projectplan.bench_public_site import public_site_cases
from projectplan.bench_publicrelations import publicrelations_cases
from projectplan.bench_registers import visit
from projectplan.demo.words import RARE_PHRASE

COMMON: Final = "โรงเรียน"
NOWHERE: Final = "ฅฃซึ่งไม่มีที่ใด"
PAGE, SEARCH, FORM, REPORT = 3.0, 4.0, 2.0, 10.0
"""How many times the floor a page of each kind may take (the brief: what must be shown)."""
PDF_ROUNDS: Final = 2
CODE: Final = "7KM4P-X2RTQ"


class NothingToMeasure(Exception):
    """The database holds no petition."""


def cases(
    officer: Client, head: Client, executive: Client, politics: Client, newsroom: Client, now: datetime
) -> list[Case]:
    """Every page, each with its limit; each client sees what its person may see."""
    newest = Petition.objects.filter(secrecy=0).order_by("-pk").first()
    if newest is None:
        raise NothingToMeasure
    last_month = months_back(month_of(now.astimezone(OFFICE_TZ).date()), 2)[0]
    return [
        Case(SIGNED_IN, visit(officer, "/bench/page/")),
        Case(FLOOR, visit(officer, "/bench/table/")),
        Case("today, officer", visit(officer, reverse("projectplan:today")), PAGE),
        Case("today, head", visit(head, reverse("projectplan:today")), PAGE),
        Case("today, executive", visit(executive, reverse("projectplan:today")), PAGE),
        Case("notices", visit(head, reverse("office:notices")), PAGE),
        *_lists(officer, newest),
        *_searches(officer),
        *_details(officer, newest),
        Case("intake, staff form", visit(officer, reverse("complaints:intake")), PAGE),
        *_doubles(officer),
        *dashboard_cases(head, executive),
        *_public(newest),
        *_reports(head, last_month, now),
        *freeze_cases(now),
        *parliament_cases(politics, now),
        *publicrelations_cases(newsroom, now),
        *public_site_cases(),
    ]


def _lists(client: Client, newest: Petition) -> list[Case]:
    path = reverse("complaints:petitions")
    some = Petition.objects.filter(pk__lte=max(newest.pk // 2, 1)).order_by("-pk").first() or newest
    common = Petition.objects.exclude(category=None).order_by("pk").first() or newest
    queries = {
        "list, open": "",
        "list, all": "?unclosed=",
        "list, a deep page": f"?unclosed=&after={some.pk}",
        "list, the most urgent first": "?unclosed=1&order=due",
        "filter: state": f"?state={State.REFERRED}",
        "filter: category": f"?unclosed=&category={common.category_id}",
        "filter: province": f"?unclosed=&province={some.province_id}",
        "filter: channel": f"?unclosed=&channel={Petition.Channel.POLITICIAN}",
        "filter: late": "?late=1",
        "filter: month": f"?unclosed=&month={month_code(month_of(some.month))}",
        "filter: month and late opinion": f"?unclosed=&month={month_code(month_of(some.month))}&opinion=late",
        "filter: mine": "?mine=1",
    }
    return [Case(name, visit(client, path + query), PAGE) for name, query in queries.items()]


def _searches(client: Client) -> list[Case]:
    words = {"rare": RARE_PHRASE, "common": COMMON, "no hit": NOWHERE, "two words": f"{COMMON} ขอนแก่น"}
    return [
        Case(f"search, {name}", visit(client, results_address(word)), SEARCH) for name, word in words.items()
    ]


def _details(client: Client, newest: Petition) -> list[Case]:
    rows = Petition.objects.filter(secrecy=0).order_by("-pk")
    open_one = rows.filter(state=State.REFERRED).first() or newest
    closed = rows.filter(state=State.CLOSED).first() or newest
    return [
        Case("detail, open", visit(client, reverse("complaints:petition", args=[open_one.pk])), PAGE),
        Case("detail, closed", visit(client, reverse("complaints:petition", args=[closed.pk])), PAGE),
    ]


def _doubles(client: Client) -> list[Case]:
    """Of a petition with all that can be compared: as its letter is typed in once more, and on its page."""
    rows = Petition.objects.filter(secrecy=0, province__isnull=False, agency__isnull=False)
    told = rows.filter(petitioner__isnull=False).select_related("petitioner").order_by("-pk").first()
    if told is None:
        return []
    typed = {
        "title": told.title,
        "story": told.story,
        "province": told.province_id,
        "agency": told.agency_id,
        "place": told.place,
        "identity": "named",
        "name": told.petitioner.name,
        "telephone": told.petitioner.telephone or "080-000-0000",
        "email": told.petitioner.email or "somsri@example.com",
    }

    def type_it() -> HttpResponseBase:
        return client.post(reverse("complaints:doubles_beside"), typed)

    card = reverse("complaints:doubles", args=[told.pk])
    return [
        Case("double check, as it is typed", type_it, PAGE),
        Case(
            "double check, on a petition's page",
            lambda: client.get(card, headers={"HX-Request": "true"}),
            PAGE,
        ),
    ]


# ── Without an account ──────────────────────────────────────────────────────────────────────


def _public(newest: Petition) -> list[Case]:
    path = reverse("petition:new")
    stranger = visitor()
    # Each from an address of its own: the limits per address are asked, and let everyone pass.
    addresses = (f"2001:db8:{number // 65536:x}:{number % 65536:x}::1" for number in count(1))

    written: dict[str, Any] = {}

    def write() -> None:
        stranger.cookies.clear()
        written.update(_petition_of_a_citizen())

    def post() -> HttpResponseBase:
        return stranger.post(path, written, REMOTE_ADDR=next(addresses))

    def give_code() -> None:
        stranger.cookies.clear()
        Petition.objects.filter(pk=newest.pk).update(code_fingerprint=seals.code_fingerprint(CODE))

    def follow() -> HttpResponseBase:
        given = {"number": newest.label, "code": CODE}
        return stranger.post(reverse("petition:follow"), given, REMOTE_ADDR=next(addresses))

    return [
        Case("public form, GET", visit(stranger, path), FORM),
        Case("public form, POST", post, FORM, before=write, writes=True, expected_status=302),
        Case("tracking, form", visit(stranger, reverse("petition:follow")), PAGE),
        Case("tracking, history", follow, PAGE, before=give_code),
    ]


def _petition_of_a_citizen() -> dict[str, Any]:
    from django.utils import timezone

    opened = FormTicket.open(timezone.now() - timedelta(minutes=5))
    return {
        "kind": Petition.PetitionKind.GRIEVANCE,
        "title": "ขอความเป็นธรรมกรณีการรับนักเรียน",
        "story": "บุตรมีทะเบียนบ้านในเขตบริการครบสองปี แต่ไม่ได้รับการจัดสรรที่เรียน",
        "province": "10",
        "identity": "named",
        "name": "นางสมศรี ใจดี",
        "telephone": "080-000-0000",
        "consent": "on",
        "ticket": opened.seal(),
    }


# ── Reports ─────────────────────────────────────────────────────────────────────────────────


def _reports(client: Client, month: Period, now: datetime) -> list[Case]:
    report = Report(kind=MONTHLY, first=month.first, last=month.last, edition=1, as_of=now, issued_at=now)

    def figures() -> bytes:
        return repr(content(month, now)).encode()

    def pdf() -> bytes:
        with override(settings.LANGUAGE_CODE):
            return render_pdf(paper(report, content(month, now)), title=PETITIONS.title(report.period))

    page = reverse("reports:period", args=[MONTHLY, month_code(month)])
    return [
        Case("monthly report, content", figures, REPORT),
        Case("monthly report, page", visit(client, page), REPORT),
        Case("monthly report, PDF", pdf, None, rounds=PDF_ROUNDS),
    ]
