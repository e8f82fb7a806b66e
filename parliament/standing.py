"""Whether parliament sits at present: the session it is in, and the recess that was declared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from parliament.models import Recess, Session


@dataclass(frozen=True)
class Standing:
    """Of one day. A declared recess counts, whatever a session's dates say."""

    day: date
    session: Session | None
    recess: Recess | None

    @property
    def is_sitting(self) -> bool:
        return self.recess is None and self.session is not None


def standing_on(day: date) -> Standing:
    """How it stands on a day; two short queries."""
    return Standing(day, Session.on(day), Recess.on(day))
