"""What all matters of parliament have in common besides being carried: reports and indicators count them by month."""

from __future__ import annotations

from office.counted import TalliedMatter
from parliament.models.tally import BusinessTally


class CountedMatter(TalliedMatter):
    """A matter of parliament, whose months stand in the tallies of parliament."""

    TALLIES = BusinessTally

    class Meta:
        abstract = True
