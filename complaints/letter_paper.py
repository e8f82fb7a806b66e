"""A letter on paper: by the forms of the regulation on correspondence, made into the PDF that is kept."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any, Final

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override
from pypdf import PdfReader

from complaints.letter_fields import values_of
from complaints.letter_writing import words_of
from complaints.models import Petition, Petitioner, RelatedMatter
from office.calendar import OFFICE_TZ
from office.documents import Upload, attach, safe_name
from office.merge_fields import FIELD, fill, names_in
from office.models import Document, LetterKind, Matter, OutgoingLetter, Secrecy
from office.models.letter import WORDS
from office.paper import render_pdf
from office.paper_words import as_on_paper, at_spaces_only, emblem, thai_figures
from office.thai import format_long
from office.word import render_word

BLANK: Final = "………………"
"""Stands in a preview where a value is not known yet."""
PDF: Final = "application/pdf"


class MatterMovedOn(Exception):
    """A Word file made now would not say what the letter said when it left: its matter has been changed since."""


_CLASSES: Final = {Matter.Kind.PETITION.value: Petition, Matter.Kind.RELATED.value: RelatedMatter}


def matter_of(letter: OutgoingLetter) -> Any:
    """The petition or related matter a letter is about."""
    kind: Any = _CLASSES[letter.matter.kind]
    return kind.objects.select_related("agency", "owner").get(pk=letter.matter_id)


def paper(letter: OutgoingLetter, secrecy: int, values: Mapping[str, str], day: date) -> str:
    """The whole HTML document of a letter; a draft has no number yet, and a blank for what is not known."""
    said = {field: FIELD.sub(BLANK, fill(getattr(letter, field), values)) for field in WORDS}
    with override(settings.LANGUAGE_CODE):
        context = {
            "letter": letter,
            "title": title_of(letter),
            "draft": "" if letter.label else _("Draft"),
            "number": letter.label or f"{settings.SERIES_PREFIXES['letter']}/",
            "day": format_long(day).replace(" ", "\u00a0"),
            "to_whom": as_on_paper(said["to_whom"]),
            "subject": as_on_paper(said["subject"]),
            "refers_to": as_on_paper(said["refers_to"]),
            "enclosures": _lines(said["enclosures"]),
            "paragraphs": _lines(said["body"]),
            "secrecy": Secrecy(secrecy).label if secrecy else "",
            "speed": letter.get_speed_display() if letter.speed else "",
            "signer": str(letter.signer) if letter.signer else "",
            "position": as_on_paper(str(letter.signer.position or "")) if letter.signer else "",
            "office_name": at_spaces_only(settings.OFFICE_NAME),
            "office_parent_name": at_spaces_only(settings.OFFICE_PARENT_NAME),
            "office_address": at_spaces_only(thai_figures(settings.OFFICE_ADDRESS)),
            "office_telephone": thai_figures(settings.OFFICE_TELEPHONE),
            "emblem": emblem(),
        }
        form = "memo" if letter.kind == LetterKind.MEMO else "outside_letter"
        return render_to_string(f"paper/{form}.html", context)


def _lines(text: str) -> list[SafeString]:
    return [as_on_paper(line.strip()) for line in text.splitlines() if line.strip()]


def title_of(letter: OutgoingLetter) -> str:
    """What a reader's window says: number and kind, never a name."""
    number = letter.label or _("Draft")
    return f"{number} {letter.get_kind_display()}"


def pdf_of(letter: OutgoingLetter, matter: Any, now: datetime) -> bytes:
    """The PDF as it would leave now. It shows personal data: whoever is shown it is logged by the caller."""
    with override(settings.LANGUAGE_CODE):
        return render_pdf(_filled_in(letter, matter, now), title=title_of(letter))


def word_of(letter: OutgoingLetter, matter: Any, now: datetime) -> bytes:
    """The same letter as a Word file, under the same care: it shows what the PDF shows.

    Raises MatterMovedOn for an issued letter whose fields no longer say what stands on its kept paper.
    """
    if letter.document is not None and _says(bytes_of(letter)) != _says(pdf_of(letter, matter, now)):
        raise MatterMovedOn(letter.label)
    with override(settings.LANGUAGE_CODE):
        return render_word(_filled_in(letter, matter, now), title=title_of(letter))


def _filled_in(letter: OutgoingLetter, matter: Any, now: datetime) -> str:
    values = values_of(matter, letter, names_in(*words_of(letter)), with_personal=True)
    day = (letter.issued_at or now).astimezone(OFFICE_TZ).date()
    return paper(letter, matter.secrecy, values, day)


def _says(pdf: bytes) -> str:
    """The words of a PDF; how they stand on its pages, the layout of its day decides."""
    return "".join("".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages)


def keep_paper(letter_id: int, now: datetime) -> Document | None:
    """Make the PDF of an issued letter and keep it with its matter; None when it is kept already.

    Its number is given before, in a short transaction of its own, so that no other writer waits for a layout. A
    maker that is killed leaves a letter without paper, which the clock makes up for.
    """
    bare = OutgoingLetter.objects.filter(pk=letter_id, issued_at__isnull=False, document=None)
    letter = bare.select_related("matter", "agency", "signer__position", "issued_by").first()
    if letter is None:
        return None
    matter = matter_of(letter)
    upload = _waiting(pdf_of(letter, matter, now), file_name(letter))
    with transaction.atomic():
        [document] = attach(
            matter, [upload], source=Document.Source.OFFICE, added_by=letter.issued_by, now=now
        )
        if not bare.update(document=document):  # another maker was faster
            transaction.set_rollback(True)
            return None
    return document


def file_name(letter: OutgoingLetter, ending: str = "pdf") -> str:
    """`ศธ ๐๑๐๐.๕-๑๒๓ บันทึกข้อความ.pdf`: number, or that it is a draft, and kind, never a name."""
    with override(settings.LANGUAGE_CODE):
        return safe_name(f"{title_of(letter).replace('/', '-')}.{ending}")


def labels_pdf(letters: Sequence[OutgoingLetter]) -> bytes:
    """Sheets of address labels, two in a row, in the order given. Memos go by hand and have none."""
    people = Petitioner.objects.in_bulk([one.matter_id for one in letters if one.is_to_the_petitioner])
    rows = []
    for letter in letters:
        if letter.agency:
            rows.append({"number": letter.label, "name": letter.agency.name, "address": ""})
        elif letter.matter_id in people:
            person = people[letter.matter_id]
            rows.append(
                {"number": letter.label, "name": person.name, "address": thai_figures(person.address)}
            )
    with override(settings.LANGUAGE_CODE):
        title = _("Address labels")
        context = {"title": title, "rows": rows, "office_name": settings.OFFICE_NAME}
        return render_pdf(render_to_string("paper/labels.html", context), title=title)


def _waiting(pdf: bytes, name: str) -> Upload:
    upload = Upload(uuid.uuid4().hex, name, len(pdf), hashlib.sha256(pdf).hexdigest(), PDF)
    default_storage.save(upload.path, ContentFile(pdf))
    return upload


def bytes_of(letter: OutgoingLetter) -> bytes:
    """The kept PDF of an issued letter."""
    if letter.document is None:
        raise ValueError(f"Letter {letter.pk} has no paper yet.")
    with default_storage.open(letter.document.path) as file:
        return bytes(file.read())
