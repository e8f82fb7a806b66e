"""Which rows of the project's results are logged field by field. Of those asked and of answers nothing: it would tell
who answered what, and when."""

from __future__ import annotations

from auditlog.registry import auditlog

from projectplan.models import Membership, Participant, Seminar, Survey, Training

MASKED = ["name", "sort_name", "email", "telephone"]

auditlog.register(Seminar)
auditlog.register(Participant, mask_fields=MASKED, mask_callable="office.audit.masked")
auditlog.register(Survey)
auditlog.register(Training)
auditlog.register(Membership)
