"""Petitions, who sent them, whom they were handed to, and the month's tallies of them."""

from complaints.models.category import Category
from complaints.models.petition import Petition, PetitionQuerySet
from complaints.models.petitioner import Petitioner
from complaints.models.referral import AgencyLink, Referral
from complaints.models.state import State
from complaints.models.tally import MonthTally, TallyLine

__all__ = [
    "AgencyLink",
    "Category",
    "MonthTally",
    "Petition",
    "PetitionQuerySet",
    "Petitioner",
    "Referral",
    "State",
    "TallyLine",
]
