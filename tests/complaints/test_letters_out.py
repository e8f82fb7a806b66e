"""Outgoing letters: drafts hide personal data, issued ones have a number and a paper and stay, each leaves a trail."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from complaints import letters as outside
from complaints.letter_paper import bytes_of, keep_paper, matter_of
from complaints.letter_writing import write_draft
from complaints.models import Petition, State
from complaints.models.letter_steps import LetterChanged
from office.calendar import OFFICE_TZ
from office.delivery import deliver
from office.models import (
    Event,
    LetterDelivery,
    LetterKind,
    LetterTemplate,
    Notice,
    OutgoingLetter,
    Secrecy,
    User,
)
from office.models.letter import LetterIssued
from office.steps import Actor, ChangedMeanwhile, StepRefused, perform
from tests.cast import MORNING, bring_to, fresh, make_agency, make_category, make_petition, take_step
from tests.postbox import Postbox, open_postbox

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
NAME = "นางสมศรี ใจดี"
WRITERS = 12


@pytest.fixture
def postbox(settings: Any) -> Iterator[Postbox]:
    with open_postbox() as box:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        yield box


def template(kind: str, matter_kind: str = "petition") -> LetterTemplate:
    return LetterTemplate.objects.get(kind=kind, matter_kind=matter_kind)


def draft(
    petition: Petition, kind: str, by: User, *, now: datetime = MORNING, **given: Any
) -> OutgoingLetter:
    return write_draft(template(kind), petition, by=by, now=now, **given)


def issue(letter: OutgoingLetter, by: User, *, now: datetime = MORNING, paper: bool = True) -> OutgoingLetter:
    """The letter with its number and, unless told otherwise, its paper."""
    petition = Petition.objects.get(pk=letter.matter_id)
    take_step(petition, "issue_letter", by, now=now, letter=letter, drafted=letter.version)
    if paper:
        keep_paper(letter.pk, now)
    return OutgoingLetter.objects.select_related("document", "matter", "agency").get(pk=letter.pk)


def text_of(pdf: bytes) -> str:
    """The text layer without its line breaks and spaces, which a layout sets as it likes."""
    pages = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return re.sub(r"\s+", "", pages)


@pytest.fixture
def own(officer: User) -> Petition:
    return make_petition(owner=officer)


# ── Drafts ──────────────────────────────────────────────────────────────────────────────────


def test_a_draft_says_what_is_known_and_hides_who_the_petitioner_is(own: Petition, officer: User) -> None:
    letter = draft(own, LetterKind.ACKNOWLEDGEMENT, officer)
    assert own.label in letter.body
    assert "๑๗ พฤศจิกายน ๒๕๕๒" in letter.body
    assert letter.to_whom == "{{ชื่อผู้ร้อง}}"
    assert NAME not in "".join([letter.to_whom, letter.subject, letter.body])


def test_a_name_that_stands_in_the_summary_becomes_its_field(
    officer: User, head: User, executive: User, own: Petition
) -> None:
    take_step(
        own,
        "summarise",
        officer,
        summary=f"{NAME} ร้องว่าถูกเก็บเงิน",
        opinion="ส่ง สพฐ.",
        category=make_category(),
    )
    letter = draft(fresh(own), LetterKind.MEMO, officer)
    assert "{{ชื่อผู้ร้อง}} ร้องว่าถูกเก็บเงิน" in letter.body
    assert NAME not in letter.body


def test_nobody_can_write_to_the_petitioner_of_an_anonymous_petition(officer: User) -> None:
    anonymous = make_petition(owner=officer, petitioner=False)
    with pytest.raises(ValidationError):
        draft(anonymous, LetterKind.ACKNOWLEDGEMENT, officer)


def test_optional_paragraphs_stand_only_when_chosen(own: Petition, officer: User) -> None:
    kind = LetterKind.ACKNOWLEDGEMENT
    optional = list(template(kind).paragraphs.filter(is_optional=True))
    assert len(optional) >= 2
    nothing = draft(own, kind, officer, chosen=[])
    second = draft(own, kind, officer, chosen=[optional[1].pk])
    assert optional[1].text not in nothing.body
    assert optional[1].text in second.body


def test_what_is_not_known_keeps_a_letter_from_being_issued(own: Petition, officer: User) -> None:
    letter = draft(own, LetterKind.MEMO, officer)  # no summary yet
    with pytest.raises(ValidationError, match="สรุปเรื่อง"):
        issue(letter, officer)
    assert OutgoingLetter.objects.get(pk=letter.pk).number is None
    assert not Event.objects.filter(step="issue_letter").exists()


# ── Numbers ─────────────────────────────────────────────────────────────────────────────────


def test_letters_are_numbered_through_the_calendar_year(own: Petition, officer: User) -> None:
    december = datetime(2009, 12, 30, 10, 0, tzinfo=OFFICE_TZ)
    january = datetime(2010, 1, 4, 10, 0, tzinfo=OFFICE_TZ)
    labels = []
    for now in (MORNING, december, january):
        letter = issue(draft(own, LetterKind.ACKNOWLEDGEMENT, officer), officer, now=now, paper=False)
        labels.append((letter.label, letter.year))
    # In October a new fiscal year began: the register of letters runs on until the end of December.
    assert labels == [("ศธ ๐๑๐๐.๕/๑", 2552), ("ศธ ๐๑๐๐.๕/๒", 2552), ("ศธ ๐๑๐๐.๕/๑", 2553)]


@pytest.mark.django_db(transaction=True)
def test_letters_issued_at_once_leave_no_gap_and_no_double() -> None:
    from tests.cast import make_officer

    officer = make_officer()
    petitions = [make_petition(owner=officer) for _number in range(WRITERS)]
    drafts = [draft(one, LetterKind.ACKNOWLEDGEMENT, officer) for one in petitions]

    def one(letter: OutgoingLetter) -> int:
        try:
            return int(issue(letter, officer, paper=False).number or 0)
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as writers:
        numbers = list(writers.map(one, drafts))
    assert sorted(numbers) == list(range(1, WRITERS + 1))


def test_a_refused_issue_gives_its_number_back(own: Petition, officer: User) -> None:
    letter = draft(own, LetterKind.ACKNOWLEDGEMENT, officer)
    with pytest.raises(LetterChanged):
        take_step(own, "issue_letter", officer, letter=letter, drafted=letter.version + 1)
    assert issue(letter, officer, paper=False).number == 1


# ── Issued ──────────────────────────────────────────────────────────────────────────────────


def test_an_issued_letter_lies_with_the_matter_as_pdf_and_leaves_an_event(
    own: Petition, officer: User
) -> None:
    letter = issue(draft(own, LetterKind.ACKNOWLEDGEMENT, officer), officer)
    assert letter.document is not None
    assert letter.document.source == "office"
    assert letter.document in own.documents.all()
    event = own.events.get(step="issue_letter")
    assert letter.label in event.changes["letter"][1]
    said = text_of(bytes_of(letter))
    assert "ศธ๐๑๐๐.๕/๑" in said
    assert NAME.replace(" ", "") in said
    assert "ขอแสดงความนับถือ" in said
    assert "{{" not in said
    # The address of the office keeps its spaces and its last word within the page.
    whole = "".join(page.extract_text() for page in PdfReader(BytesIO(bytes_of(letter))).pages)
    assert re.search(r"ถนนราชดำเนินนอก\s+เขตดุสิต\s+กรุงเทพมหานคร\s+๑๐๓๐๐", whole)


def test_an_issued_letter_is_never_changed(own: Petition, officer: User) -> None:
    letter = issue(draft(own, LetterKind.ACKNOWLEDGEMENT, officer), officer)
    letter.body = "อย่างอื่น"
    with pytest.raises(LetterIssued):
        letter.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        OutgoingLetter.objects.filter(pk=letter.pk).update(body="อย่างอื่น")
    with pytest.raises(DatabaseError), transaction.atomic():
        OutgoingLetter.objects.filter(pk=letter.pk).update(document=None)


def test_the_paper_is_made_once(own: Petition, officer: User) -> None:
    letter = issue(draft(own, LetterKind.ACKNOWLEDGEMENT, officer), officer)
    assert keep_paper(letter.pk, MORNING) is None
    assert own.documents.count() == 1


def test_a_memo_has_its_own_form(officer: User, head: User, executive: User, own: Petition) -> None:
    petition = bring_to(own, State.SUBMITTED, officer=officer, head=head, executive=executive)
    said = text_of(bytes_of(issue(draft(petition, LetterKind.MEMO, officer, signer=head), officer)))
    for words in ("บันทึกข้อความ", "ส่วนราชการ", "รัฐมนตรีว่าการกระทรวงศึกษาธิการ", "เห็นควรส่งสพฐ.", str(head)):
        assert words.replace(" ", "") in said
    assert "ขอแสดงความนับถือ" not in said


def test_a_secret_letter_is_stamped_above_and_below(own: Petition, officer: User) -> None:
    take_step(own, "correct", officer, secrecy=Secrecy.SECRET)
    letter = issue(draft(fresh(own), LetterKind.ACKNOWLEDGEMENT, officer), officer)
    page = PdfReader(BytesIO(bytes_of(letter))).pages[0].extract_text()
    assert page.count("ลับมาก") == 2


def test_only_who_carries_it_issues_and_a_second_click_is_harmless(
    own: Petition, officer: User, colleague: User, executive: User
) -> None:
    letter = draft(own, LetterKind.ACKNOWLEDGEMENT, officer)
    for other in (colleague, executive):
        with pytest.raises(StepRefused):
            take_step(own, "issue_letter", other, letter=letter, drafted=1)
    with pytest.raises(ChangedMeanwhile):
        perform(own, "issue_letter", actor=Actor(user=officer), seen=7, now=MORNING, letter=letter, drafted=1)
    assert OutgoingLetter.objects.get(pk=letter.pk).number is None


# ── Leaving ─────────────────────────────────────────────────────────────────────────────────


def test_a_letter_arrives_by_email_with_its_pdf(
    own: Petition, officer: User, postbox: Postbox, django_capture_on_commit_callbacks: Any
) -> None:
    letter = issue(draft(own, LetterKind.ACKNOWLEDGEMENT, officer), officer)
    Notice.objects.all().update(sent_at=MORNING)  # what registration said
    take_step(own, "send_letter", officer, letter=letter, way="email")
    notice = Notice.objects.get(kind=Notice.Kind.OUTGOING_LETTER)
    assert NAME not in f"{notice.text}{notice.once_key}"
    assert deliver(outside.compose, clock=lambda: MORNING + timedelta(minutes=1)).sent == 1
    [arrived] = postbox.letters
    assert arrived["To"] == "somsri@mail.example"
    assert NAME not in str(arrived["Subject"])
    [file] = list(arrived.iter_attachments())
    assert file.get_content_type() == "application/pdf"
    assert file.get_content() == bytes_of(letter)
    assert OutgoingLetter.objects.get(pk=letter.pk).sent_at == MORNING


def test_a_letter_to_an_agency_goes_to_the_agency(
    officer: User, head: User, executive: User, own: Petition, postbox: Postbox
) -> None:
    petition = bring_to(own, State.REFERRED, officer=officer, head=head, executive=executive)
    letter = issue(draft(petition, LetterKind.AGENCY, officer, agency=make_agency()), officer)
    Notice.objects.all().update(sent_at=MORNING)
    take_step(petition, "send_letter", officer, letter=letter, way="email")
    deliver(outside.compose, clock=lambda: MORNING + timedelta(minutes=1))
    assert [one["To"] for one in postbox.letters] == ["saraban@obec.example"]


def test_a_secret_letter_does_not_go_by_email(own: Petition, officer: User) -> None:
    take_step(own, "correct", officer, secrecy=Secrecy.CONFIDENTIAL)
    letter = issue(draft(fresh(own), LetterKind.ACKNOWLEDGEMENT, officer), officer)
    with pytest.raises(ValidationError):
        take_step(own, "send_letter", officer, letter=letter, way="email")
    assert not LetterDelivery.objects.exists()


def test_a_posted_letter_is_written_down_with_its_proof_by_any_officer(
    own: Petition, officer: User, colleague: User, executive: User
) -> None:
    letter = issue(draft(own, LetterKind.ACKNOWLEDGEMENT, officer), officer)
    take_step(own, "send_letter", colleague, letter=letter, way="post", proof="EP 1234 5678 9 TH")
    delivery = LetterDelivery.objects.get()
    assert (delivery.way, delivery.proof, delivery.by) == ("post", "EP 1234 5678 9 TH", colleague)
    assert own.events.filter(step="send_letter").count() == 1
    with pytest.raises(StepRefused):
        take_step(own, "send_letter", executive, letter=letter, way="post")


def test_a_letter_cannot_have_left_before_it_was_issued(own: Petition, officer: User) -> None:
    letter = issue(draft(own, LetterKind.ACKNOWLEDGEMENT, officer), officer)
    with pytest.raises(ValidationError):
        take_step(own, "send_letter", officer, letter=letter, way="post", at=MORNING - timedelta(days=1))


def test_a_draft_cannot_leave(own: Petition, officer: User) -> None:
    letter = draft(own, LetterKind.ACKNOWLEDGEMENT, officer)
    with pytest.raises(ValidationError):
        take_step(own, "send_letter", officer, letter=letter, way="post")


# ── No personal data where it does not belong ───────────────────────────────────────────────


def test_no_draft_event_notice_trail_or_file_name_holds_the_petitioner(own: Petition, officer: User) -> None:
    letter = draft(own, LetterKind.RESULT, officer)
    letter.body += f"\nเรียนคุณ{NAME} โทร. 081-234-5678"
    from complaints.letter_writing import hide_personal

    hide_personal(letter, own)
    letter.body = letter.body.replace("{{ข้อความแจ้งผู้ร้อง}}", "คืนเงินแล้ว")
    letter.save()
    issued = issue(letter, officer)
    take_step(own, "send_letter", officer, letter=issued, way="email")
    rows = [
        *OutgoingLetter.objects.values_list("to_whom", "subject", "body"),
        *Event.objects.values_list("changes", "reason"),
        *Notice.objects.values_list("text", "once_key"),
        *LogEntry.objects.values_list("changes", "object_repr"),
        *own.documents.values_list("name", "content_type"),
    ]
    for secret in (NAME, "081-234-5678", "somsri@mail.example"):
        assert secret not in str(rows)
    assert NAME.replace(" ", "") in text_of(bytes_of(issued))


# ── Pages ───────────────────────────────────────────────────────────────────────────────────


def test_a_letter_is_written_on_its_pages_from_beginning_to_post(
    client_for: SignIn, officer: User, head: User
) -> None:
    petition = make_petition(owner=officer, received_at=timezone.now())
    client = client_for(officer)
    page = client.get(petition.get_absolute_url()).content.decode()
    assert reverse("complaints:letter_new", args=[petition.pk]) in page
    new = reverse("complaints:letter_new", args=[petition.pk])
    chosen = template(LetterKind.ACKNOWLEDGEMENT)
    assert client.get(f"{new}?kind=acknowledgement").context["template"] == chosen
    begun = client.post(new, {"template": chosen.pk, "paragraphs": [], "signer": head.pk})
    letter = OutgoingLetter.objects.get()
    assert begun["Location"] == reverse("complaints:letter", args=[letter.pk])
    typed = {
        "to_whom": letter.to_whom,
        "subject": "การรับเรื่องของท่าน",
        "refers_to": "",
        "enclosures": "",
        "speed": "",
        "signer": head.pk,
        "body": f"เรียน {NAME} ได้รับเรื่องแล้ว",
        "seen": 1,
        "matter_seen": petition.version,
    }
    looks = LogEntry.objects.filter(action=LogEntry.Action.ACCESS)
    preview = client.post(reverse("complaints:letter_preview", args=[letter.pk]), typed)
    assert preview["Content-Type"] == "application/pdf"
    assert looks.count() == 1
    issued = client.post(reverse("complaints:letter_issue", args=[letter.pk]), typed, follow=True)
    assert "ศธ ๐๑๐๐.๕/๑" in issued.content.decode()
    assert NAME not in issued.content.decode()
    letter = OutgoingLetter.objects.get()
    assert letter.body == "เรียน {{ชื่อผู้ร้อง}} ได้รับเรื่องแล้ว"
    paper = client.get(reverse("complaints:letter_paper", args=[letter.pk]), follow=True)
    assert paper["Content-Type"] == "application/pdf"
    assert looks.count() == 2
    today = timezone.localtime().strftime("%d/%m/%Y")
    sent = {"seen": fresh(petition).version, "way": "post", "on": today, "proof": "EP 1"}
    assert client.post(reverse("complaints:letter_send", args=[letter.pk]), sent).status_code == 302
    assert LetterDelivery.objects.get().proof == "EP 1"


def test_an_unknown_field_is_named_and_nothing_typed_is_lost(
    client_for: SignIn, officer: User, own: Petition
) -> None:
    letter = draft(own, LetterKind.ACKNOWLEDGEMENT, officer)
    typed = {
        "to_whom": letter.to_whom,
        "subject": "เรื่อง",
        "body": "ข้อความยาว {{ชื่อคนร้อง}}",
        "seen": 1,
        "signer": "",
    }
    answer = client_for(officer).post(reverse("complaints:letter", args=[letter.pk]), typed)
    assert answer.status_code == 422
    assert "{{ชื่อคนร้อง}}" in str(answer.context["form"].errors["body"])
    assert "ข้อความยาว" in answer.content.decode()


def test_two_people_on_one_draft_see_both_versions(
    client_for: SignIn, officer: User, head: User, own: Petition
) -> None:
    letter = draft(own, LetterKind.ACKNOWLEDGEMENT, officer)
    address = reverse("complaints:letter", args=[letter.pk])
    typed = {"to_whom": letter.to_whom, "subject": "ของหัวหน้า", "body": "ก", "seen": 1, "signer": ""}
    assert client_for(head).post(address, typed).status_code == 302
    answer = client_for(officer).post(address, typed | {"subject": "ของเจ้าหน้าที่"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "ของหัวหน้า" in page
    assert "ของเจ้าหน้าที่" in page
    again = typed | {"subject": "ของเจ้าหน้าที่", "seen": answer.context["form"]["seen"].value()}
    assert client_for(officer).post(address, again).status_code == 302
    assert OutgoingLetter.objects.get().subject == "ของเจ้าหน้าที่"


def test_issuing_after_the_matter_moved_on_is_asked_once_more(
    client_for: SignIn, officer: User, head: User, own: Petition
) -> None:
    letter = draft(own, LetterKind.ACKNOWLEDGEMENT, officer)
    take_step(own, "assign", head, to=officer)
    typed = {
        "to_whom": letter.to_whom,
        "subject": letter.subject,
        "body": letter.body,
        "seen": 1,
        "signer": "",
        "matter_seen": 1,
    }
    address = reverse("complaints:letter_issue", args=[letter.pk])
    answer = client_for(officer).post(address, typed)
    assert answer.status_code == 409
    typed |= {"seen": 2, "matter_seen": 2}
    assert client_for(officer).post(address, typed).status_code == 302
    assert OutgoingLetter.objects.get().number == 1


@pytest.mark.parametrize("page", ["letter", "letter_paper"])
def test_strangers_find_nothing_and_executives_read(
    page: str, client_for: SignIn, officer: User, stranger: User, executive: User, own: Petition
) -> None:
    letter = issue(draft(own, LetterKind.ACKNOWLEDGEMENT, officer), officer)
    address = reverse(f"complaints:{page}", args=[letter.pk])
    assert client_for(stranger).get(address).status_code == 404
    assert client_for(executive).get(address, follow=True).status_code == 200


def test_an_executive_writes_no_letters(
    client_for: SignIn, executive: User, officer: User, own: Petition
) -> None:
    letter = draft(own, LetterKind.ACKNOWLEDGEMENT, officer)
    client = client_for(executive)
    assert client.get(reverse("complaints:letter_new", args=[own.pk])).status_code == 403
    assert client.post(reverse("complaints:letter", args=[letter.pk]), {"body": "ก"}).status_code == 403
    assert client.post(reverse("complaints:letter_discard", args=[letter.pk])).status_code == 403
    page = client.get(reverse("complaints:letter", args=[letter.pk])).content.decode()
    assert 'name="body"' not in page
    assert reverse("complaints:letter_discard", args=[letter.pk]) not in page


def test_a_draft_can_be_thrown_away_and_an_issued_letter_not(
    client_for: SignIn, officer: User, own: Petition
) -> None:
    kept = issue(draft(own, LetterKind.ACKNOWLEDGEMENT, officer), officer)
    thrown = draft(own, LetterKind.PROGRESS, officer)
    for letter in (kept, thrown):
        client_for(officer).post(reverse("complaints:letter_discard", args=[letter.pk]))
    assert list(OutgoingLetter.objects.all()) == [kept]


def test_the_matter_of_a_letter_is_found_by_its_kind(own: Petition, officer: User) -> None:
    assert matter_of(draft(own, LetterKind.ACKNOWLEDGEMENT, officer)) == own
