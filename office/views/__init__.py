"""Pages that every room shares."""

from office.views.front import front
from office.views.today import today

__all__ = ["front", "today"]
