"""What each card of a matter's page adds to its context. A card is a template in complaints/cards/, included by the
page where it stands, and where it needs more than the matter itself, a function here; each asks a fixed number of
questions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models.expressions import RawSQL

from complaints.models import Petition, RelatedMatter
from complaints.views.kindred import kindred
from complaints.views.letter_card import letters_card
from office.desk import Card
from office.models import User
from office.there_is import there_is


def petition_itself(petition: Petition, user: User, now: datetime) -> dict[str, Any]:
    """The name that the petition's own cards call it by, and whether there is a person behind it."""
    has_petitioner = petition.has_petitioner  # type: ignore[attr-defined]  # the desk fetches it with the petition
    return {"petition": petition, "has_petitioner": has_petitioner}


# What the desk fetches with a petition, for the cards to ask no further where there is nothing.
ON_A_PETITION: dict[str, RawSQL] = {
    # Not the petitioner: the page shows nothing of the person before somebody asks, so it reads nothing either.
    "has_petitioner": there_is(Petition, ("complaints_petitioner", "petition_id")),
    "has_arisen": there_is(Petition, ("complaints_relatedmatter", "arises_from_id")),
    "has_questions": there_is(Petition, ("complaints_question", "petition_id")),
    "has_letters": there_is(Petition, ("office_outgoingletter", "matter_id")),
    "has_documents": there_is(Petition, ("office_document", "matter_id")),
    "has_kindred": there_is(
        Petition,
        ("complaints_petition", "joined_to_id"),
        ("complaints_petition", "split_from_id"),
        ("complaints_petitionlink", "one_id"),
        ("complaints_petitionlink", "other_id"),
    ),
}


def asked_of_petitioner(petition: Petition, user: User, now: datetime) -> dict[str, Any]:
    """What the petitioner was asked and answered, in order."""
    if not petition.has_questions:  # type: ignore[attr-defined]  # the desk fetches it with the petition
        return {}
    return {"questions": list(petition.questions.select_related("deadline"))}


def arisen(petition: Petition, user: User, now: datetime) -> dict[str, Any]:
    """The related matters that arose from the petition, as far as this person may see them."""
    if not petition.has_arisen:  # type: ignore[attr-defined]  # the desk fetches it with the petition
        return {}
    matters = RelatedMatter.objects.visible_to(user).filter(arises_from=petition)
    return {"arisen": list(matters.defer("search_text", "story").order_by("pk"))}


PETITION_CARDS: list[Card] = [
    petition_itself,
    asked_of_petitioner,
    kindred,
    arisen,
    letters_card,
]
"""The cards of a petition's page that ask for something; a new one is one line here."""


def before_the_court(related: RelatedMatter, user: User, now: datetime) -> dict[str, Any]:
    """The dates before the court, the open ones first, and whether the petition behind it may be opened."""
    hearings = list(related.hearings.all())
    behind = related.arises_from
    may_open = behind is not None and Petition.objects.visible_to(user).filter(pk=behind.pk).exists()
    return {
        "related": related,
        "open_hearings": [one for one in hearings if one.is_open],
        "past_hearings": [one for one in reversed(hearings) if not one.is_open],
        "behind": behind if may_open else None,
    }


RELATED_CARDS: list[Card] = [
    before_the_court,
    letters_card,
]
"""The same of a related matter's page."""
