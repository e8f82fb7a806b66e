"""Which class each kind of matter that parliament brings is of."""

from __future__ import annotations

from typing import Final

from office.models import Matter
from parliament.models import Consultation, Interpellation, Motion
from parliament.models.asking import AskingSteps

ASKING: Final[dict[str, type[AskingSteps]]] = {
    Matter.Kind.INTERPELLATION: Interpellation,
    Matter.Kind.MOTION: Motion,
    Matter.Kind.CONSULTATION: Consultation,
}
"""The kinds of which agencies are asked."""
