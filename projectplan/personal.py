"""What of the plan's room says something of a person, and all that is declared by every room; see `office.personal`."""

from __future__ import annotations

from typing import Final

import complaints.personal
import office.personal
import parliament.personal
import publicrelations.personal
from office.models import Shelf
from office.personal import Declared, ShelfOf

_SEMINAR: Final = frozenset({Shelf.SEMINAR.value})
_SURVEY: Final = frozenset({Shelf.SURVEY.value})
_STAFF: Final = "what officials agreed to and did in the service; it is kept with the plan"
_ACCOUNTS: Final = "the books of account, which have rules of their own and are never changed"

OWN_SHELVES: Final = [
    ShelfOf(shelf=Shelf.SEMINAR, model="projectplan.Seminar", ended="ends_on", label=str),
    ShelfOf(shelf=Shelf.SURVEY, model="projectplan.Survey", ended="closes_at", label=str),
]

OWN: Final = [
    Declared(model="projectplan.Plan", kept=("title", "unit", "parent_unit", "vision", "goal")),
    Declared(model="projectplan.FrameItem", kept=("text",)),
    Declared(model="projectplan.Swot", kept=("text",)),
    Declared(model="projectplan.Strategy", kept=("name",)),
    Declared(model="projectplan.Programme", kept=("name",)),
    Declared(model="projectplan.Kpi", kept=("code", "name", "measure")),
    Declared(
        model="projectplan.Work",
        kept=("name", "unit", "indicator", "measure", "kinds", "quality", "recipients", "results"),
    ),
    Declared(model="projectplan.Agreement", apart=("reason",), why=_STAFF),
    Declared(model="projectplan.AgreementLine", kept=("name", "measure", "unit")),
    Declared(model="projectplan.Assessment", apart=("remark",), why=_STAFF),
    Declared(
        model="projectplan.AgreementEvent",
        kept=("act", "from_state", "to_state"),
        apart=("reason",),
        why=_STAFF,
    ),
    Declared(model="projectplan.Project", kept=("name",)),
    Declared(
        model="projectplan.Activity",
        kept=("name", "target", "indicator", "measure", "deliverables", "result_before"),
    ),
    Declared(
        model="projectplan.BudgetEntry",
        kept=("document_number", "once"),
        apart=("payee", "note", "decision_note"),
        why=_ACCOUNTS,
    ),
    Declared(model="projectplan.BudgetFile", kept=("sha256", "content_type"), apart=("name",), why=_ACCOUNTS),
    Declared(model="projectplan.Milestone", kept=("name",)),
    Declared(model="projectplan.PlanEdition", kept=("reason", "content")),
    Declared(model="projectplan.KpiEntry", kept=("text", "reason")),
    Declared(model="projectplan.KpiEvidence", kept=("name", "sha256", "content_type")),
    Declared(model="projectplan.FrozenValue", kept=("definition", "levels", "reason")),
    Declared(model="projectplan.Seminar", kept=("title", "topic", "place", "programme", "study_visit")),
    Declared(
        model="projectplan.Participant",
        of="seminar",
        subjects=_SEMINAR,
        replaced=("name",),
        emptied=("sort_name", "position", "email", "telephone"),
        kept=("agency",),
    ),
    Declared(model="projectplan.SeminarFile", kept=("name", "sha256", "content_type")),
    Declared(model="projectplan.Survey", kept=("title", "introduction")),
    Declared(model="projectplan.Question", kept=("text",)),
    Declared(
        model="projectplan.Invitee",
        of="survey",
        subjects=_SURVEY,
        replaced=("name",),
        emptied=("email",),
        kept=("group",),
    ),
    Declared(model="projectplan.SurveyLink", kept=("salt", "digest")),
    Declared(
        model="projectplan.AnswerSheet", of="survey", subjects=_SURVEY, emptied=("comment",), kept=("group",)
    ),
    Declared(model="projectplan.Training", apart=("topic", "organiser"), why=_STAFF),
    Declared(model="projectplan.TrainingFile", kept=("sha256", "content_type"), apart=("name",), why=_STAFF),
]

LIBRARIES: Final = [
    Declared(
        model="auditlog.LogEntry",
        kept=("object_pk", "cid", "remote_addr", "additional_data", "actor_email"),
        apart=("object_repr", "changes", "changes_text", "serialized_data"),
        why="the trail; of what is anonymised its words are removed with it (projectplan.anonymising)",
    ),
    Declared(
        model="admin.LogEntry",
        apart=("object_id", "object_repr", "change_message"),
        why="as the trail",
    ),
    Declared(model="auth.Permission", kept=("name", "codename")),
    Declared(model="auth.Group", kept=("name",)),
    Declared(model="contenttypes.ContentType", kept=("app_label", "model")),
    Declared(model="sessions.Session", apart=("session_key", "session_data"), why="gone with the session"),
    Declared(model="account.EmailAddress", apart=("email",), why="an official's own address"),
    Declared(model="account.EmailConfirmation", kept=("key",)),
    Declared(model="mfa.Authenticator", kept=("data",)),
    Declared(
        model="usersessions.UserSession",
        apart=("ip", "session_key", "user_agent", "data"),
        why="an official's own sign-ins, gone with the session",
    ),
]

DECLARED: Final = [
    *office.personal.DECLARED,
    *complaints.personal.DECLARED,
    *parliament.personal.DECLARED,
    *publicrelations.personal.DECLARED,
    *OWN,
    *LIBRARIES,
]
SHELVES: Final = {
    one.shelf.value: one
    for one in [
        *complaints.personal.SHELVES,
        *office.personal.SHELVES,
        *publicrelations.personal.SHELVES,
        *OWN_SHELVES,
    ]
}


def declared_for(subject: str) -> list[Declared]:
    """What is emptied with one record of a kind of matter or of a shelf."""
    return [one for one in DECLARED if one.of and subject in one.subjects]
