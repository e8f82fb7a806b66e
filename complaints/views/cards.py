"""What each card of a matter's page adds to its context. A card is a template in complaints/cards/, included by the
page where it stands, and where it needs more than the matter itself, a function here; each asks a fixed number of
questions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from complaints.models import Petition, RelatedMatter
from complaints.views.kindred import kindred
from complaints.views.letter_card import letters_card
from office.models import User

Card = Callable[[Any, User, datetime], dict[str, Any]]
"""From the matter, who looks and when to what the card's template shows."""


def petition_itself(petition: Petition, user: User, now: datetime) -> dict[str, Any]:
    """The name that the petition's own cards call it by, and whether there is a person behind it."""
    return {"petition": petition, "has_petitioner": hasattr(petition, "petitioner")}


def there_is(table: str, column: str) -> RawSQL:
    """Whether a table has rows of a petition: asked with the petition itself, for mostly it has none.

    As it stands, because through the models these few words took half of the time that the page did.
    """
    sql = f"EXISTS (SELECT 1 FROM {table} AS there WHERE there.{column} = complaints_petition.matter_id)"
    return RawSQL(sql, [], output_field=BooleanField())


# What the desk fetches with a petition, for the cards to ask no further where there is nothing.
ON_A_PETITION: dict[str, RawSQL] = {
    "has_arisen": there_is("complaints_relatedmatter", "arises_from_id"),
    "has_questions": there_is("complaints_question", "petition_id"),
    "has_letters": there_is("office_outgoingletter", "matter_id"),
    "has_documents": there_is("office_document", "matter_id"),
    "has_joined": there_is("complaints_petition", "joined_to_id"),
    "has_parts": there_is("complaints_petition", "split_from_id"),
    "has_later_links": there_is("complaints_petitionlink", "one_id"),
    "has_earlier_links": there_is("complaints_petitionlink", "other_id"),
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
