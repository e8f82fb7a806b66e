"""Writing down what went wrong with a row that is sent or made in the background, in words that hold nobody's data."""

from __future__ import annotations

import logging
from datetime import datetime
from smtplib import (
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
)
from typing import Final

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F, Model

from office.models import WorkFault
from office.storage import is_full

logger = logging.getLogger(__name__)

MAIL_SERVER: Final = "mail-server"
"""The source of the one fault that is no row's: the mail server cannot be reached."""

Cause = WorkFault.Cause
CAUSES: Final[tuple[tuple[type[BaseException] | tuple[type[BaseException], ...], Cause], ...]] = (
    (SMTPRecipientsRefused, Cause.ADDRESS),
    (SMTPAuthenticationError, Cause.SIGN_IN),
    ((SMTPDataError, SMTPSenderRefused), Cause.REFUSED),
    ((FileNotFoundError, PermissionError, IsADirectoryError), Cause.FILE),
    (DatabaseError, Cause.DATABASE),
    ((SMTPException, OSError), Cause.NETWORK),
    ((ValidationError, ObjectDoesNotExist, ValueError, LookupError), Cause.CONTENT),
)
"""The first that fits; from the particular to the general."""


def cause_of(fault: BaseException) -> WorkFault.Cause:
    """What an administrator can understand of a fault, by its kind alone."""
    from office.paper import PaperError  # it brings the whole machine for paper along

    if is_full(fault):
        return Cause.NO_SPACE
    if isinstance(fault, PaperError):
        return Cause.PAPER
    if isinstance(fault, BaseExceptionGroup):
        return cause_of(fault.exceptions[0])
    return next((cause for kinds, cause in CAUSES if isinstance(fault, kinds)), Cause.OTHER)


def name_of(fault: BaseException) -> str:
    """The kind of a fault, of several those of its parts; never its words."""
    if isinstance(fault, BaseExceptionGroup):
        return ", ".join(name_of(one) for one in fault.exceptions)
    return type(fault).__name__


def source_of(model: type[Model]) -> str:
    """How rows of a model are named as a source of faults."""
    return model._meta.label_lower


def note(source: str, row_id: int, fault: BaseException, now: datetime) -> None:
    """Write down the fault of one row; one more try if it had one before. What cannot be written is only logged."""
    said = {"at": now, "cause": cause_of(fault), "fault": name_of(fault)[:100]}
    rows = WorkFault.objects.filter(source=source, row_id=row_id)
    try:
        if rows.update(tries=F("tries") + 1, **said):
            return
        with transaction.atomic():
            WorkFault.objects.create(source=source, row_id=row_id, since=now, **said)
    except IntegrityError:
        rows.update(tries=F("tries") + 1, **said)
    except DatabaseError:
        logger.exception("The fault of %s %s could not be written down", source, row_id)


def forget(source: str, row_id: int) -> None:
    """It went well after all."""
    WorkFault.objects.filter(source=source, row_id=row_id).delete()
