"""Which rows of public relations are logged field by field: the media network, whom the journal is sent to,
the headings of news.

What has a path changes by steps only, and each step's event holds before and after. How a reporter is reached is
personal: that it changed is logged, what it was is not.
"""

from __future__ import annotations

from auditlog.registry import auditlog

from publicrelations.models import Category, MediaOutlet, Recipient, RecipientGroup, Reporter

auditlog.register(Category)
auditlog.register(MediaOutlet, exclude_fields=["sort_name"])
auditlog.register(
    Reporter,
    exclude_fields=["sort_name"],
    mask_fields=["telephone", "email", "line_id"],
    mask_callable="office.audit.masked",
)
auditlog.register(RecipientGroup)
auditlog.register(Recipient, exclude_fields=["sort_name"])
