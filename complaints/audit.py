"""What of the petitions is logged field by field beside their events.

A petition changes by steps only, and each step's event holds before and after; logging its row too would say
everything twice. A petitioner's row has no events: that it changed is logged, what it held is not.
"""

from __future__ import annotations

from auditlog.registry import auditlog
from django.utils.translation import gettext_lazy as _

from complaints.models import Category, Petitioner

auditlog.register(Category)
auditlog.register(
    Petitioner,
    exclude_fields=["petition", "thai_id_fingerprint"],
    mapping_fields={"thai_id_sealed": _("citizen's identity number")},
    mask_fields=["name", "telephone", "email", "address", "thai_id_sealed"],
    mask_callable="office.audit.masked",
)
