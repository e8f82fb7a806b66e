"""What all matters of public relations have in common besides being carried: reports and indicators count them by
month."""

from __future__ import annotations

from office.counted import TalliedMatter
from publicrelations.models.tally import RelationsTally


class CountedMatter(TalliedMatter):
    """A matter of public relations, whose months stand in the tallies of public relations."""

    TALLIES = RelationsTally

    class Meta:
        abstract = True
