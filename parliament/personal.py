"""What of parliament's business says something of a person; see `office.personal`. What parliament did is public and
kept; what members and bodies raised with the minister ends as other matters do."""

from __future__ import annotations

from typing import Final

from office.models import Matter
from office.personal import Declared

_CONSULTATION: Final = frozenset({Matter.Kind.CONSULTATION.value})
_IN_OFFICE: Final = "whoever sits in parliament is a public person; how they are reached is kept true"

DECLARED: Final = [
    Declared(model="parliament.AgendaItem", kept=("number",), public=("title", "resolution")),
    Declared(model="parliament.BusinessLine", kept=("dimension", "key")),
    Declared(model="parliament.Recess", kept=("reason",)),
    Declared(model="parliament.Party", kept=("name", "short_name")),
    Declared(
        model="parliament.Member",
        public=("title", "name", "sort_name", "list_group"),
        apart=("telephone", "email"),
        why=_IN_OFFICE,
    ),
    Declared(model="parliament.Committee", kept=("name",)),
    Declared(model="parliament.ConstitutionalBody", kept=("name", "short_name")),
    Declared(
        model="parliament.Bill",
        kept=("gazette_volume", "gazette_part", "gazette_page", "bill_number"),
        public=("closing_note", "proposer_text", "substance"),
    ),
    Declared(model="parliament.BillStage", public=("note",)),
    Declared(model="parliament.FollowUp", public=("wanted", "outcome")),
    Declared(model="parliament.Meeting", kept=("sitting_number", "place"), public=("minutes",)),
    Declared(
        model="parliament.Binder",
        kept=("sha256", "fingerprint", "matter_keys"),
        public=("contents", "faults"),
    ),
    Declared(
        model="parliament.AgencyRequest",
        of="matter",
        subjects=_CONSULTATION,
        emptied=("asked", "answer", "decline_reason"),
        why="those of questions and motions belong to an answer that is public",
    ),
    Declared(model="parliament.RequestLink", kept=("salt", "digest")),
    Declared(
        model="parliament.Consultation",
        of="pk",
        subjects=_CONSULTATION,
        emptied=(
            "told_text", "summary", "opinion", "order_text", "raiser_line", "minister_line", "raiser_told_note",
            "minister_told_note", "text", "raiser_email",
        ),
        kept=("passed_to", "reference", "who_is_told"),
    ),
    Declared(model="parliament.AnswerDraft", public=("text", "note")),
    Declared(model="parliament.DraftRemark", public=("text",)),
    Declared(
        model="parliament.Interpellation",
        kept=("transferred_to", "gazette_volume", "gazette_part", "gazette_page"),
        public=("text", "answered_by"),
    ),
    Declared(model="parliament.SubQuestion", public=("text",)),
    Declared(
        model="parliament.MemberImport",
        kept=("file_name", "header", "fields"),
        apart=("rows", "plan"),
        why="a list of members as it was brought; it goes whole a year after, by the clock",
    ),
    Declared(model="parliament.Motion", kept=("transferred_to",), public=("text", "answered_by")),
    Declared(
        model="parliament.Telling",
        public=("name", "email", "message"),
        why="who was told of a sitting in their office; the meeting is kept for ever",
    ),
    Declared(model="parliament.Need", public=("what",)),
    Declared(model="parliament.TellingLink", kept=("salt", "digest")),
]  # fmt: skip
