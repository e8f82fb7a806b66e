"""Who may open the pages of parliament: those who carry or decide on its business; anybody else is told whom to ask."""

from __future__ import annotations

from django.utils.translation import gettext as _

from office.access import only
from parliament.permissions import heads_politics, may_read, may_register

readers_only = only(
    may_read,
    lambda: _("The business of parliament is open to the politics subgroup and the executives."),
)
carriers_only = only(
    may_register,
    lambda: _("Officers and heads of the politics subgroup keep these rows. Ask one of them."),
)
heads_only = only(
    heads_politics,
    lambda: _("The head of the politics subgroup decides on this. Ask the head."),
)
