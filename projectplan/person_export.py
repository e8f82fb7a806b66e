"""The file that is handed to a person: what is held on them as JSON, the same to be read, and their own files.

Made in the background, taken by the officer in charge alone, and removed after EXPORT_KEPT.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, Q
from django.forms.models import model_to_dict
from django.template.loader import render_to_string
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from complaints.person import held_on_petition, held_on_visit
from office.making import Claim, keep_file
from office.models import (
    Contact,
    ContactCorrection,
    Document,
    Matter,
    PersonExport,
    PersonFinding,
    PersonRequest,
)
from office.models.letter import TO_THE_PETITIONER
from office.paper import render_pdf
from office.paper_words import thai_figures
from projectplan.models import Invitee, Participant
from projectplan.person_requests import SOURCES
from publicrelations.models import Attendance, Recipient, Reporter

EXPORT_KEPT: Final = timedelta(days=7)
CHUNK: Final = 1024 * 1024

Verdict = PersonFinding.Verdict

WORDS: Final = {
    "name": _("name"),
    "telephone": _("telephone"),
    "mobile": _("mobile telephone"),
    "email": _("e-mail"),
    "address": _("address"),
    "thai_id": _("citizen's identity number"),
    "consent_at": _("consent given at"),
    "number": _("number"),
    "received_at": _("received at"),
    "closed_at": _("closed at"),
    "came_at": _("came at"),
    "title": _("subject"),
    "story": _("story"),
    "place": _("place"),
    "told": _("what you were told"),
    "asked": _("asked and answered"),
    "position": _("position"),
    "agency": _("agency"),
    "note": _("note"),
    "beat": _("writes about"),
    "line_id": _("LINE"),
    "contact_name": _("contact person"),
    "attention": _("addressed to"),
    "postcode": _("postcode"),
    "outlet_name": _("the media"),
    "group": _("group"),
    "has_answered": _("has answered"),
}

IN_THAI_FIGURES: Final = frozenset({"telephone", "mobile", "thai_id", "address", "postcode"})


def _columns(model: type[Model], *names: str) -> Callable[[int], dict[str, Any]]:
    """What a row holds on a person, by its columns."""
    return lambda key: model_to_dict(model._default_manager.get(pk=key), fields=names)


def _mention(key: int) -> dict[str, Any]:
    """Of a matter in which a person is only named, that there is one: the rest is others'."""
    matter = Matter.objects.get(pk=key)
    return {"number": matter.label, "received_at": matter.received_at}


HELD: Final[dict[str, Callable[[int], dict[str, Any]]]] = {
    "petition": held_on_petition,
    "visit": held_on_visit,
    "matter": _mention,
    "contact": _columns(Contact, "name", "position", "telephone", "mobile", "email", "note"),
    "contact_correction": _columns(
        ContactCorrection, "name", "position", "telephone", "mobile", "email", "note"
    ),
    "reporter": _columns(Reporter, "name", "beat", "telephone", "email", "line_id"),
    "attendance": _columns(Attendance, "name", "outlet_name"),
    "recipient": _columns(
        Recipient, "name", "attention", "address", "postcode", "contact_name", "telephone", "email", "note"
    ),
    "participant": _columns(Participant, "name", "position", "email", "telephone"),
    "invitee": _columns(Invitee, "name", "email", "group", "has_answered"),
}


def content(request: PersonRequest) -> dict[str, Any]:
    """What is handed out and what is refused, of what was marked as this person's."""
    theirs = request.findings.filter(verdict=Verdict.THEIRS).order_by("source", "key")
    refused = request.findings.filter(verdict=Verdict.REFUSED).order_by("source", "key")
    return {
        "request": str(request),
        "name": request.name,
        "asked_on": request.asked_on,
        "held": [
            {"where": str(SOURCES[one.source]), "source": one.source, "data": HELD[one.source](one.key)}
            for one in theirs
        ],
        "refused": [
            {"where": str(SOURCES[one.source]), "number": one.label, "reason": one.refused_reason}
            for one in refused
        ],
    }


def files_of(request: PersonRequest) -> list[Document]:
    """The files that this person sent, and the letters that went to them."""
    theirs = request.findings.filter(verdict=Verdict.THEIRS, source="petition").values("key")
    own = Q(source=Document.Source.PETITIONER) | Q(letter__kind__in=TO_THE_PETITIONER)
    return list(Document.objects.filter(own, matter__in=theirs).exclude(sha256="").order_by("matter", "pk"))


def ask_for(request: PersonRequest, *, by: Any, now: datetime) -> PersonExport:
    """The row of a file to be made; one that is being made already is waited for."""
    being_made = request.exports.being_made().first()
    return being_made or PersonExport.objects.create(request=request, asked_at=now, asked_by=by)


def make(pk: int, now: datetime) -> bool:
    """Make one file, unless another worker has it; whether it was made."""
    claim = Claim.take(PersonExport, pk, now)
    if claim is None:
        return False
    request = PersonExport.objects.select_related("request").get(pk=pk).request
    try:
        with override(settings.LANGUAGE_CODE), TemporaryDirectory() as folder:
            file = Path(folder) / "export.zip"
            _write(request, file)
            sha256 = keep_file(file, lambda own: PersonExport(sha256=own).path)
    except Exception as fault:
        claim.fail(fault)
        raise
    return claim.finish(
        state=PersonExport.State.ISSUED,
        progress=100,
        sha256=sha256,
        issued_at=now,
        expires_at=now + EXPORT_KEPT,
    )


def _write(request: PersonRequest, file: Path) -> None:
    whole = content(request)
    title = gettext("What the office holds on you")
    context = {
        "content": _readable(whole),
        "title": title,
        "office_name": settings.OFFICE_NAME,
        "office_parent_name": settings.OFFICE_PARENT_NAME,
    }
    page = render_to_string("projectplan/paper/person.html", context)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", json.dumps(whole, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
        archive.writestr("summary.pdf", render_pdf(page, title=title))
        for document in files_of(request):
            name = f"files/{document.matter_id}-{document.pk}-{document.name}"
            with default_storage.open(document.path) as source, archive.open(name, "w") as target:
                while piece := source.read(CHUNK):
                    target.write(piece)


def _readable(whole: dict[str, Any]) -> dict[str, Any]:
    """The same with the words of the fields, and without what is empty."""
    held = [
        {
            "where": one["where"],
            "lines": [
                (WORDS[name], _on_paper(name, value))
                for name, value in one["data"].items()
                if value not in ("", None, [])
            ],
        }
        for one in whole["held"]
    ]
    return whole | {"held": held}


def _on_paper(name: str, value: Any) -> Any:
    """A value as its person reads it: questions with their answers in turn, figures of an address in Thai."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list):
        words = (gettext("Question"), gettext("Answer"))
        return "\n".join(
            f"{word}: {text}" for turn in value for word, text in zip(words, turn, strict=True) if text
        )
    return thai_figures(value) if name in IN_THAI_FIGURES else value


def make_waiting(now: Callable[[], datetime]) -> None:
    """Make what was asked for while the queue was down, and let go what has had its days."""
    for pk in list(PersonExport.objects.waiting(now()).values_list("pk", flat=True)):
        make(pk, now())
    remove_expired(now())


def remove_expired(now: datetime) -> int:
    """The file of an export goes after its days; that it was made and taken stays."""
    expired = list(PersonExport.objects.filter(expires_at__lt=now, removed_at=None))
    for one in expired:
        kept = PersonExport.objects.filter(sha256=one.sha256, removed_at=None, expires_at__gte=now)
        if not kept.exists():
            default_storage.delete(one.path)
        PersonExport.objects.filter(pk=one.pk).update(removed_at=now)
    return len(expired)


def title_of(request: PersonRequest) -> str:
    """How the file is called on the officer's disk."""
    return gettext("personal-data-%(number)s.zip") % {"number": request.pk}
