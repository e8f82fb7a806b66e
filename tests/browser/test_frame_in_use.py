"""The frame in a real browser: its menus, its own pages, and what its script gives to every form."""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
import time
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from office.models import User
from tests.browser.conftest import Visit
from tests.browser.visitor import DESK, PHONE, Visitor
from tests.cast import PASSWORD

ACCOUNT = ["account_change_password", "account_email", "account_logout", "mfa_index", "usersessions_list"]
WAY_IN = [
    "site:home",
    "account_login",
    "account_reset_password",
    "account_reset_password_done",
    "account_signup",
]


def code_of(secret: str) -> str:
    """The six digits an authenticator app shows now (RFC 6238)."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset : offset + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def form_page(visitor: Visitor, body: str) -> Page:
    """A page of ours with another form in it, as if htmx had brought it."""
    visitor.opens("account_login")
    page = visitor.page
    page.evaluate(
        "(body) => { const main = document.querySelector('main'); main.innerHTML = body;"
        " main.dispatchEvent(new CustomEvent('htmx:load', {bubbles: true})); }",
        body,
    )
    return page


# ── The pages of one's own account ────────────────────────────────────────────────────────────


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_pages_of_an_account_are_good(visit: Visit, officer: User, width: int, scheme: str) -> None:
    visitor = visit(width, color_scheme=scheme)
    for name in WAY_IN:
        visitor.opens(name)
        visitor.sees(f"{name}-{width}-{scheme}")
    visitor.signs_in(officer)
    for name in ACCOUNT:
        visitor.opens(name)
        visitor.sees(f"{name}-{width}-{scheme}")
    visitor.expects(404)
    visitor.goes("/nowhere/")
    visitor.sees(f"404-{width}-{scheme}")


def test_a_second_step_is_set_up_and_asked_for(visit: Visit, officer: User) -> None:
    visitor = visit(DESK)
    page = visitor.page
    visitor.signs_in(officer)
    visitor.opens("mfa_activate_totp")
    if "/reauthenticate/" in page.url:
        visitor.sees("reauthenticate")
        page.get_by_label("รหัสผ่าน").fill(PASSWORD)
        page.get_by_role("button", name="ยืนยัน").click()
    page.get_by_text("สแกนไม่ได้").click()
    visitor.sees("totp-activate")
    page.get_by_label("รหัส ๖ หลักจากแอป").fill(code_of(page.locator("#key").inner_text()))
    page.get_by_role("button", name="เปิดใช้").click()
    page.wait_for_url("**/recovery-codes/")
    visitor.sees("recovery-codes")
    spare = page.locator("#codes").inner_text().split()[0]
    visitor.opens("mfa_deactivate_totp")
    visitor.sees("totp-deactivate")
    page.locator("details.account > summary").click()
    page.get_by_role("button", name="ออกจากระบบ").click()
    page.wait_for_url("**/accounts/login/")
    visitor.signs_in(officer)
    visitor.sees("second-step")
    page.get_by_label("รหัส").fill(spare)
    page.get_by_role("button", name="เข้าสู่ระบบ").click()
    page.wait_for_url("**/today/")


# ── The menus ─────────────────────────────────────────────────────────────────────────────────


def test_on_a_phone_the_menu_opens_and_closes_by_its_button_and_escape(visit: Visit, officer: User) -> None:
    visitor = visit(PHONE)
    visitor.signs_in(officer)
    visitor.opens("account_logout")
    menu = visitor.page.locator("#menu")
    expect(menu).to_be_hidden()
    visitor.page.get_by_role("button", name="เมนู").click()
    expect(menu).to_be_visible()
    visitor.sees("phone-menu")
    visitor.page.keyboard.press("Escape")
    expect(menu).to_be_hidden()


def test_the_account_menu_closes_by_escape_and_by_a_press_elsewhere(visit: Visit, officer: User) -> None:
    visitor = visit(DESK)
    visitor.signs_in(officer)
    visitor.opens("account_logout")
    page = visitor.page
    items = page.locator(".account-menu")
    for closing in (lambda: page.keyboard.press("Escape"), lambda: page.locator("main h1").click()):
        page.locator("details.account > summary").click()
        expect(items).to_be_visible()
        closing()
        expect(items).to_be_hidden()


def test_the_slash_goes_to_the_search_but_not_out_of_a_field(visit: Visit, officer: User) -> None:
    visitor = visit(DESK)
    visitor.signs_in(officer)
    visitor.opens("account_change_password")
    page = visitor.page
    page.locator("main h1").click()
    page.keyboard.press("/")
    expect(page.locator("#find")).to_be_focused()
    expect(page.locator("#find")).to_have_value("")
    page.locator("#find").blur()
    field = page.locator("main input[type=password]").first
    field.focus()
    page.keyboard.press("/")
    expect(field).to_have_value("/")


def test_the_first_tab_leads_past_the_menu(visit: Visit, officer: User) -> None:
    visitor = visit(DESK)
    visitor.signs_in(officer)
    visitor.opens("account_logout")
    visitor.page.keyboard.press("Tab")
    skip = visitor.page.get_by_role("link", name="ข้ามไปที่เนื้อหา")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.locator("main")).to_be_focused()


# ── What the script gives to every form ───────────────────────────────────────────────────────


def test_a_form_is_sent_once_however_often_its_button_is_pressed(visit: Visit, officer: User) -> None:
    visitor = visit(DESK)
    visitor.opens("account_login")
    page = visitor.page
    sent: list[str] = []
    page.route(
        "**/accounts/login/",
        lambda route: (sent.append(route.request.method), time.sleep(0.3), route.continue_()),
    )
    page.get_by_label("ชื่อผู้ใช้").fill(officer.username)
    page.get_by_label("รหัสผ่าน").fill(PASSWORD)
    page.get_by_role("button", name="เข้าสู่ระบบ").dblclick(no_wait_after=True)
    page.wait_for_url("**/today/")
    assert sent == ["POST"]


def test_leaving_with_something_unsaved_is_asked_about(visit: Visit) -> None:
    page = form_page(visit(DESK), '<form data-keep><label>x <input name="x" id="x"></label></form>')
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.locator("#x").fill("เรื่อง")
    page.reload()
    assert asked == ["beforeunload"]


def test_leaving_with_nothing_changed_is_not_asked_about(visit: Visit) -> None:
    page = form_page(visit(DESK), '<form data-keep><label>x <input name="x" id="x"></label></form>')
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.locator("#x").fill("เรื่อง")
    page.locator("#x").fill("")
    page.reload()
    assert asked == []


def test_the_room_left_is_said_when_half_of_it_is_used(visit: Visit) -> None:
    page = form_page(
        visit(DESK), '<div><label for="x">x</label><textarea id="x" maxlength="100"></textarea></div>'
    )
    counter = page.locator(".counter")
    page.locator("#x").fill("ก" * 40)
    expect(counter).to_be_hidden()
    page.locator("#x").fill("ก" * 60 + "\n")
    expect(counter).to_have_text("เหลือ ๓๘ ตัวอักษร")


def test_a_file_too_large_is_refused_kindly_before_it_is_sent(visit: Visit, tmp_path: Path) -> None:
    page = form_page(
        visit(DESK),
        '<form><div><label for="f">f</label><input id="f" type="file" multiple data-max-bytes="2048"></div></form>',
    )
    small, large = tmp_path / "small.pdf", tmp_path / "large.pdf"
    small.write_bytes(b"x" * 2000)
    large.write_bytes(b"x" * 5000)
    page.locator("#f").set_input_files([small, large])
    expect(page.locator(".chosen li").first).to_have_text("small.pdf · ๒ กิโลไบต์")
    expect(page.locator(".too-large")).to_contain_text("ส่งได้ไม่เกิน ๒ กิโลไบต์")
    assert page.locator("main form").evaluate("(form) => form.checkValidity()") is False
    page.locator("#f").set_input_files([small])
    assert page.locator("main form").evaluate("(form) => form.checkValidity()") is True


def test_a_text_is_copied_and_the_button_says_so(visit: Visit) -> None:
    visitor = visit(DESK, permissions=["clipboard-read", "clipboard-write"])
    page = form_page(
        visitor,
        '<p id="key">7KM4P-X2RTQ</p><button type="button" data-copy-from="#key" hidden>คัดลอก</button>',
    )
    page.locator("main button").click()
    expect(page.get_by_role("button", name="คัดลอกแล้ว")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "7KM4P-X2RTQ"


def test_on_paper_stands_what_was_asked_for_and_no_menu(visit: Visit, officer: User) -> None:
    visitor = visit(DESK)
    visitor.signs_in(officer)
    visitor.opens("usersessions_list")
    visitor.page.emulate_media(media="print")
    expect(visitor.page.locator("#menu")).to_be_hidden()
    expect(visitor.page.locator("header.top")).to_be_hidden()
    expect(visitor.page.locator("main h1")).to_be_visible()
