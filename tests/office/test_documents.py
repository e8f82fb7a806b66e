"""Files that come in: what is taken, how it is kept, who may have a copy."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from crispy_forms.templatetags.crispy_forms_filters import as_crispy_field
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from complaints.models import Petition
from office.documents import Upload, UploadGone, accept, attach, drop_abandoned_uploads, safe_name
from office.file_field import FilesField, FilesGiven
from office.file_types import DOCX, PDF, TEXT
from office.models import Document, Download, Secrecy, User
from office.storage import keep_once
from tests.cast import MORNING, make_petition
from tests.office import samples
from tests.office.samples import archive, picture, upload

TAKEN = {
    "a.pdf": (samples.PDF, "application/pdf"),
    "a.jpg": (picture("JPEG"), "image/jpeg"),
    "a.png": (picture("PNG"), "image/png"),
    "a.webp": (picture("WEBP"), "image/webp"),
    "a.gif": (picture("GIF"), "image/gif"),
    "a.docx": (archive(types="", word__document="x"), samples.WORD),
    "a.xlsx": (
        archive(types="", xl__workbook="x"),
        samples.WORD.replace("wordprocessingml.document", "spreadsheetml.sheet"),
    ),
    "a.pptx": (
        archive(types="", ppt__presentation="x"),
        samples.WORD.replace("wordprocessingml.document", "presentationml.presentation"),
    ),
    "a.odt": (
        archive(mimetype="application/vnd.oasis.opendocument.text"),
        "application/vnd.oasis.opendocument.text",
    ),
    "a.ods": (
        archive(mimetype="application/vnd.oasis.opendocument.spreadsheet"),
        "application/vnd.oasis.opendocument.spreadsheet",
    ),
    "a.txt": (samples.TEXT, "text/plain"),
}
REFUSED = {
    "รายงาน.pdf": (samples.PROGRAM, "โปรแกรมคอมพิวเตอร์ (.exe)"),
    "หนังสือ.doc": (samples.OLD_WORD, "เอกสาร Office รุ่นเก่า"),
    "งบ.xlsx": (archive(**{"types": "", "xl__workbook": "x", "xl__vbaProject.bin": "x"}), "มาโคร"),
    "คลิป.pdf": (b"\x00\x00\x00\x18ftypmp42" + bytes(80), "วิดีโอ"),
    "แฟ้ม.docx": (archive(hello="x"), "ไฟล์บีบอัด (.zip)"),
    "หน้า.txt": (b"<!DOCTYPE html><html><script>1</script></html>", "หน้าเว็บ"),
    "ภาพ.png": (b"<svg xmlns='http://www.w3.org/2000/svg'></svg>", "ภาพลายเส้น SVG"),
    "เก่า.txt": ("สวัสดี".encode("tis-620"), "ไม่รู้จักชนิด"),
    "เสีย.docx": (b"PK\x03\x04" + bytes(50), "ไฟล์บีบอัดที่เสีย"),
}


@pytest.mark.parametrize("name", TAKEN)
def test_a_file_is_taken_for_what_its_content_is(name: str) -> None:
    content, content_type = TAKEN[name]
    taken = accept(upload(name, content, "application/x-whatever"))
    assert (taken.content_type, taken.name, taken.size) == (content_type, name, len(content))


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_not_taken_is_told_by_name_and_by_what_it_is(name: str) -> None:
    content, words = REFUSED[name]
    with pytest.raises(ValidationError) as refused:
        accept(upload(name, content, "application/pdf"))
    assert f"“{name}”" in refused.value.messages[0]
    assert words in refused.value.messages[0]


def test_a_file_over_the_limit_is_refused_with_its_size(settings: object) -> None:
    settings.FILE_MAX_MEGABYTES = 1
    with pytest.raises(ValidationError, match="มีขนาด ๒ เมกะไบต์ แนบได้ไฟล์ละไม่เกิน ๑ เมกะไบต์"):
        accept(upload("ใหญ่.pdf", samples.PDF + bytes(1024 * 1024)))


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(ValidationError, match="ไฟล์ว่าง"):
        accept(upload("ว่าง.pdf", b""))


@pytest.mark.parametrize(
    ("given", "kind", "safe"),
    [
        ("../../etc/passwd.pdf", PDF, "passwd.pdf"),
        ("C:\\งาน\\หนังสือ.docx", DOCX, "หนังสือ.docx"),
        ("รูป\u202egpj.exe", TEXT, "รูป gpj.exe.txt"),
        ("ใบ\x00เสร็จ\n.pdf", PDF, "ใบ เสร็จ .pdf"),
        (".htaccess", TEXT, "htaccess.txt"),
        ("", PDF, "ไฟล์.pdf"),
        ("photo.png", PDF, "photo.pdf"),
        ("ก" * 400 + ".pdf", PDF, "ก" * 196 + ".pdf"),
    ],
)
def test_a_name_is_made_safe_and_gets_the_ending_of_its_kind(given: str, kind: object, safe: str) -> None:
    assert safe_name(given, kind) == safe


@pytest.mark.django_db
def test_the_same_bytes_are_kept_once_however_often_they_come() -> None:
    petition = make_petition()
    first, second = (accept(upload(name, samples.PDF)) for name in ("ก.pdf", "ข.pdf"))
    [one] = attach(petition, [first, first], source=Document.Source.PETITIONER, added_by=None, now=MORNING)
    [other] = attach(petition, [second], source=Document.Source.PETITIONER, added_by=None, now=MORNING)
    assert one.path == other.path
    assert default_storage.open(one.path).read() == samples.PDF
    kept = [
        path
        for path in Path(default_storage.path("")).rglob("*")
        if path.is_file() and "waiting" not in path.parts
    ]
    assert len(kept) == 1


@pytest.mark.django_db
def test_a_name_over_bytes_that_a_power_cut_took_is_not_believed() -> None:
    petition = make_petition()
    waiting = accept(upload("ก.pdf", samples.PDF))
    final = Path(default_storage.path(Document(sha256=waiting.sha256).path))
    final.parent.mkdir(parents=True)
    final.touch()
    [one] = attach(petition, [waiting], source=Document.Source.PETITIONER, added_by=None, now=MORNING)
    assert default_storage.open(one.path).read() == samples.PDF
    final.write_bytes(samples.PDF[:10])
    keep_once(one.path, ContentFile(samples.PDF))
    assert final.read_bytes() == samples.PDF


@pytest.mark.django_db
def test_what_nobody_sent_in_the_end_goes_after_a_day_and_what_was_attached_stays() -> None:
    attached, abandoned = accept(upload("ก.pdf", samples.PDF)), accept(upload("ข.txt", samples.TEXT))
    [document] = attach(
        make_petition(), [attached], source=Document.Source.PETITIONER, added_by=None, now=MORNING
    )
    now = timezone.now()
    assert drop_abandoned_uploads(now + timedelta(hours=24)) == 0
    assert drop_abandoned_uploads(now + timedelta(hours=26)) == 2
    assert not default_storage.exists(abandoned.path)
    assert default_storage.exists(document.path)


def test_a_token_that_was_tampered_with_or_whose_file_is_gone_is_not_taken() -> None:
    waiting = accept(upload("ก.pdf", samples.PDF))
    assert Upload.from_token(waiting.token()) == waiting
    for wrong in ("", "nonsense", waiting.token()[:-2] + "xx"):
        with pytest.raises(UploadGone):
            Upload.from_token(wrong)
    drop_abandoned_uploads(timezone.now() + timedelta(days=2))
    with pytest.raises(UploadGone):
        Upload.from_token(waiting.token())


def test_the_field_keeps_what_was_accepted_beside_what_was_refused() -> None:
    field = FilesField()
    with pytest.raises(ValidationError, match="โปรแกรมคอมพิวเตอร์"):
        field.clean(FilesGiven(new=[upload("ก.pdf", samples.PDF), upload("ข.pdf", samples.PROGRAM)]))
    [accepted] = field.widget.accepted
    assert field.clean(FilesGiven(kept=[accepted.token()])) == [accepted]
    assert field.clean(FilesGiven(kept=[accepted.token()], removed={accepted.key})) == []


def test_what_was_accepted_stays_in_a_crispy_form_too() -> None:
    class Step(forms.Form):
        files = FilesField(label="ไฟล์")

    sent = MultiValueDict({"files": [upload("ก.pdf", samples.PDF), upload("ข.pdf", samples.PROGRAM)]})
    page = as_crispy_field(Step({}, sent)["files"])
    assert 'name="files-kept"' in page
    assert 'type="file"' in page
    assert Step().is_multipart()


def test_the_field_takes_no_more_files_than_the_form_may_have(settings: object) -> None:
    settings.FILES_MAX_PER_FORM = 2
    files = [upload(f"{name}.txt", samples.TEXT) for name in "กขค"]
    with pytest.raises(ValidationError, match=r"แนบได้ไม่เกิน ๒ ไฟล์ “ค\.txt”"):
        FilesField().clean(FilesGiven(new=files))


def _document(petition: Petition, name: str = "รูปถ่าย.png", content: bytes = b"") -> Document:
    waiting = accept(upload(name, content or picture("PNG")))
    return attach(petition, [waiting], source=Document.Source.PETITIONER, added_by=None, now=MORNING)[0]


def _get(client: Client, document: Document) -> object:
    return client.get(reverse("office:document", args=[document.pk]))


def test_an_officer_gets_a_copy_and_the_copy_is_written_down(officer: User, client_for: object) -> None:
    document = _document(make_petition())
    response = _get(client_for(officer), document)
    assert b"".join(response.streaming_content) == picture("PNG")
    assert list(Download.objects.values_list("document", "user")) == [(document.pk, officer.pk)]


def test_a_stranger_is_told_there_is_no_such_file_and_nothing_is_written_down(
    stranger: User, administrator: User, client_for: object
) -> None:
    document = _document(make_petition())
    assert _get(client_for(stranger), document).status_code == 404
    assert _get(client_for(administrator), document).status_code == 404
    assert _get(Client(), document).status_code == 302
    assert not Download.objects.exists()


def test_the_files_of_a_secret_matter_are_its_officers_and_the_heads(
    officer: User, colleague: User, head: User, client_for: object
) -> None:
    document = _document(make_petition(owner=officer, secrecy=Secrecy.SECRET))
    assert _get(client_for(colleague), document).status_code == 404
    assert _get(client_for(officer), document).status_code == 200
    assert _get(client_for(head), document).status_code == 200


@pytest.mark.parametrize(
    ("name", "content", "inline"),
    [
        ("รูป.png", picture("PNG"), True),
        ("ใบ.pdf", samples.PDF, True),
        ("บันทึก.txt", samples.TEXT, False),
        ("หนังสือ.docx", TAKEN["a.docx"][0], False),
    ],
)
def test_only_pictures_and_pdf_open_in_the_browser_and_none_can_act(
    name: str, content: bytes, inline: bool, officer: User, client_for: object
) -> None:
    response = _get(client_for(officer), _document(make_petition(), name, content))
    assert response["Content-Disposition"].startswith("inline" if inline else "attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert response["Cache-Control"] == "private, no-store"


def test_a_copy_costs_few_queries(
    officer: User, client_for: object, django_assert_max_num_queries: object
) -> None:
    document, client = _document(make_petition()), client_for(officer)
    with django_assert_max_num_queries(6):
        _get(client, document)
