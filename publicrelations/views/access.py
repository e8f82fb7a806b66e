"""Who may open the pages of public relations: those who carry or decide on its work; anybody else is told whom to
ask."""

from __future__ import annotations

from django.utils.translation import gettext as _

from office.access import only
from publicrelations.permissions import heads_public_relations, may_read, may_register

readers_only = only(
    may_read,
    lambda: _("The work of public relations is open to its subgroup and the executives."),
)
carriers_only = only(
    may_register,
    lambda: _("Officers and heads of the public relations subgroup keep these rows. Ask one of them."),
)
heads_only = only(
    heads_public_relations,
    lambda: _("The head of the public relations subgroup decides on this. Ask the head."),
)
