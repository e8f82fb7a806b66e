"""A furnished office: a petition in every state, some late, some not anybody's yet, one anonymous, one secret."""

from __future__ import annotations

from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Final

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from complaints.models import AgencyLink, Petition, State
from office.documents import accept, attach
from office.models import CalendarFeed, ContactLink, Deadline, Document, SavedView, Secrecy, User
from office.models.secret_link import SecretLink
from parliament.models import RequestLink, TellingLink
from projectplan.models import SurveyLink
from publicrelations.models import InvitationLink, PreviewLink
from tests.cast import bring_to, make_agency, make_petition, take_step

STATES: Final = [
    State.SUMMARISED,
    State.SUBMITTED,
    State.ORDERED,
    State.REFERRED,
    State.ANSWERED,
    State.INFORMED,
    State.CLOSED,
]
SUBJECTS: Final = [
    "ขอให้ตรวจสอบการจัดซื้อหนังสือเรียนของโรงเรียนในสังกัดสำนักงานเขตพื้นที่การศึกษาประถมศึกษา ซึ่งอาจไม่โปร่งใส",
    "ขอทุนการศึกษา",
    "ร้องเรียนการย้ายครูไม่เป็นธรรม",
    "เสนอให้เพิ่มวิชาว่ายน้ำ",
    "ขอความอนุเคราะห์ซ่อมอาคารเรียนที่ได้รับความเสียหายจากอุทกภัย",
    "ร้องเรียนการรับนักเรียนชั้นมัธยมศึกษาปีที่ ๑",
    "ขอให้เร่งรัดการจ่ายเงินวิทยฐานะ",
]
TEXT: Final = SimpleUploadedFile("หนังสือร้องเรียน.txt", "เรียน รัฐมนตรี ขอให้ตรวจสอบ".encode())


def furnish(officer: User, head: User, executive: User, *, now: datetime) -> dict[str, Petition]:
    """The petitions by the state they are in, and by what is special about them."""
    some_days_ago = now - timedelta(days=3)
    petitions = {}
    for state, subject in zip(STATES, SUBJECTS, strict=True):
        petition = make_petition(owner=officer, received_at=some_days_ago, title=subject)
        petitions[state.value] = bring_to(
            petition, state, officer=officer, head=head, executive=executive, now=some_days_ago
        )
    long_ago = now - timedelta(days=20)
    petitions |= {
        "late": make_petition(owner=officer, received_at=long_ago),
        "received": make_petition(owner=officer, received_at=now),
        "unclaimed": make_petition(received_at=now, channel=Petition.Channel.WEB),
        "anonymous": make_petition(received_at=now, petitioner=False),
        "secret": make_petition(owner=officer, received_at=now, secrecy=Secrecy.SECRET),
    }
    returned = make_petition(owner=officer, received_at=some_days_ago)
    bring_to(returned, State.SUMMARISED, officer=officer, head=head, executive=executive, now=some_days_ago)
    take_step(returned, "send_back", head, now=some_days_ago, reason="ขอข้อมูลเพิ่มเติมจากผู้ร้อง")
    petitions["returned"] = returned
    _complete(petitions, officer, now)
    return petitions


def _complete(petitions: dict[str, Petition], officer: User, now: datetime) -> None:
    """A late agency, a file, a saved view: what else a list or a page may show."""
    Deadline.objects.filter(referral__petition=petitions["referred"]).update(due_at=now - timedelta(days=2))
    TEXT.seek(0)
    upload = accept(TEXT)
    attach(petitions["received"], [upload], source=Document.Source.PETITIONER, added_by=None, now=now)
    make_agency("เทศบาลนครตัวอย่าง", short_name="ทน.ตัวอย่าง", email="")
    SavedView.objects.create(
        user=officer, page="complaints:petitions", name="ค้างนาน", query="unclosed=1&order=oldest"
    )


def agency_address(petition: Petition, now: datetime) -> str:
    """The path of the page at which the agency that is asked answers."""
    return f"/a/{AgencyLink.issue(petition.referrals.get(), now).secret}/"


# ── Links with a secret ─────────────────────────────────────────────────────────────────────

SUBJECTS_TRIED: Final = 40
LINKS: Final[dict[type[SecretLink], str]] = {
    AgencyLink: "agency:answer",
    RequestLink: "parliament_links:ask",
    TellingLink: "parliament_links:told",
    PreviewLink: "preview:article",
    InvitationLink: "publicrelations_links:invited",
    SurveyLink: "survey_links:answer",
    ContactLink: "contact:own",
}


def secret_addresses(now: datetime) -> list[str]:
    """Of each kind of link that opens a page without an account one, for the newest it can be given for."""
    addresses = []
    for link, name in LINKS.items():
        subjects = link._meta.get_field(link.SUBJECT).related_model._default_manager
        for newest in subjects.order_by("-pk")[:SUBJECTS_TRIED]:
            address = reverse(name, args=[link.issue(newest, now).secret])
            if Client().get(address).status_code == HTTPStatus.OK:  # not answered yet, not over yet
                addresses.append(address)
                break
    reader = User.objects.filter(is_active=True).order_by("pk").first()
    if reader:
        addresses.append(reverse("feeds:personal", args=[CalendarFeed.make(reader, now).secret]))
    return addresses
