"""Registering what an intake form tells: once, whole, and with a receipt that can be shown for a while."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from complaints.forms.petition import IntakeForm
from complaints.models import Petition
from office import seals
from office.calendar import OFFICE_TZ, fiscal_year_of
from office.documents import attach
from office.models import NumberSeries
from office.steps import Actor, perform

RECEIPT: Final = "petition_receipt"
RECEIPT_MINUTES: Final = 30


@dataclass(frozen=True)
class Receipt:
    """What the petitioner takes home: the petition's key and the secret code, which is stored nowhere else."""

    petition_id: int
    code: str

    def keep(self, session: SessionBase, now: datetime) -> None:
        """Let this browser show the receipt for half an hour: long enough to print it, or to reload by mistake."""
        until = now + timedelta(minutes=RECEIPT_MINUTES)
        sealed = seals.encrypt(self.code, purpose=RECEIPT)
        session[RECEIPT] = [self.petition_id, sealed, until.isoformat()]

    @classmethod
    def of(cls, session: SessionBase, now: datetime) -> Receipt | None:
        """The receipt this browser may still show."""
        kept = session.get(RECEIPT)
        if not kept or now > datetime.fromisoformat(kept[2]):
            return None
        try:
            return cls(kept[0], seals.decrypt(kept[1], purpose=RECEIPT))
        except ValueError:
            return None


@transaction.atomic
def register(form: IntakeForm, *, actor: Actor, source: str, now: datetime) -> Receipt:
    """Register a valid form's petition with its files; what was sent twice is registered once."""
    code = form.code()
    petition = form.petition()
    year = fiscal_year_of(petition.received_at.astimezone(OFFICE_TZ).date())
    NumberSeries.hold(settings.SERIES_PREFIXES["petition"], year)
    twin = _registered_since(form.opened.after if form.opened else 0, code)
    if twin:
        return Receipt(twin, code)
    petition.receive(actor=actor, now=now, code=code, petitioner=form.petitioner())
    attach(petition, form.files_given, source=source, added_by=actor.user, now=now)
    if form.given_to:
        perform(petition, "assign", actor=actor, seen=petition.version, now=now, to=form.given_to)
    return Receipt(petition.pk, code)


def is_registered(form: IntakeForm) -> bool:
    """Whether a valid form was registered already: this is its second click."""
    return _registered_since(form.opened.after if form.opened else 0, form.code()) is not None


def _registered_since(after: int, code: str) -> int | None:
    """The petition with this code among those registered after a key: a handful, whatever the register's size."""
    since = Petition.objects.filter(pk__gt=after, code_fingerprint=seals.code_fingerprint(code))
    return since.values_list("pk", flat=True).first()
