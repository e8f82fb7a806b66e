"""A form kept for another day: locked with its code, files included, gone when it was sent or its time is over."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from complaints import drafts
from complaints.drafts import Unfinished
from complaints.models import Draft, Petition
from office import seals
from office.documents import drop_abandoned_uploads
from office.models import Document
from projectplan.rounds import sweep
from tests.complaints.test_public_intake import FORM, body, filled
from tests.office import samples
from tests.office.samples import upload

RESUME, KEPT, AUTOSAVE = "/petition/draft/", "/petition/draft/kept/", "/petition/draft/save/"
WRONG = "22222-33333-44444"
HALF = {"later": "1", "story": "เขียนไว้ครึ่งหนึ่ง", "title": "", "kind": "", "consent": ""}
_addresses = count(1)


@pytest.fixture
def citizen(db: None) -> Client:
    """Somsri at an address of her own."""
    number = next(_addresses)
    return Client(REMOTE_ADDR=f"10.21.{number // 250}.{number % 250}")


@pytest.fixture
def next_day(db: None) -> Client:
    """The same Somsri on another device, the day after."""
    number = next(_addresses)
    return Client(REMOTE_ADDR=f"10.22.{number // 250}.{number % 250}")


def kept_code(response: Any) -> str:
    """The code that the page shows."""
    return str(body(response).split('translate="no">')[1].split("<")[0].strip())


def save(citizen: Client, **changes: Any) -> str:
    """Press «save and continue later», and write down the code."""
    response = citizen.post(FORM, filled(**(HALF | changes)), follow=True)
    assert response.redirect_chain == [(KEPT, 302)]
    return kept_code(response)


def hidden(page: str) -> dict[str, Any]:
    """What the page carries hidden: the sealed code, the tokens of the files; its ticket would be too young to send."""
    found: dict[str, Any] = {}
    for name in ("draft", "attachments-kept"):
        parts = page.split(f'name="{name}"')[1:]
        values = [part.split('value="')[1].split('"')[0] for part in parts]
        if values:
            found[name] = values if name == "attachments-kept" else values[0]
    return found


# ── Keeping ───────────────────────────────────────────────────────────────────────────────────


def test_a_half_written_form_is_kept_under_a_code_that_can_be_printed(citizen: Client) -> None:
    response = citizen.post(FORM, filled(**HALF), follow=True)
    page = body(response)
    code = kept_code(response)
    assert len(seals.normal_code(code)) == 15
    assert "ยังไม่ได้ส่งเรื่อง" in page
    assert "data-print" in page
    assert "เก็บไว้ถึง" in page
    assert not Petition.objects.exists()
    assert Draft.objects.count() == 1


def test_the_next_day_everything_is_there_again_on_another_device(citizen: Client, next_day: Client) -> None:
    code = save(citizen, kind="complaint", title="สั้น", province="40", email="somsri@", consent="on")
    page = body(next_day.post(RESUME, {"code": code.lower().replace("-", " ")}))
    for shown in (
        "เขียนไว้ครึ่งหนึ่ง",
        'value="สั้น"',
        'value="นางสมศรี ใจดี"',
        'value="somsri@"',
        "โรงเรียนบ้านสวน",
        '<option value="40" selected>',
    ):
        assert shown in page, shown
    assert " checked" in page.split('value="complaint"')[1].split(">")[0]
    assert "นี่คือแบบที่ท่านบันทึกไว้" in page
    assert "ยังไม่ได้ส่ง กรอกต่อ" in page
    assert "errorlist" not in page


def test_nothing_typed_and_no_code_can_be_read_in_the_database(citizen: Client) -> None:
    code = save(citizen)
    row = Draft.objects.get()
    stored = str(Draft.objects.values().get()) + str(dict(citizen.session))
    for secret in (code, seals.normal_code(code), "สมศรี", "ครึ่งหนึ่ง", "๐๘๑", "081 234 5678"):
        assert secret not in stored
    # The installation's own keys do not open it: only the code does.
    assert drafts.take_up(WRONG, timezone.now()) is None
    import base64

    with pytest.raises(ValueError, match="not locked"):
        seals.unlock_with_code(base64.b64decode(row.sealed), code=WRONG, purpose=drafts.PURPOSE)


def test_no_code_ever_stands_in_an_address(citizen: Client, next_day: Client) -> None:
    code = save(citizen)
    assert code not in body(next_day.get(RESUME, {"code": code}))
    response = next_day.post(RESUME, {"code": code})
    assert response.status_code == 200  # no redirect that would carry it
    assert code not in body(response)


def test_files_come_back_even_after_the_waiting_ones_were_swept(
    citizen: Client, next_day: Client, settings: Any
) -> None:
    pictures = [upload("ใบเสร็จ.pdf", samples.PDF), upload("รูป.png", samples.picture("PNG"))]
    code = save(citizen, attachments=pictures)
    now = timezone.now()
    drop_abandoned_uploads(now + timedelta(days=2))
    page = body(next_day.post(RESUME, {"code": code}))
    assert "ใบเสร็จ.pdf" in page
    assert "รูป.png" in page
    next_day.post(FORM, filled(**hidden(page)))
    names = Document.objects.values_list("name", flat=True)
    assert sorted(names) == sorted(["ใบเสร็จ.pdf", "รูป.png"])
    stored = default_storage.open(Document.objects.get(name="ใบเสร็จ.pdf").path).read()
    assert stored == samples.PDF


def test_kept_files_are_locked_too(citizen: Client) -> None:
    code = save(citizen, attachments=[upload("ใบเสร็จ.pdf", samples.PDF)])
    draft = drafts.find(code, timezone.now())
    assert draft
    folder = f"{drafts.FOLDER}/{draft.fingerprint}"
    [name] = default_storage.listdir(folder)[1]
    assert samples.PDF[:20] not in default_storage.open(f"{folder}/{name}").read()


def test_saving_again_keeps_one_draft_under_the_same_code(citizen: Client, next_day: Client) -> None:
    code = save(citizen, attachments=[upload("ใบเสร็จ.pdf", samples.PDF)])
    page = body(next_day.post(RESUME, {"code": code}))
    given = hidden(page)
    again = save(
        next_day,
        **(given | {"story": "เขียนต่ออีกหน่อย", "attachments": [upload("รูป.png", samples.picture("PNG"))]}),
    )
    assert again == code
    assert Draft.objects.count() == 1
    unfinished = drafts.take_up(code, timezone.now())
    assert unfinished
    assert unfinished.typed["story"] == "เขียนต่ออีกหน่อย"
    assert [upload.name for upload in unfinished.files] == ["ใบเสร็จ.pdf", "รูป.png"]


def test_a_file_taken_off_is_gone_from_the_draft(citizen: Client, next_day: Client) -> None:
    code = save(citizen, attachments=[upload("ใบเสร็จ.pdf", samples.PDF)])
    page = body(next_day.post(RESUME, {"code": code}))
    taken_off = page.split('name="attachments-removed"')[1].split('value="')[1].split('"')[0]
    save(next_day, **hidden(page), **{"attachments-removed": taken_off})
    draft = Draft.objects.get()
    assert drafts.file_count(draft, code) == 0
    assert default_storage.listdir(f"{drafts.FOLDER}/{draft.fingerprint}")[1] == []


def test_a_file_that_cannot_be_taken_is_said_and_nothing_is_lost(citizen: Client) -> None:
    files = [upload("ดี.pdf", samples.PDF), upload("โปรแกรม.pdf", b"MZ\x90\x00" + b"\x00" * 400)]
    response = citizen.post(FORM, filled(**HALF, attachments=files))
    page = body(response)
    assert "ยังไม่ได้บันทึก" in page
    assert "โปรแกรม.pdf" in page
    assert "ดี.pdf" in page
    assert "เขียนไว้ครึ่งหนึ่ง" in page
    assert page.count("errorlist") == 1  # what is missing otherwise is no matter yet
    assert not Draft.objects.exists()


def test_an_empty_form_can_be_kept_too(citizen: Client) -> None:
    response = citizen.post(FORM, {"later": "1"}, follow=True)
    assert response.status_code == 200
    assert Draft.objects.count() == 1


# ── Going on ──────────────────────────────────────────────────────────────────────────────────


def test_going_on_at_once_needs_no_code_and_wipes_it_from_the_browser(citizen: Client) -> None:
    save(citizen)
    page = body(citizen.post(KEPT, {"continue": "1"}))
    assert "เขียนไว้ครึ่งหนึ่ง" in page
    assert citizen.get(KEPT).status_code == 302
    assert drafts.SEALED_CODE not in str(dict(citizen.session))


def test_the_code_is_shown_for_half_an_hour_and_can_be_wiped(citizen: Client) -> None:
    save(citizen)
    assert citizen.get(KEPT).status_code == 200
    sealed, _until = citizen.session["draft_kept"]
    session = citizen.session
    session["draft_kept"] = [sealed, (timezone.now() - timedelta(seconds=1)).isoformat()]
    session.save()
    assert citizen.get(KEPT)["Location"] == RESUME
    save(citizen)
    citizen.post(KEPT)
    assert "draft_kept" not in citizen.session


def test_a_wrong_code_an_expired_one_and_one_of_a_sent_form_answer_alike(
    citizen: Client, next_day: Client
) -> None:
    expired, sent = save(citizen), save(citizen)
    Draft.objects.filter(fingerprint=drafts.fingerprint(expired)).update(expires_at=timezone.now())
    page = body(next_day.post(RESUME, {"code": sent}))
    next_day.post(FORM, filled(**hidden(page)))
    assert Petition.objects.count() == 1
    answers = {
        body(next_day.post(RESUME, {"code": code})).replace(code, "").split("<form")[1].split("csrf")[0]
        + str(body(next_day.post(RESUME, {"code": code})).count("ไม่พบแบบที่บันทึกไว้ด้วยรหัสนี้"))
        for code in (WRONG, expired, sent)
    }
    assert len(answers) == 1
    assert answers.pop().endswith("1")


def test_wrong_codes_from_one_address_are_limited_right_ones_are_not(
    citizen: Client, next_day: Client, settings: Any
) -> None:
    settings.FOLLOW_LIMIT = "3/15 minutes"
    code = save(citizen)
    assert [next_day.post(RESUME, {"code": code}).status_code for _time in range(5)] == [200] * 5
    for _time in range(3):
        assert next_day.post(RESUME, {"code": WRONG}).status_code == 200
    refused = next_day.post(RESUME, {"code": code})
    assert refused.status_code == 429
    assert "ลองผิดหลายครั้งเกินไป" in body(refused)
    assert code in body(refused)  # what was typed stays


@pytest.mark.parametrize(
    ("typed", "words"),
    [("", "เขียนรหัสที่ได้รับเมื่อบันทึกแบบไว้"), ("7KM4P-X2RTQ", "รหัสแบบที่บันทึกไว้มีตัวอักษรและตัวเลข ๑๕ ตัว")],
)
def test_what_cannot_be_a_code_is_said_beside_the_field(citizen: Client, typed: str, words: str) -> None:
    page = body(citizen.post(RESUME, {"code": typed}))
    assert words in page
    assert typed in page


def test_when_the_form_is_sent_nothing_of_the_draft_stays(citizen: Client, next_day: Client) -> None:
    code = save(citizen, attachments=[upload("ใบเสร็จ.pdf", samples.PDF)])
    page = body(next_day.post(RESUME, {"code": code}))
    faulty = body(next_day.post(FORM, filled(**hidden(page), story="")))
    assert Draft.objects.count() == 1  # not sent yet
    next_day.post(FORM, filled(**hidden(faulty)))
    assert Petition.objects.get().documents.get().name == "ใบเสร็จ.pdf"
    assert not Draft.objects.exists()
    assert not default_storage.listdir(drafts.FOLDER)[0]


def test_a_sealed_code_made_up_by_somebody_deletes_nothing(citizen: Client, next_day: Client) -> None:
    save(citizen)
    next_day.post(FORM, filled(draft="made-up"))
    assert Petition.objects.count() == 1
    assert Draft.objects.count() == 1


# ── While somebody types ──────────────────────────────────────────────────────────────────────


def test_what_is_typed_is_saved_again_under_the_code_of_the_page(citizen: Client, next_day: Client) -> None:
    code = save(citizen, attachments=[upload("ใบเสร็จ.pdf", samples.PDF)])
    given = hidden(body(next_day.post(RESUME, {"code": code})))
    answer = next_day.post(AUTOSAVE, filled(**given, story="เขียนต่อขณะรถเข้าอุโมงค์"))
    assert answer.json()["kept"] is True
    unfinished = drafts.take_up(code, timezone.now())
    assert unfinished
    assert unfinished.typed["story"] == "เขียนต่อขณะรถเข้าอุโมงค์"
    assert [upload.name for upload in unfinished.files] == ["ใบเสร็จ.pdf"]


def test_nothing_is_saved_for_who_did_not_ask_for_it(citizen: Client) -> None:
    assert citizen.post(AUTOSAVE, filled()).status_code == 400
    assert citizen.get(AUTOSAVE).status_code == 405
    assert not Draft.objects.exists()


def test_saving_over_a_draft_that_is_gone_says_so(citizen: Client, next_day: Client) -> None:
    code = save(citizen)
    given = hidden(body(next_day.post(RESUME, {"code": code})))
    Draft.objects.all().delete()
    assert next_day.post(AUTOSAVE, filled(**given)).status_code == 410
    assert save(next_day, **given) != code  # pressing save makes a new one


# ── Limits and the clock ──────────────────────────────────────────────────────────────────────


def test_too_many_new_drafts_keep_the_text_on_the_page(citizen: Client, settings: Any) -> None:
    settings.PUBLIC_FORM_LIMIT = "2/hour"
    save(citizen)
    save(citizen)
    response = citizen.post(FORM, filled(**HALF))
    assert response.status_code == 429
    assert "มีการบันทึกแบบจากเครือข่ายนี้จำนวนมาก" in body(response)
    assert "เขียนไว้ครึ่งหนึ่ง" in body(response)
    assert Draft.objects.count() == 2


def test_every_saving_begins_the_days_anew_and_the_sweep_drops_what_is_over(
    citizen: Client, settings: Any
) -> None:
    settings.DRAFT_DAYS = 30
    now = timezone.now()
    _old, code = drafts.save(Unfinished({"story": "เก่า"}), now=now - timedelta(days=29))
    drafts.save(Unfinished({"story": "ทิ้ง"}), now=now - timedelta(days=31))
    assert drafts.save_text({"story": "ต่อ"}, code=code, now=now - timedelta(days=1))
    assert sweep(lambda: now).drafts_dropped == 1
    assert drafts.find(code, now + timedelta(days=28))
    assert sweep(lambda: now + timedelta(days=30)).drafts_dropped == 1
    assert not Draft.objects.exists()


def test_a_swept_drafts_files_go_with_it(citizen: Client) -> None:
    save(citizen, attachments=[upload("ใบเสร็จ.pdf", samples.PDF)])
    assert default_storage.listdir(drafts.FOLDER)[0]
    drafts.drop_expired_drafts(timezone.now() + timedelta(days=31))
    assert not default_storage.listdir(drafts.FOLDER)[0]


def test_an_old_key_still_opens_drafts_after_a_new_one_was_put_in_front(db: None, settings: Any) -> None:
    settings.PERSONAL_DATA_KEYS = ["first" * 10]
    now = timezone.now()
    _draft, code = drafts.save(Unfinished({"story": "ก่อนเปลี่ยนกุญแจ"}), now=now)
    settings.PERSONAL_DATA_KEYS = ["second" * 10, "first" * 10]
    unfinished = drafts.take_up(code, now)
    assert unfinished
    assert unfinished.typed == {"story": "ก่อนเปลี่ยนกุญแจ"}
