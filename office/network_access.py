"""Who may do what in the network: everybody of the office reads it, those who carry matters keep it, heads and
administrators make two rows one."""

from __future__ import annotations

from django.utils.translation import gettext as _

from office.access import only
from office.permissions import is_administrator, is_head, is_officer

keeps_network = is_officer | is_head | is_administrator
merges_network = is_head | is_administrator

keepers_only = only(
    keeps_network,
    lambda: _("Officers, heads and administrators keep the network. Tell one of them what is to be changed."),
)
mergers_only = only(
    merges_network,
    lambda: _("A head or an administrator makes two rows one. Tell one of them which two."),
)
