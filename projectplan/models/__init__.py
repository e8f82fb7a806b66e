"""What the plan's room keeps."""

from projectplan.models.agreement import (
    Agreement,
    AgreementEvent,
    AgreementLine,
    AgreementState,
    Assessment,
    Half,
    Side,
)
from projectplan.models.budget import (
    ActivityBalance,
    BudgetEntry,
    BudgetFile,
    Milestone,
    OpenEntry,
    ProjectBalance,
    SpentMonth,
)
from projectplan.models.demo import DemoMark
from projectplan.models.edition import PlanEdition
from projectplan.models.kpi_values import FrozenValue, KpiEntry, KpiEvidence
from projectplan.models.membership import Membership
from projectplan.models.plan import FrameItem, Kpi, Plan, Programme, Strategy, Swot, Work
from projectplan.models.project import Activity, ActivityMonth, Project
from projectplan.models.seminar import Participant, Seminar, SeminarFile
from projectplan.models.survey import AnswerSheet, Invitee, Question, Score, Survey, SurveyLink
from projectplan.models.training import Training, TrainingFile

__all__ = [
    "Activity",
    "ActivityBalance",
    "ActivityMonth",
    "Agreement",
    "AgreementEvent",
    "AgreementLine",
    "AgreementState",
    "AnswerSheet",
    "Assessment",
    "BudgetEntry",
    "BudgetFile",
    "DemoMark",
    "FrameItem",
    "FrozenValue",
    "Half",
    "Invitee",
    "Kpi",
    "KpiEntry",
    "KpiEvidence",
    "Membership",
    "Milestone",
    "OpenEntry",
    "Participant",
    "Plan",
    "PlanEdition",
    "Programme",
    "Project",
    "ProjectBalance",
    "Question",
    "Score",
    "Seminar",
    "SeminarFile",
    "Side",
    "SpentMonth",
    "Strategy",
    "Survey",
    "SurveyLink",
    "Swot",
    "Training",
    "TrainingFile",
    "Work",
]
