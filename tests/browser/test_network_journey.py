"""The network in use: an agency and its contact written down, a list brought, a double merged, an entry confirmed on a
phone."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from office.models import Agency, Contact, ContactLink, User
from office.network_confirming import ask
from office.spreadsheets import Sheet, workbook
from projectplan.demo.network import make_network
from tests.browser.conftest import Visit
from tests.browser.visitor import DESK, HEIGHTS, PHONE, Visitor

NAME = "สถาบันทดลองการเรียนรู้แห่งชาติ"


def both_widths(visitor: Visitor, name: str) -> None:
    for width in (PHONE, DESK):
        visitor.page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        visitor.sees(f"{name}-{width}")
        visitor.page.emulate_media(color_scheme="dark")
        visitor.sees(f"{name}-{width}-dark")
        visitor.page.emulate_media(color_scheme="light")


def test_the_network_is_kept_and_confirmed(visit: Visit, officer: User, head: User, tmp_path: Path) -> None:
    desk = visit(DESK)
    desk.signs_in(officer)
    an_agency_and_its_contact_are_written_down(desk)
    a_list_with_one_wrong_row_is_brought(desk, tmp_path)
    a_head_makes_two_rows_one(visit(DESK), head)
    a_contact_confirms_on_a_phone(visit(PHONE))
    another_corrects_and_the_officer_takes_it_over(visit(PHONE), desk)


def an_agency_and_its_contact_are_written_down(desk: Visitor) -> None:
    desk.expects(422)
    desk.opens("office:network")
    desk.follows("New agency")
    desk.page.locator("#id_name").fill(NAME)
    desk.page.locator("#id_postcode").fill("๑๐๓")
    desk.presses("Save")
    desk.reads("A postcode has five digits.")
    both_widths(desk, "network-agency-form")
    desk.page.locator("#id_postcode").fill("๑๐๓๐๐")
    desk.page.locator("#id_telephone").fill("๐ ๒๖๒๘ ๐๐๐๐")
    desk.presses("Save")
    desk.page.wait_for_url(re.compile(r"/network/agencies/\d+/$"))
    desk.follows("Add a contact")
    desk.page.locator("#id_name").fill("นางสาวดวงใจ แก้วกุล")
    desk.page.locator("#id_role").select_option("parliament")
    desk.page.locator("#id_mobile").fill("081-000-1234")
    both_widths(desk, "network-contact-form")
    desk.presses("Save")
    desk.reads("นางสาวดวงใจ แก้วกุล", "๐๘๑-๐๐๐-๑๒๓๔")
    both_widths(desk, "network-agency")


def a_list_with_one_wrong_row_is_brought(desk: Visitor, folder: Path) -> None:
    head = ["หน่วยงาน", "ผู้ประสานงาน", "หน้าที่ประสานงาน", "อีเมล", "โทรศัพท์"]
    rows = [
        [NAME, "นายปรีชา ทองดี", "ประสานงานประชาสัมพันธ์", "preecha@dept.example", "๐ ๒๖๒๘ ๑๑๑๑"],
        [NAME, "นางนภา ศรีสุข", "ชงกาแฟ", "", ""],
        [NAME, "นางสาวดวงใจ แก้วกุล", "ประสานงานรัฐสภา", "duangjai@dept.example", ""],
    ]
    file = folder / "รายชื่อ.xlsx"
    file.write_bytes(workbook([Sheet("x", head, rows)]))
    desk.opens("office:network_imports")
    both_widths(desk, "network-import")
    desk.page.locator("#id_file").set_input_files(str(file))
    desk.presses("Show what would change")
    desk.page.wait_for_url(re.compile(r"/network/import/\d+/$"))
    desk.reads("“ชงกาแฟ”")
    both_widths(desk, "network-import-preview")
    assert Contact.objects.count() == 1
    desk.presses("Confirm and write")
    expect(desk.page.locator(".due.ok").first).to_be_visible()
    assert Contact.objects.count() == 2


def a_head_makes_two_rows_one(desk: Visitor, head: User) -> None:
    into = Agency.objects.get(name=NAME)
    double = Agency.objects.create(
        name="สถาบันทดลองการเรียนรู้ แห่งชาติ", email="saraban@dept.example", short_name="สทร."
    )
    Contact.objects.create(agency=double, name="นางมาลี ใจงาม")
    desk.goes("/accounts/login/")
    desk.signs_in(head)
    desk.opens("office:doubles")
    desk.reads(double.name)
    both_widths(desk, "network-doubles")
    desk.opens("office:agency_merge", double.pk, into.pk)
    both_widths(desk, "network-merge")
    desk.presses("Make them one")
    desk.page.wait_for_url(f"**{into.get_absolute_url()}")
    desk.reads("นางมาลี ใจงาม", "saraban@dept.example")
    both_widths(desk, "network-merged")
    desk.goes(f"/network/agencies/{double.pk}/")
    assert desk.heading() == NAME


def a_contact_confirms_on_a_phone(phone: Visitor) -> None:
    long_ago = timezone.now() - timedelta(days=500)
    Contact.objects.update(confirmed_at=long_ago)
    assert ask(timezone.now()) == 2
    contact = Contact.objects.get(name="นางสาวดวงใจ แก้วกุล")
    phone.goes(reverse("contact:own", args=[ContactLink.objects.get(contact=contact).secret]))
    both_widths(phone, "network-own")
    phone.page.set_viewport_size({"width": PHONE, "height": HEIGHTS[PHONE]})
    phone.presses("All is right")
    phone.reads("Thank you")
    both_widths(phone, "network-own-thanks")
    contact.refresh_from_db()
    assert not contact.is_unconfirmed(timezone.now())


def another_corrects_and_the_officer_takes_it_over(phone: Visitor, desk: Visitor) -> None:
    contact = Contact.objects.get(name="นายปรีชา ทองดี")
    phone.goes(reverse("contact:own", args=[ContactLink.objects.get(contact=contact).secret]))
    phone.page.locator("summary").click()
    phone.page.locator("#id_telephone").fill("๐ ๒๖๒๘ ๙๙๙๙")
    phone.sees("network-own-correcting")
    phone.presses("Send the correction")
    phone.reads("Thank you")
    desk.opens("office:corrections")
    both_widths(desk, "network-corrections")
    desk.page.get_by_role("button", name=re.compile("แก้ไขตามที่แจ้ง")).first.click()
    expect(desk.page.locator(".due.ok").first).to_be_visible()
    contact.refresh_from_db()
    assert contact.telephone == "0 2628 9999"


def test_a_whole_network_looks_right(visit: Visit, head: User) -> None:
    make_network(timezone.now(), seed=1)
    desk = visit(DESK)
    desk.signs_in(head)
    desk.opens("office:network")
    both_widths(desk, "network-list")
    desk.opens("office:network_tree")
    both_widths(desk, "network-tree")
    desk.goes(Agency.objects.get(short_name="สพฐ.").get_absolute_url())
    both_widths(desk, "network-core")
    desk.opens("office:ask")
    both_widths(desk, "network-ask")
    desk.opens("office:doubles")
    both_widths(desk, "network-doubles-demo")
