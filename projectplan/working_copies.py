"""Lists as they were brought in a file: copies to work with, which hold names and addresses. They go by the clock."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from office.models import NetworkImport
from office.register_bringing import forget_old
from parliament.models import MemberImport
from publicrelations.models import EngagementImport, RecipientImport

KEPT: Final = timedelta(days=365)
"""What a list changed stands in the trail; after a year nobody asks for the file any more."""

LISTS: Final = (NetworkImport, MemberImport, RecipientImport, EngagementImport)


def forget(now: datetime) -> int:
    """Throw away the lists brought longer than a year ago, and registers that nobody confirmed; returns how many."""
    old = [model._default_manager.filter(uploaded_at__lt=now - KEPT) for model in LISTS]
    return sum(rows.delete()[0] for rows in old) + forget_old(now)
