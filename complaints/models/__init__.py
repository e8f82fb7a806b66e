"""Petitions and related matters, who sent them, whom they were handed to, the counter's book, the month's tallies."""

from complaints.models.category import Category, CategoryChange
from complaints.models.court import CourtStep, Hearing
from complaints.models.draft import Draft
from complaints.models.link import PetitionLink
from complaints.models.petition import Petition, PetitionQuerySet
from complaints.models.petitioner import Petitioner
from complaints.models.question import Question
from complaints.models.referral import AgencyLink, Referral
from complaints.models.related import RelatedMatter
from complaints.models.routing import RoutingRule
from complaints.models.satisfaction import Satisfaction
from complaints.models.state import State
from complaints.models.tally import MonthTally, TallyLine
from complaints.models.visit import Visit

__all__ = [
    "AgencyLink",
    "Category",
    "CategoryChange",
    "CourtStep",
    "Draft",
    "Hearing",
    "MonthTally",
    "Petition",
    "PetitionLink",
    "PetitionQuerySet",
    "Petitioner",
    "Question",
    "Referral",
    "RelatedMatter",
    "RoutingRule",
    "Satisfaction",
    "State",
    "TallyLine",
    "Visit",
]
