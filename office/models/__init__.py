"""What every room of the office shares: people, matters, deadlines, the trail, files, notices, reports."""

from office.models.agency import Agency, EducationArea, Province
from office.models.api_token import ApiScope, ApiToken
from office.models.backup import Backup
from office.models.calendar import CalendarEdition, OfficeDay
from office.models.clockwork import ClockWork
from office.models.contact import Contact, ContactCorrection, ContactLink
from office.models.deadline import Deadline, DeadlineRule
from office.models.document import Document, Download
from office.models.event import Event
from office.models.fault import WorkFault
from office.models.feed import CalendarFeed
from office.models.incoming import IncomingDocument, IncomingEntry, IncomingFile
from office.models.kept_draft import KeptDraft
from office.models.last_look import LastLook
from office.models.leaving import Leaving
from office.models.letter import LetterDelivery, LetterKind, LetterParagraph, LetterTemplate, OutgoingLetter
from office.models.letter_edition import LetterTemplateEdition
from office.models.link import MatterLink, Topic, TopicMatter
from office.models.matter import Matter, MatterQuerySet, RegisterQuerySet, Secrecy
from office.models.network_import import NetworkImport
from office.models.notice import Notice
from office.models.number import NumberSeries
from office.models.open_data import OpenDataset, OpenMonth
from office.models.people import Position, Role, Subgroup, User
from office.models.person_request import PersonExport, PersonFinding, PersonRequest
from office.models.register_import import RegisterImport
from office.models.report import Report
from office.models.retention import (
    Anonymised,
    FileToRemove,
    LegalHold,
    RetentionBatch,
    RetentionRow,
    RetentionRule,
    Shelf,
)
from office.models.saved_search import SavedSearch, SavedSearchMatch
from office.models.saved_view import SavedView
from office.models.secret_link import SecretLink

__all__ = [
    "Agency",
    "Anonymised",
    "ApiScope",
    "ApiToken",
    "Backup",
    "CalendarEdition",
    "CalendarFeed",
    "ClockWork",
    "Contact",
    "ContactCorrection",
    "ContactLink",
    "Deadline",
    "DeadlineRule",
    "Document",
    "Download",
    "EducationArea",
    "Event",
    "FileToRemove",
    "IncomingDocument",
    "IncomingEntry",
    "IncomingFile",
    "KeptDraft",
    "LastLook",
    "Leaving",
    "LegalHold",
    "LetterDelivery",
    "LetterKind",
    "LetterParagraph",
    "LetterTemplate",
    "LetterTemplateEdition",
    "Matter",
    "MatterLink",
    "MatterQuerySet",
    "NetworkImport",
    "Notice",
    "NumberSeries",
    "OfficeDay",
    "OpenDataset",
    "OpenMonth",
    "OutgoingLetter",
    "PersonExport",
    "PersonFinding",
    "PersonRequest",
    "Position",
    "Province",
    "RegisterImport",
    "RegisterQuerySet",
    "Report",
    "RetentionBatch",
    "RetentionRow",
    "RetentionRule",
    "Role",
    "SavedSearch",
    "SavedSearchMatch",
    "SavedView",
    "Secrecy",
    "SecretLink",
    "Shelf",
    "Subgroup",
    "Topic",
    "TopicMatter",
    "User",
    "WorkFault",
]
