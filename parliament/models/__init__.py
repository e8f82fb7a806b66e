"""Who sits in parliament, the minister's business there, and what must be ready and answered for it."""

from parliament.models.agenda import AgendaItem
from parliament.models.answer_state import AnswerState
from parliament.models.bill import Bill
from parliament.models.bill_stage import BillStage, Consideration
from parliament.models.binder import Binder, BinderDownload
from parliament.models.consultation import Consultation
from parliament.models.draft import AnswerDraft, DraftRemark
from parliament.models.follow_up import FollowUp
from parliament.models.houses import (
    Chamber,
    Committee,
    CommitteeSeat,
    ConstitutionalBody,
    Member,
    Party,
    Recess,
    Session,
)
from parliament.models.interpellation import Interpellation, SubQuestion
from parliament.models.meeting import Meeting
from parliament.models.member_import import MemberImport
from parliament.models.motion import Motion
from parliament.models.preparation import Need, Telling, TellingLink
from parliament.models.request import AgencyRequest, RequestLink
from parliament.models.tally import BusinessLine, BusinessTally

__all__ = [
    "AgencyRequest",
    "AgendaItem",
    "AnswerDraft",
    "AnswerState",
    "Bill",
    "BillStage",
    "Binder",
    "BinderDownload",
    "BusinessLine",
    "BusinessTally",
    "Chamber",
    "Committee",
    "CommitteeSeat",
    "Consideration",
    "ConstitutionalBody",
    "Consultation",
    "DraftRemark",
    "FollowUp",
    "Interpellation",
    "Meeting",
    "Member",
    "MemberImport",
    "Motion",
    "Need",
    "Party",
    "Recess",
    "RequestLink",
    "Session",
    "SubQuestion",
    "Telling",
    "TellingLink",
]
