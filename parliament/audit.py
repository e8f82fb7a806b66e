"""Which rows of parliament are logged field by field: who sits there, and the recess switch.

What parliament brings changes by steps only, and each step's event holds before and after.
"""

from __future__ import annotations

from auditlog.registry import auditlog

from parliament.models import Committee, CommitteeSeat, ConstitutionalBody, Member, Party, Recess, Session

for model in (Committee, CommitteeSeat, ConstitutionalBody, Party, Recess, Session):
    auditlog.register(model)
auditlog.register(Member, exclude_fields=["sort_name"])
