"""Letters out in a real browser: one from its template to the post, a batch of them on a mail day, the pages judged."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from complaints.letter_writing import write_draft
from complaints.models import Petition
from office.models import LetterDelivery, LetterKind, LetterTemplate, OutgoingLetter, User
from tests.browser.conftest import Visit
from tests.browser.visitor import DESK, HEIGHTS, PHONE, Visitor, thai
from tests.cast import make_agency, make_petition


def look_over(visitor: Visitor, name: str) -> None:
    """Judge the page as it stands at both widths."""
    for width in (DESK, PHONE):
        visitor.page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        visitor.sees(f"letters-{name}-{width}")
    visitor.page.set_viewport_size({"width": DESK, "height": HEIGHTS[DESK]})


def test_one_letter_from_its_template_to_the_post(visit: Visit, officer: User, head: User) -> None:
    petition = make_petition(owner=officer, received_at=timezone.now())
    make_agency()
    visitor = visit()
    visitor.expects(422)
    visitor.signs_in(officer)
    visitor.goes(petition.get_absolute_url())
    visitor.follows("Another letter")
    look_over(visitor, "choose")
    visitor.page.get_by_role("link", name="ตอบรับเรื่อง", exact=True).click()
    look_over(visitor, "new")
    visitor.presses("Make the draft")
    visitor.fills("Text of the letter", "ได้รับเรื่องของท่านแล้ว {{ชื่อคนร้อง}}")
    visitor.presses("Issue the letter")
    visitor.reads("Something is missing or wrong. What you typed is kept; see beside each field.")
    look_over(visitor, "unknown-field")
    visitor.fills("Text of the letter", "ได้รับเรื่องของ {{ชื่อผู้ร้อง}} แล้ว")
    look_over(visitor, "draft")
    with visitor.page.expect_download() as taken:
        visitor.page.get_by_role("button", name="DOCX", exact=True).click()
    assert taken.value.suggested_filename == "ร่าง หนังสือตอบรับเรื่องถึงผู้ร้อง.docx"
    visitor.presses("Issue the letter")
    visitor.reads("ศธ ๐๑๐๐.๕/๑")
    with visitor.page.expect_download() as taken:
        visitor.page.get_by_role("link", name="DOCX", exact=True).click()
    assert taken.value.suggested_filename == "ศธ ๐๑๐๐.๕-๑ หนังสือตอบรับเรื่องถึงผู้ร้อง.docx"
    look_over(visitor, "issued")
    visitor.fills("Registered-post number or receiver", "๑๒๓๔ ๕๖๗๘ ๙")
    visitor.presses("Record that it left")
    visitor.reads("๑๒๓๔ ๕๖๗๘ ๙")
    look_over(visitor, "sent")
    assert LetterDelivery.objects.get().letter.label == "ศธ ๐๑๐๐.๕/๑"


def test_a_batch_of_letters_goes_out_on_a_mail_day(visit: Visit, officer: User, head: User) -> None:
    petitions = [make_petition(owner=officer, received_at=timezone.now()) for _number in range(3)]
    visitor = visit()
    visitor.signs_in(officer)
    visitor.follows("Letters out")
    look_over(visitor, "register-empty")
    visitor.follows("Letters for many")
    visitor.presses("Show the list")
    expect(visitor.page.locator("input[name=row]:checked")).to_have_count(3)
    look_over(visitor, "batch")
    visitor.page.get_by_label(petitions[2].title).uncheck()
    visitor.presses("Number and make them")
    visitor.reads("ศธ ๐๑๐๐.๕/๒")
    look_over(visitor, "batch-done")
    visitor.follows("Mail day")
    look_over(visitor, "mail-day")
    visitor.page.locator("input.proof").first.fill("EP 1")
    visitor.presses("Write down as posted")
    visitor.page.get_by_role("link", name=thai("Back to the mail day")).wait_for()
    look_over(visitor, "mail-day-done")
    visitor.follows("Back to the mail day")
    visitor.reads("Nothing waits to be sent")
    look_over(visitor, "mail-day-empty")
    visitor.follows("Register of letters out")
    look_over(visitor, "register")
    assert [one.proof for one in LetterDelivery.objects.order_by("letter__number")] == ["EP 1", ""]


def test_two_people_on_one_draft(visit: Visit, officer: User, head: User) -> None:
    petition: Petition = make_petition(owner=officer)
    template = LetterTemplate.objects.get(kind=LetterKind.ACKNOWLEDGEMENT)
    letter = write_draft(template, petition, by=officer, now=timezone.now())
    visitor = visit()
    visitor.expects(409)
    visitor.signs_in(officer)
    visitor.goes(reverse("complaints:letter", args=[letter.pk]))
    OutgoingLetter.objects.filter(pk=letter.pk).update(subject="ของหัวหน้า", version=2)
    visitor.fills("Subject of the letter", "ของเจ้าหน้าที่")
    visitor.presses("Save draft")
    visitor.reads("Somebody else has saved this draft meanwhile")
    look_over(visitor, "moved-on")
    visitor.presses("Save draft")
    visitor.reads("The draft is saved.")
    assert OutgoingLetter.objects.get().subject == "ของเจ้าหน้าที่"
