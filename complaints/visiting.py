"""A visit turned into a petition: what is known of it already, and that it happens once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from complaints.forms.petition import ANONYMOUS, NAMED, IntakeForm
from complaints.models import Petition, Visit
from complaints.registration import Receipt, register
from office import seals
from office.calendar import OFFICE_TZ
from office.figures import figures
from office.steps import Actor

CHANNELS = {
    Visit.Way.COUNTER.value: Petition.Channel.VISIT.value,
    Visit.Way.TELEPHONE.value: Petition.Channel.TELEPHONE.value,
}


class AlreadyMade(Exception):
    """A petition was made of this visit before; carries it."""

    def __init__(self, petition: Petition) -> None:
        super().__init__(petition.label)
        self.petition = petition


def beginning_of(visit: Visit) -> dict[str, Any]:
    """What the intake form begins with. What happened and what kind it is the visit does not say."""
    came = visit.came_at.astimezone(OFFICE_TZ)
    return {
        "channel": CHANNELS[visit.way],
        "received_on": came.date(),
        "received_time": figures(came.strftime("%H.%M")),
        "title": visit.subject,
        "identity": NAMED if visit.has_person else ANONYMOUS,
        "name": visit.name,
        "telephone": visit.telephone,
        "province": visit.province_id,
        "category": visit.category_id,
    }


@transaction.atomic
def register_from_visit(
    visit: Visit, form: IntakeForm, *, actor: Actor, source: str, now: datetime
) -> Receipt:
    """Register the petition and note it on the visit, both or neither. Raises AlreadyMade; a second click does not."""
    locked = Visit.objects.select_for_update().get(pk=visit.pk)
    if locked.petition_id:
        made = Petition.objects.get(pk=locked.petition_id)
        if made.code_fingerprint == seals.code_fingerprint(form.code()):
            return Receipt(made.pk, form.code())
        raise AlreadyMade(made)
    receipt = register(form, actor=actor, source=source, now=now)
    locked.petition_id = receipt.petition_id
    locked.save(update_fields=["petition"])
    return receipt
