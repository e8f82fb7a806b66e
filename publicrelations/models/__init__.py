"""What public relations keeps: engagements, news, journals, press conferences, foreign documents, briefs."""

from publicrelations.models.article import Article, ArticleFile, Tagging
from publicrelations.models.article_state import ArticleState
from publicrelations.models.brief import SituationBrief
from publicrelations.models.brief_parts import BriefOption, BriefSource
from publicrelations.models.brief_state import BriefState
from publicrelations.models.category import Category, Tag
from publicrelations.models.consignment import Consignment
from publicrelations.models.coverage import Coverage
from publicrelations.models.engagement import Engagement
from publicrelations.models.engagement_import import EngagementImport
from publicrelations.models.foreign_document import ForeignDocument
from publicrelations.models.foreign_state import ForeignKind, ForeignOutcome, ForeignScreening, ForeignState
from publicrelations.models.handout import Handout, Taking
from publicrelations.models.invitation import Attendance, Invitation, InvitationLink
from publicrelations.models.journal import Journal, JournalEntry
from publicrelations.models.journal_edition import JournalEdition
from publicrelations.models.journal_state import JournalState, ReturnReason
from publicrelations.models.label_print import LabelPrint
from publicrelations.models.outlet import MediaOutlet, Reporter
from publicrelations.models.picture import Picture
from publicrelations.models.press_conference import PressConference
from publicrelations.models.preview import PreviewLink
from publicrelations.models.recipient import Recipient, RecipientGroup
from publicrelations.models.recipient_import import RecipientImport
from publicrelations.models.site_edition import SiteEdition
from publicrelations.models.tally import RelationsLine, RelationsTally
from publicrelations.models.to_minister import Decision
from publicrelations.models.translation import Translation
from publicrelations.models.unsaved import UnsavedText
from publicrelations.models.version import ArticleRemark, ArticleVersion

__all__ = [
    "Article",
    "ArticleFile",
    "ArticleRemark",
    "ArticleState",
    "ArticleVersion",
    "Attendance",
    "BriefOption",
    "BriefSource",
    "BriefState",
    "Category",
    "Consignment",
    "Coverage",
    "Decision",
    "Engagement",
    "EngagementImport",
    "ForeignDocument",
    "ForeignKind",
    "ForeignOutcome",
    "ForeignScreening",
    "ForeignState",
    "Handout",
    "Invitation",
    "InvitationLink",
    "Journal",
    "JournalEdition",
    "JournalEntry",
    "JournalState",
    "LabelPrint",
    "MediaOutlet",
    "Picture",
    "PressConference",
    "PreviewLink",
    "Recipient",
    "RecipientGroup",
    "RecipientImport",
    "RelationsLine",
    "RelationsTally",
    "Reporter",
    "ReturnReason",
    "SiteEdition",
    "SituationBrief",
    "Tag",
    "Tagging",
    "Taking",
    "Translation",
    "UnsavedText",
]
