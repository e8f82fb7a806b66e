"""The registers of the past that an office can bring as files, and loading those that wait."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from complaints.brought_petitions import PETITIONS
from office import faults
from office.holidays_brought import HOLIDAYS
from office.models import RegisterImport
from office.models.making import MakingState
from office.register_bringing import BroughtRegister, forget_old
from office.register_bringing import load as load_one
from office.staff_brought import STAFF

logger = logging.getLogger(__name__)

REGISTERS: Final[Mapping[str, BroughtRegister]] = {one.key: one for one in (PETITIONS, HOLIDAYS, STAFF)}


def load(pk: int, clock: Callable[[], datetime]) -> None:
    """Load a file that waits; what fails is said by its kind alone, for the words of a fault may quote a row."""
    key = RegisterImport.objects.values_list("register", flat=True).get(pk=pk)
    try:
        load_one(REGISTERS[key], pk, clock)
    except Exception as fault:
        logger.error("Import %s could not be loaded: %s", pk, type(fault).__name__)
        making = RegisterImport.objects.filter(pk=pk, state=MakingState.MAKING)
        making.update(state=MakingState.FAILED, held_until=None)
        faults.note(faults.source_of(RegisterImport), pk, fault, clock())


def load_waiting(clock: Callable[[], datetime]) -> None:
    """Load what the queue lost or a killed worker left; throw away what nobody confirmed or mended."""
    for pk in list(RegisterImport.objects.waiting(clock()).values_list("pk", flat=True)):
        load(pk, clock)
    forget_old(clock())
