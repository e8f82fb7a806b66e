"""What the plan's measures are called where people choose or read them; no other measure may stand in a plan."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from projectplan.models import Kpi

WORDS: Final[dict[str, str | Promise]] = {
    Kpi.ROLLUP: _("From its parts, by their weights"),
    Kpi.MANUAL: _("Entered by a person, with evidence"),
    "parliament.matters_on_time": _("Parliament: all business in time"),
    "parliament.meetings_on_time": _("Parliament: meetings prepared in time"),
    "parliament.interpellations_handled": _("Parliament: interpellations and motions in time"),
    "parliament.bills_on_time": _("Parliament: bills prepared in time"),
    "parliament.consultations_answered": _("Parliament: consultations answered to both"),
    "publicrelations.agenda_covered": _("Public relations: engagements with news"),
    "publicrelations.journal_issued": _("Public relations: issues of the journal"),
    "publicrelations.press_conferences_coordinated": _("Public relations: press conferences coordinated"),
    "publicrelations.foreign_documents_on_time": _("Public relations: foreign documents in time"),
    "complaints.opinions_on_time": _("Petitions: opinions in time, the website's left out"),
    "complaints.web_opinions_on_time": _("Petitions: opinions in time, of the website"),
    "complaints.related_matters_on_time": _("Petitions: related matters in time"),
    "complaints.reports_issued": _("Petitions: monthly reports issued"),
    "projectplan.seminar_satisfaction": _("Project: satisfaction with the seminar"),
    "projectplan.survey_satisfaction": _("Project: satisfaction of the executives"),
    "projectplan.training_per_person": _("Project: trainings of each person"),
    "projectplan.reports_published": _("Project: documents published"),
    "projectplan.individual_kpis_in_place": _("Plan: people whose indicators are in place"),
}


def measure_words(name: str) -> str:
    """A measure in words; one that is not known by its name."""
    return str(WORDS.get(name, name))


def choices() -> list[tuple[str, str]]:
    """Every measure that a form offers."""
    return [(name, str(words)) for name, words in WORDS.items()]


UNITS: Final = {
    "copies per month": _("copies per month"),
    "monthly reports, and one annual report": _("monthly reports, and one annual report"),
}
"""Units of targets that the plan file writes in English."""


def unit_words(unit: str) -> str:
    """The unit of a target in words; one that the office typed as it is."""
    return str(UNITS.get(unit, unit))
