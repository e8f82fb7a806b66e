"""Which words and files of every model say something of a person, and what becomes of them when their time is over.

Each room declares its own models (`<room>/personal.py`); a test fails as long as a text or a file of any model is
declared nowhere. Nothing here acts: `projectplan.anonymising` does what is declared.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.apps import apps
from django.db.models import Case, Model, Q, QuerySet, Value, When

from office.models import Matter, Shelf

REMOVED: Final = "(ลบข้อมูลส่วนบุคคลแล้ว)"
"""What stands, in the office's language, where words must stand and were removed."""

MATTERS: Final = frozenset(kind.value for kind in Matter.Kind)


@dataclass(frozen=True, kw_only=True)
class Declared:
    """Every text and file of one model, each in one of these lists.

    `emptied`, `replaced` (by REMOVED, for what may not be empty) and `special` (`projectplan.anonymising` knows how)
    go when the record that `of` leads to is anonymised, of these `subjects`. `kept` says nothing of a person;
    `public` was public when it was new; `apart` is personal and ends otherwise, as `why` says.
    """

    model: str
    of: str = ""
    subjects: Collection[str] = MATTERS
    emptied: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    special: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    public: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    why: str = ""

    @property
    def fields(self) -> list[str]:
        """Every field that is declared, as often as it is."""
        return [
            *self.emptied, *self.replaced, *self.special, *self.kept, *self.public, *self.apart,
        ]  # fmt: skip

    @property
    def rows_of(self) -> type[Model]:
        return apps.get_model(self.model)

    def empty(self, key: int) -> int:
        """Empty what hangs on one record, in one update; how many rows that were."""
        if not (self.emptied or self.replaced):
            return 0
        nothing = {name: _nothing(self.rows_of, name) for name in self.emptied}
        words = {name: _replaced(name) for name in self.replaced}
        return self.rows_of._default_manager.filter(**{self.of: key}).update(**nothing, **words)


def _nothing(model: type[Model], name: str) -> Any:
    field: Any = model._meta.get_field(name)
    return field.get_default() if field.get_internal_type() == "JSONField" else ""


def _replaced(name: str) -> Case:
    return Case(When(Q(**{name: ""}), then=Value("")), default=Value(REMOVED))


@dataclass(frozen=True, kw_only=True)
class ShelfOf:
    """Where personal data stand that hang on no matter: whose rows, when the time of one begins, whose they are."""

    shelf: Shelf
    model: str
    ended: str
    """The field from which its years are counted; empty in what goes on."""
    subgroup: str = ""
    """Code of the subgroup that reviews it; empty: the whole group."""
    label: Callable[[Any], str]

    @property
    def rows(self) -> QuerySet[Any]:
        return apps.get_model(self.model)._default_manager.all()

    def ended_on(self, row: Any) -> date | datetime:
        moment: date | datetime = getattr(row, self.ended)
        return moment


SHELVES: Final = [
    ShelfOf(
        shelf=Shelf.CONTACT,
        model="office.Contact",
        ended="until_on",
        label=lambda contact: contact.agency.short_name or contact.agency.name,
    ),
    ShelfOf(
        shelf=Shelf.PERSON_REQUEST,
        model="office.PersonRequest",
        ended="answered_at",
        label=str,
    ),
]

_CONTACT: Final = frozenset({Shelf.CONTACT.value})
_REQUEST: Final = frozenset({Shelf.PERSON_REQUEST.value})
_BROUGHT: Final = "a list of offices as it was brought; it goes whole a year after, by the clock"

DECLARED: Final = [
    Declared(model="office.Province", kept=("code", "name", "name_en")),
    Declared(model="office.EducationArea", kept=("name",)),
    Declared(
        model="office.Agency",
        kept=(
            "name",
            "short_name",
            "other_names",
            "sort_name",
            "postcode",
            "website",
            "email",
            "telephone",
            "address",
        ),
        apart=("contact_name",),
        why="who answers for a body today; the network is kept true, and contacts who left have a rule",
    ),
    Declared(model="office.ApiToken", kept=("name", "scopes", "start", "digest")),
    Declared(model="office.Subgroup", kept=("code", "name", "name_en")),
    Declared(model="office.Position", kept=("name",)),
    Declared(
        model="office.User",
        apart=("username", "password", "first_name", "last_name", "email", "display_name", "seconded_from"),
        why="officials answer for their acts by name; an account that is switched off stays",
    ),
    Declared(model="office.CalendarEdition", kept=("note",)),
    Declared(model="office.OfficeDay", kept=("name",)),
    Declared(
        model="office.Contact",
        of="pk",
        subjects=_CONTACT,
        replaced=("name",),
        emptied=("sort_name", "position", "telephone", "mobile", "email", "note"),
    ),
    Declared(model="office.ContactLink", kept=("salt", "digest")),
    Declared(
        model="office.ContactCorrection",
        of="contact",
        subjects=_CONTACT,
        replaced=("name",),
        emptied=("position", "telephone", "mobile", "email", "note"),
    ),
    Declared(model="office.NumberSeries", kept=("prefix",)),
    Declared(model="office.Matter", of="pk", special=("title", "search_text"), kept=("series",)),
    Declared(model="office.DeadlineRule", kept=("scope", "source")),
    Declared(
        model="office.Deadline",
        kept=("late_reason",),
        why="the office's own reason, which the monthly report prints; the form asks for no names in it",
    ),
    Declared(model="office.Document", of="matter", special=("name", "sha256"), kept=("content_type",)),
    Declared(
        model="office.Event",
        of="matter",
        special=("reason", "changes"),
        kept=("actor_label", "step", "from_state", "to_state"),
    ),
    Declared(model="office.CalendarFeed", kept=("salt", "digest")),
    Declared(model="office.LetterTemplate", kept=("name", "to_whom", "subject")),
    Declared(model="office.LetterParagraph", kept=("label", "text")),
    Declared(model="office.LetterTemplateEdition", kept=("content",)),
    Declared(
        model="office.OutgoingLetter",
        of="matter",
        emptied=("to_whom", "subject", "refers_to", "enclosures", "body"),
        kept=("series",),
    ),
    Declared(
        model="office.IncomingDocument",
        of="matter",
        replaced=("sender", "subject"),
        emptied=("their_number", "practice", "note"),
        kept=("series", "addressee"),
    ),
    Declared(model="office.IncomingEntry", of="incoming__matter", emptied=("text",)),
    Declared(
        model="office.IncomingFile", of="incoming__matter", special=("name", "sha256"), kept=("content_type",)
    ),
    Declared(model="office.MatterLink", of="from_matter", special=("note",)),
    Declared(
        model="office.Topic",
        apart=("name", "note"),
        why="of several matters at once; who may see them words it anew, and each change is in the trail",
    ),
    Declared(
        model="office.KeptDraft",
        kept=("page",),
        apart=("sealed",),
        why="sealed; it goes once the form is saved, or after days, by the clock",
    ),
    Declared(
        model="office.SavedSearch",
        apart=("sealed",),
        why="a person's own shortcut; its words are sealed, and it goes when its owner removes it",
    ),
    Declared(model="office.Backup", kept=("place",)),
    Declared(model="office.ClockWork", kept=("name", "fault")),
    Declared(model="office.WorkFault", kept=("source", "fault")),
    Declared(model="office.Leaving", kept=("sha256", "shares", "left_over")),
    Declared(model="office.OpenDataset", kept=("code",)),
    Declared(model="office.OpenMonth", kept=("dataset", "rows")),
    Declared(model="office.LetterDelivery", of="letter__matter", emptied=("proof",)),
    Declared(
        model="office.NetworkImport",
        kept=("file_name", "header", "fields"),
        apart=("rows", "plan"),
        why=_BROUGHT,
    ),
    Declared(model="office.Notice", of="matter", emptied=("text",), kept=("once_key",)),
    Declared(
        model="office.RegisterImport",
        kept=("sha256", "register", "file_name", "header", "headings_key", "fields", "loaded"),
        apart=("rows_path", "plan", "wrong"),
        why="thrown away by the office's own rule of days (office.register_bringing.forget_old)",
    ),
    Declared(
        model="office.Report", kept=("sha256", "content", "reason"), why="a report prints no personal data"
    ),
    Declared(
        model="office.SavedView",
        apart=("page", "name", "query"),
        why="a person's own shortcut; its words are sealed, and it goes when its owner removes it",
    ),
    Declared(model="office.RetentionRule", kept=("source",)),
    Declared(model="office.RetentionBatch", kept=("source", "returned_reason")),
    Declared(model="office.RetentionRow", kept=("label", "kept_out_reason")),
    Declared(model="office.Anonymised", kept=("source",)),
    Declared(model="office.FileToRemove", kept=("path",)),
    Declared(model="office.LegalHold", apart=("reason",), why="goes when the hold is lifted"),
    Declared(
        model="office.PersonRequest",
        of="pk",
        subjects=_REQUEST,
        replaced=("name",),
        emptied=("telephone", "email", "thai_id_fingerprint", "identified_by"),
    ),
    Declared(
        model="office.PersonFinding",
        of="request",
        subjects=_REQUEST,
        emptied=("label",),
        replaced=("refused_reason",),
        kept=("source", "found_by"),
    ),
    Declared(
        model="office.PersonExport", kept=("sha256",), why="the file itself goes after days, by the clock"
    ),
]
