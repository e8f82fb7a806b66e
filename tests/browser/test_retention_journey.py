"""What has had its years: proposed by the clock, gone through by an officer, confirmed by the head, removed; and what
is held on a person, handed to that person."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from complaints.models import Petition, Petitioner
from office.models import Matter, PersonExport, RetentionBatch, RetentionRule, User
from projectplan import anonymising, person_export, retention
from tests.browser.conftest import Visit
from tests.browser.test_every_page import look_over
from tests.browser.visitor import DESK, PHONE, Visitor
from tests.projectplan.retention_cast import PERSON, make_old_petition

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_petition_of_long_ago_loses_its_person_by_two_words(
    visit: Visit, officer: User, head: User, executive: User
) -> None:
    old = make_old_petition(officer, head, executive)
    kept = make_old_petition(officer, head, executive, file=b"another")
    Matter.objects.filter(pk__in=[old.pk, kept.pk]).update(
        received_at=timezone.now() - timedelta(days=4001), closed_at=timezone.now() - timedelta(days=4000)
    )
    retention.propose_by(RetentionRule.objects.get(subject="petition"), timezone.now())
    the_officer_goes_through_them(visit(DESK), officer, kept)
    the_head_confirms_on_a_phone(visit(PHONE), head)
    anonymising.carry_out(timezone.now)
    anonymising.sweep_files()
    the_page_says_what_was_removed(visit(DESK), head, old)
    assert Petitioner.objects.get(petition=kept).name == PERSON["name"]


def the_officer_goes_through_them(desk: Visitor, officer: User, kept: Petition) -> None:
    desk.signs_in(officer)
    desk.opens("retention:index")
    look_over(desk, "retention")
    batch = RetentionBatch.objects.get()
    desk.opens("retention:batch", batch.pk)
    look_over(desk, "retention-batch-first")
    desk.page.locator(f"#id_keep_{batch.rows.get(key=kept.pk).pk}").fill("ใช้เป็นกรณีศึกษา")
    desk.presses("Gone through: hand on")
    desk.reads("Gone through. Somebody else confirms now.")


def the_head_confirms_on_a_phone(phone: Visitor, head: User) -> None:
    batch = RetentionBatch.objects.get()
    phone.signs_in(head)
    phone.opens("retention:give_back", batch.pk)
    look_over(phone, "retention-give-back")
    phone.opens("retention:batch", batch.pk)
    look_over(phone, "retention-batch-second")
    phone.presses("Confirm the removal")
    phone.reads("Confirmed. The personal data are removed now; this page says how far it is.")


def the_page_says_what_was_removed(desk: Visitor, head: User, old: Petition) -> None:
    desk.expects(410)
    desk.signs_in(head)
    desk.goes(old.get_absolute_url())
    look_over(desk, "petition-removed")
    assert PERSON["name"] not in desk.page.content()
    desk.opens("office:document", old.documents.get().pk)
    look_over(desk, "document-removed")
    desk.opens("retention:batch", RetentionBatch.objects.get().pk)
    look_over(desk, "retention-batch-done")


def test_a_hold_is_put_and_lifted(visit: Visit, officer: User, head: User, executive: User) -> None:
    old = make_old_petition(officer, head, executive)
    desk = visit(DESK)
    desk.expects(422)
    desk.signs_in(head)
    desk.goes(old.get_absolute_url())
    desk.follows("Hold from removal of personal data")
    look_over(desk, "hold")
    desk.page.locator("#id_reason").fill("ศาลปกครองขอเอกสาร")
    desk.page.locator("#id_until").fill("1/1/2500")
    desk.presses("Hold")
    look_over(desk, "hold-wrong")
    desk.page.locator("#id_until").fill("")
    desk.presses("Hold")
    desk.reads("ศาลปกครองขอเอกสาร")
    look_over(desk, "petition-held")
    desk.follows("Lift the hold")
    desk.page.locator("#id_reason").fill("คดีสิ้นสุดแล้ว")
    desk.presses("Lift")
    desk.page.wait_for_url(f"**{old.get_absolute_url()}")


def test_a_person_is_told_what_the_office_holds(
    visit: Visit, officer: User, head: User, executive: User
) -> None:
    make_old_petition(officer, head, executive)
    desk = visit(DESK)
    desk.expects(422)
    desk.signs_in(head)
    desk.opens("retention:requests")
    look_over(desk, "requests-none")
    desk.follows("New request")
    look_over(desk, "request-new")
    desk.page.locator("#id_name").fill(PERSON["name"])
    desk.page.locator("#id_thai_id").fill("123")
    desk.page.locator("#id_identified_by").fill("แสดงบัตรประจำตัวประชาชน")
    desk.presses("Save")
    look_over(desk, "request-new-wrong")
    desk.page.locator("#id_thai_id").fill("")
    desk.presses("Save")
    desk.presses("Search everywhere")
    look_over(desk, "request-found")
    desk.page.locator("select[name^=verdict_]").first.select_option("theirs")
    desk.presses("Save")
    desk.presses("Make the file")
    person_export.make(PersonExport.objects.get().pk, timezone.now())
    desk.goes(reverse("retention:request", args=[PersonExport.objects.get().request_id]))
    look_over(desk, "request-file")
    with desk.page.expect_download() as taken:
        desk.presses("Take the file")
    assert taken.value.suggested_filename.endswith(".zip")
    desk.opens("retention:requests")
    look_over(desk, "requests-answered")
