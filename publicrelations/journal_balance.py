"""Whether every copy of an issue has its place: with a recipient, or in the stock kept in the office."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from office.figures import thousands


@dataclass(frozen=True)
class Balance:
    """The copies there are, those on the list of recipients, and those kept in the office."""

    copies: int
    recipients: int
    stock: int = 0

    @property
    def placed(self) -> int:
        return self.recipients + self.stock

    @property
    def difference(self) -> int:
        """Above nought: the list asks for more than there is; below it: copies without a place."""
        return self.placed - self.copies

    @property
    def is_even(self) -> bool:
        return self.difference == 0

    @property
    def standing(self) -> str:
        """`even`, `over` or `under`, for the look."""
        return "even" if self.is_even else "over" if self.difference > 0 else "under"

    def words(self) -> str:
        """How it stands, and what would make it even."""
        numbers = {
            "copies": thousands(self.copies),
            "placed": thousands(self.placed),
            "difference": thousands(abs(self.difference)),
        }
        if self.is_even:
            return _("All %(copies)s copies have their place.") % numbers
        if self.difference > 0:
            return (
                _(
                    "%(difference)s copies too few: the list and the stock ask for %(placed)s, there are %(copies)s. "
                    "Send somebody fewer, or lower the stock."
                )
                % numbers
            )
        return (
            _(
                "%(difference)s copies have no place yet: %(placed)s of %(copies)s are accounted for. "
                "Add recipients, or keep the rest as stock in the office."
            )
            % numbers
        )
