"""The tables that a demo's matters leave rows in, each with its columns, in the order in which they are written."""

from __future__ import annotations

from typing import Final

from django.core.management.color import no_style
from django.db import connection

from complaints.models import CourtStep, Hearing, Petition, Petitioner, Referral, RelatedMatter
from office.models import Deadline, Event, Matter, Notice
from projectplan.demo.parliament.sheets import ParliamentSheets
from projectplan.demo.publicrelations.sheets import PublicRelationsSheets
from projectplan.demo.sheet import Row, Sheet

MATTER: Final = [
    "id",
    "kind",
    "series",
    "year",
    "number",
    "title",
    "subgroup",
    "owner",
    "secrecy",
    "received_at",
    "registered_at",
    "closed_at",
    "search_text",
    "version",
]
PETITION: Final = [
    "matter",
    "state",
    "petition_kind",
    "channel",
    "category",
    "story",
    "province",
    "education_area",
    "place",
    "agency",
    "agency_text",
    "political_source",
    "month",
    "code_fingerprint",
    "summary",
    "opinion",
    "decision",
    "order_text",
    "told_text",
    "result",
    "came_from",
    "locked_at",
    "check_result",
    "text_key",
    "joined_to",
    "split_from",
    "transferred_to",
]
PETITIONER: Final = [
    "petition",
    "name",
    "telephone",
    "email",
    "address",
    "thai_id_sealed",
    "thai_id_fingerprint",
    "name_key",
    "telephone_key",
    "consent_at",
]
DEADLINE: Final = [
    "id",
    "matter",
    "kind",
    "rule",
    "continues",
    "amount",
    "unit",
    "calendar",
    "start_at",
    "due_at",
    "met_at",
    "dropped_at",
    "late_reason",
    "responsible",
    "follower",
    "next_reminder",
    "remind_at",
]
EVENT: Final = [
    "id",
    "matter",
    "at",
    "actor",
    "actor_label",
    "acting_for",
    "step",
    "from_state",
    "to_state",
    "reason",
    "changes",
    "version",
]
REFERRAL: Final = [
    "id",
    "petition",
    "agency",
    "asked",
    "sent_at",
    "sent_by",
    "deadline",
    "acknowledged_at",
    "answered_at",
    "answer",
    "declined_at",
    "decline_reason",
    "chased_count",
    "last_chased_at",
]
RELATED: Final = [
    "matter",
    "state",
    "came_from",
    "locked_at",
    "summary",
    "opinion",
    "decision",
    "order_text",
    "related_kind",
    "story",
    "received_from",
    "agency",
    "arises_from",
    "official_position",
    "amount",
    "committee",
    "limitation_on",
    "court",
    "court_name",
    "case_number",
    "stage",
    "role",
    "result",
]
HEARING: Final = [
    "id",
    "related_matter",
    "at",
    "purpose",
    "room",
    "attends",
    "deadline",
    "outcome",
    "recorded_at",
    "recorded_by",
    "cancelled_at",
]
COURT_STEP: Final = [
    "id",
    "related_matter",
    "kind",
    "court_name",
    "on",
    "note",
    "recorded_at",
    "recorded_by",
]
NOTICE: Final = [
    "id",
    "way",
    "kind",
    "recipient",
    "matter",
    "deadline",
    "subject_id",
    "text",
    "once_key",
    "made_at",
    "deliver_from",
    "held_until",
    "sent_at",
    "failures",
    "digest",
    "read_at",
]


class Sheets:
    """One sheet per table that a matter leaves rows in; written parents first."""

    def __init__(self) -> None:
        self.matters = Sheet(Matter, MATTER)
        self.petitions = Sheet(Petition, PETITION)
        self.petitioners = Sheet(Petitioner, PETITIONER)
        self.deadlines = Sheet(Deadline, DEADLINE)
        self.events = Sheet(Event, EVENT)
        self.referrals = Sheet(Referral, REFERRAL)
        self.notices = Sheet(Notice, NOTICE)
        self.related = Sheet(RelatedMatter, RELATED)
        self.hearings = Sheet(Hearing, HEARING)
        self.court_steps = Sheet(CourtStep, COURT_STEP)
        self.parliament = ParliamentSheets()
        self.publicrelations = PublicRelationsSheets()

    @property
    def all(self) -> list[Sheet]:
        return [
            self.matters,
            self.petitions,
            self.petitioners,
            self.deadlines,
            self.events,
            self.referrals,
            self.notices,
            self.related,
            self.hearings,
            self.court_steps,
            *self.parliament.all,
            *self.publicrelations.all,
        ]

    def take(self) -> list[list[Row]]:
        """The rows that are waiting, sheet by sheet."""
        return [sheet.take() for sheet in self.all]

    def write(self, rows: list[list[Row]]) -> None:
        """Write what was taken."""
        for sheet, own in zip(self.all, rows, strict=True):
            sheet.write(own)


def reset_sequences(sheets: Sheets) -> None:
    """Rows made afterwards get keys after those given here."""
    made = [sheet.model for sheet in sheets.all if sheet.gives_keys]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), made):
            cursor.execute(statement)
