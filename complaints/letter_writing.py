"""Writing letters: a draft from a template, what may stand in it, and what must be known before it gets its number."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from complaints.letter_fields import FIELDS, PERSONAL, names_of, values_of
from complaints.models import Petitioner
from office.merge_fields import fill, has_torn_braces, names_in, token, unknown_in
from office.models import Agency, LetterKind, LetterParagraph, LetterTemplate, OutgoingLetter, Role, User
from office.models.letter import TO_THE_PETITIONER, WORDS

SHORTEST_KEPT = 4
"""Letters a petitioner's datum must have to be looked for in a text: a shorter one stands in other words too."""


def templates_for(matter_kind: str) -> QuerySet[LetterTemplate]:
    """The templates in use for a kind of matter, in the office's order."""
    return LetterTemplate.objects.filter(matter_kind=matter_kind, is_active=True).order_by("rank", "pk")


def why_not(matter: Any, kind: str) -> str:
    """Why no letter of this kind can be written about a matter; empty when one can."""
    if kind in TO_THE_PETITIONER and not Petitioner.objects.filter(pk=matter.pk).exists():
        return _("This petition is anonymous: there is nobody to write to.")
    return ""


def signers(subgroup_id: int) -> QuerySet[User]:
    """Who may stand under a letter: those in authority, the heads, and the officers of the subgroup."""
    executives = User.objects.with_role(Role.EXECUTIVE)
    own = User.objects.filter(
        is_active=True, subgroup=subgroup_id, groups__name__in=[Role.HEAD, Role.OFFICER]
    )
    return (executives | own).distinct().order_by("display_name")


def usual_signer(subgroup_id: int) -> User | None:
    """The head of the subgroup, unless another one is chosen."""
    return User.objects.heads_of(subgroup_id).order_by("pk").first()


# ── Drafts ──────────────────────────────────────────────────────────────────────────────────


def write_draft(
    template: LetterTemplate,
    matter: Any,
    *,
    by: User,
    now: datetime,
    chosen: Collection[int] | None = None,
    agency: Agency | None = None,
    signer: User | None = None,
    batch: UUID | None = None,
) -> OutgoingLetter:
    """A saved draft: the template's words with what is known of the matter; personal data stay as fields.

    `chosen` are the optional paragraphs by key; None takes those the template chooses. Raises ValidationError where
    there is nobody to write to.
    """
    letter = composed(template, matter, by=by, now=now, chosen=chosen, agency=agency)
    letter.signer = signer or usual_signer(matter.subgroup_id)
    letter.batch = batch
    letter.save()
    return letter


def composed(
    template: LetterTemplate,
    matter: Any,
    *,
    by: User,
    now: datetime,
    chosen: Collection[int] | None = None,
    agency: Agency | None = None,
) -> OutgoingLetter:
    """The same, not saved: for a preview of what a batch would write."""
    hindrance = why_not(matter, template.kind)
    if hindrance:
        raise ValidationError(hindrance)
    if template.kind == LetterKind.AGENCY and agency is None:
        raise ValidationError({"agency": _("Choose the agency the letter goes to.")})
    letter = OutgoingLetter(
        matter_id=matter.pk,
        template=template,
        kind=template.kind,
        agency=agency,
        to_whom=template.to_whom,
        subject=template.subject,
        body="\n".join(one.text.strip() for one in paragraphs_of(template, chosen)),
        made_at=now,
        made_by=by,
    )
    _fill(letter, matter)
    hide_personal(letter, matter)
    return letter


def paragraphs_of(template: LetterTemplate, chosen: Collection[int] | None) -> Iterable[LetterParagraph]:
    """The paragraphs a letter begins with, in their order."""
    for paragraph in template.paragraphs.all():
        wanted = paragraph.is_chosen if chosen is None else paragraph.pk in chosen
        if wanted or not paragraph.is_optional:
            yield paragraph


def _fill(letter: OutgoingLetter, matter: Any) -> None:
    """Put in what is known and not personal; what is not known yet stays as a field, to be seen and dealt with."""
    names = names_in(*words_of(letter))
    values = values_of(matter, letter, names, with_personal=False)
    for field in WORDS:
        # Line breaks of a value begin paragraphs in the text; a subject has none.
        filled = fill(getattr(letter, field), values)
        setattr(
            letter,
            field,
            filled if field in ("body", "enclosures") else " ".join(filled.split())[: _room(field)],
        )


def _room(field: str) -> int | None:
    return OutgoingLetter._meta.get_field(field).max_length  # type: ignore[union-attr]  # a text field has one


def hide_personal(letter: OutgoingLetter, matter: Any) -> None:
    """Where somebody wrote out the petitioner's name or address the field stands instead; the paper reads the same."""
    person = Petitioner.objects.filter(pk=matter.pk).first()
    if person is None:
        return
    hidden = {
        person.name: "ชื่อผู้ร้อง",
        person.telephone: "โทรศัพท์ผู้ร้อง",
        person.email: "อีเมลผู้ร้อง",
        " ".join(person.address.split()): "ที่อยู่ผู้ร้อง",
    }
    for written in sorted(hidden, key=len, reverse=True):
        if len(written) < SHORTEST_KEPT:
            continue
        for field in WORDS:
            setattr(letter, field, getattr(letter, field).replace(written, token(hidden[written])))


def words_of(letter: OutgoingLetter) -> list[str]:
    """All that the writer of a letter wrote."""
    return [getattr(letter, field) for field in WORDS]


def has_personal_fields(letter: OutgoingLetter) -> bool:
    """Whether the paper shows a petitioner's data: then looking at it is logged."""
    return any(name in PERSONAL for name in names_in(*words_of(letter)))


def keep_draft(letter: OutgoingLetter, words: Mapping[str, Any], *, seen: int) -> bool:
    """Save what was written on the version that was seen; False when it is another one or issued meanwhile."""
    own = OutgoingLetter.objects.filter(pk=letter.pk, version=seen, issued_at=None)
    return own.update(version=F("version") + 1, **words) == 1


# ── What may stand in a text ────────────────────────────────────────────────────────────────


def check_fields(text: str, matter_kind: str) -> None:
    """Raise a ValidationError that names what stands in double braces and is no field of this kind of matter."""
    unknown = unknown_in([text], names_of(matter_kind))
    if unknown:
        raise ValidationError(
            _("There is no field %(names)s. Take one from the list of fields, written just so."),
            code="unknown_field",
            params={"names": " ".join(token(name) for name in unknown)},
        )
    if has_torn_braces(text):
        raise ValidationError(
            _("A field begins with {{ and ends with }}; here one of them is missing."), code="torn_braces"
        )


def complete(letter: OutgoingLetter, matter: Any) -> None:
    """Fix the words of a letter before it gets its number: what is known now is put in for good.

    Raises a ValidationError that names what is not known. Personal fields stay fields, and must have a value.
    """
    _fill(letter, matter)
    left = names_in(*words_of(letter))
    if not letter.body.strip():
        raise ValidationError({"body": _("The letter says nothing yet.")})
    known = values_of(matter, letter, left, with_personal=True) if matter.kind in FIELDS else {}
    missing = [name for name in left if not known.get(name)]
    if missing:
        raise ValidationError(
            _("Nothing is known yet for %(names)s. Write it yourself, or take the field out."),
            code="missing_value",
            params={"names": " ".join(token(name) for name in missing)},
        )
