"""Pages that every room shares."""

from office.views.today import today

__all__ = ["today"]
