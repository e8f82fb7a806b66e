"""The media network as a file: taken along, brought back, and nothing written before it was seen."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from office.models import User
from publicrelations.media_plans import make_plan
from publicrelations.models import MediaOutlet, Reporter
from tests.cast import make_executive
from tests.publicrelations.cast import make_news_colleague, make_news_officer
from tests.publicrelations.press_cast import make_outlet, make_reporter

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]
FIELDS = ["outlet", "kind", "name", "beat", "telephone", "email", "line_id"]
HEAD = "สื่อ,ประเภท,ผู้สื่อข่าว,สายข่าว,โทรศัพท์,อีเมล,LINE"


@pytest.fixture
def at_desk(client_for: ClientFor) -> Client:
    return client_for(make_news_officer())


def address(name: str) -> str:
    return reverse(f"publicrelations:{name}")


def text(response: Any) -> str:
    return str(response.content.decode())


def bring(client: Client, *lines: str) -> Any:
    content = "\n".join([HEAD, *lines]).encode()
    return client.post(address("media_import"), {"file": SimpleUploadedFile("media.csv", content)})


def confirm(client: Client, preview: Any) -> Any:
    given = {"brought": preview.context["brought"], "plan": preview.context["plan"].fingerprint}
    return client.post(address("media_import_confirm"), given)


def whats(*lines: list[str]) -> list[str]:
    plan = make_plan(FIELDS, [(number, cells) for number, cells in enumerate(lines, 2)])
    return [one.what for one in plan.lines]


def test_each_line_adds_changes_or_stays() -> None:
    somsri = make_reporter()
    name, kept = somsri.outlet.name, somsri.outlet.email
    assert whats(
        [name, "", "", "", "", kept],
        ["ข่าวเช้า", "", "สมศรี ข่าวดี", "การเมือง"],
        [name, "", "มานี มีข่าว", "สังคม"],
        ["วิทยุครู", "วิทยุ", "ปิติ"],
        ["วิทยุครู", "", "ชูใจ"],
        ["วิทยุครู", "", "ชูใจ"],
    ) == ["same", "changed", "new_reporter", "new_outlet", "new_reporter", "same"]


@pytest.mark.parametrize(
    "cells",
    [
        ["", "วิทยุ", "ปิติ"],
        ["สื่อใหม่", "", "ปิติ"],
        ["สื่อใหม่", "อะไรก็ไม่รู้"],
        ["สื่อใหม่", "วิทยุ", "", "", "", "ไม่ใช่อีเมล"],
        ["ส" * 161, "วิทยุ"],
    ],
)
def test_a_line_with_a_fault_is_not_taken_and_says_why(cells: list[str]) -> None:
    [one] = make_plan(FIELDS, [(2, cells)]).lines
    assert one.what == "wrong"
    assert one.why


def test_nothing_is_written_before_the_preview_is_confirmed(at_desk: Client) -> None:
    preview = bring(at_desk, "วิทยุครู,วิทยุ,ปิติ,การศึกษา,02 000 0000,piti@radio.example,", ",วิทยุ,ไม่มีสื่อ,,,,")
    assert preview.status_code == 200
    assert not MediaOutlet.objects.exists()
    assert confirm(at_desk, preview).status_code == 302
    piti = Reporter.objects.get()
    assert (piti.outlet.name, piti.outlet.kind, piti.email) == ("วิทยุครู", "radio", "piti@radio.example")
    assert piti.confirmed_on is not None


def test_a_list_that_has_changed_meanwhile_is_looked_at_again(at_desk: Client) -> None:
    preview = bring(at_desk, "ข่าวเช้า,หนังสือพิมพ์,,,,desk@new.example,")
    make_outlet()
    answer = confirm(at_desk, preview)
    assert answer.status_code == 409
    assert make_outlet().email != "desk@new.example"
    assert confirm(at_desk, answer).status_code == 302
    assert MediaOutlet.objects.get().email == "desk@new.example"


def test_what_somebody_else_brought_is_not_confirmed(at_desk: Client, client_for: ClientFor) -> None:
    preview = bring(at_desk, "วิทยุครู,วิทยุ,,,,,")
    other = client_for(make_news_colleague())
    assert confirm(other, preview)["Location"] == address("media_import")
    assert not MediaOutlet.objects.exists()


def test_a_file_that_is_none_is_refused_in_words(at_desk: Client) -> None:
    for content in (b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0", b"a,b\n1,2"):
        file = SimpleUploadedFile("media.xlsx", content)
        answer = at_desk.post(address("media_import"), {"file": file})
        assert answer.status_code == 422
        assert "file" in answer.context["form"].errors


def test_an_export_can_be_brought_back_unchanged_runs_nothing_and_is_logged(at_desk: Client) -> None:
    somsri = make_reporter()
    make_outlet("=cmd|x", kind="online")
    answer = at_desk.get(address("media_export"))
    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert list(rows[0]) == HEAD.split(",")
    assert (somsri.outlet.name, "หนังสือพิมพ์", somsri.name) in [row[:3] for row in rows]
    assert not any(str(cell or "").startswith("=") for row in rows for cell in row)
    assert LogEntry.objects.filter(action=LogEntry.Action.ACCESS).count() == 1
    file = SimpleUploadedFile("media.xlsx", answer.content)
    preview = at_desk.post(address("media_import"), {"file": file})
    assert preview.context["plan"].counts["changed"] == 0


def test_executives_take_nothing_along_and_bring_nothing(client_for: ClientFor) -> None:
    executive = client_for(make_executive())
    for name in ("media_export", "media_import"):
        assert executive.get(address(name)).status_code == 403
    assert executive.post(address("media_import_confirm")).status_code == 403
