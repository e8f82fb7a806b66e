"""What of the petitions is logged field by field beside their events.

A petition changes by steps only, and each step's event holds before and after; logging its row too would say
everything twice. A petitioner's row has no events: that it changed is logged, what it held is not.
"""

from __future__ import annotations

from auditlog.registry import auditlog
from django.utils.translation import gettext_lazy as _

from complaints.models import Category, Petitioner, RoutingRule, Visit

auditlog.register(Category)
auditlog.register(RoutingRule)
auditlog.register(
    Petitioner,
    exclude_fields=["petition", "thai_id_fingerprint", "name_key", "telephone_key"],
    mapping_fields={"thai_id_sealed": _("citizen's identity number")},
    mask_fields=["name", "telephone", "email", "address", "thai_id_sealed"],
    mask_callable="office.audit.masked",
)
# A visit has no events either; it is corrected on its page, and the trail keeps that, its person masked.
auditlog.register(
    Visit,
    exclude_fields=["name_key", "telephone_key"],
    mask_fields=["name", "telephone"],
    mask_callable="office.audit.masked",
)
