"""What every room of the office shares: people, matters, deadlines, the trail, files, notices, reports."""

from office.models.agency import Agency, EducationArea, Province
from office.models.api_token import ApiScope, ApiToken
from office.models.calendar import CalendarEdition, OfficeDay
from office.models.contact import Contact, ContactCorrection, ContactLink
from office.models.deadline import Deadline, DeadlineRule
from office.models.document import Document, Download
from office.models.event import Event
from office.models.feed import CalendarFeed
from office.models.letter import LetterDelivery, LetterKind, LetterParagraph, LetterTemplate, OutgoingLetter
from office.models.matter import Matter, MatterQuerySet, RegisterQuerySet, Secrecy
from office.models.network_import import NetworkImport
from office.models.notice import Notice
from office.models.number import NumberSeries
from office.models.people import Position, Role, Subgroup, User
from office.models.register_import import RegisterImport
from office.models.report import Report
from office.models.saved_view import SavedView
from office.models.secret_link import SecretLink

__all__ = [
    "Agency",
    "ApiScope",
    "ApiToken",
    "CalendarEdition",
    "CalendarFeed",
    "Contact",
    "ContactCorrection",
    "ContactLink",
    "Deadline",
    "DeadlineRule",
    "Document",
    "Download",
    "EducationArea",
    "Event",
    "LetterDelivery",
    "LetterKind",
    "LetterParagraph",
    "LetterTemplate",
    "Matter",
    "MatterQuerySet",
    "NetworkImport",
    "Notice",
    "NumberSeries",
    "OfficeDay",
    "OutgoingLetter",
    "Position",
    "Province",
    "RegisterImport",
    "RegisterQuerySet",
    "Report",
    "Role",
    "SavedView",
    "Secrecy",
    "SecretLink",
    "Subgroup",
    "User",
]
