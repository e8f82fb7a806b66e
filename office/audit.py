"""Which rows' changes are logged field by field, and which fields of theirs are masked."""

from __future__ import annotations

from auditlog.registry import auditlog

from office import models

MASK = "•••"


def masked(value: str) -> str:
    """What the log says instead of a secret or personal value; the library's own mask would leave half of it."""
    return MASK if value not in ("", "None") else ""


auditlog.register(
    models.User,
    exclude_fields=["last_login"],
    mask_fields=["password"],
    mask_callable="office.audit.masked",
    m2m_fields={"groups"},
)
auditlog.register(models.ApiToken, exclude_fields=["digest", "last_used_at"])
auditlog.register(models.DeadlineRule)
auditlog.register(models.RetentionRule, exclude_fields=["looked_at", "looked_key"])
auditlog.register(models.OfficeDay)
auditlog.register(models.CalendarEdition)
auditlog.register(models.Agency, exclude_fields=["sort_name", "version"])
auditlog.register(models.Contact, exclude_fields=["sort_name", "version"])
auditlog.register(models.LetterTemplate)
auditlog.register(models.LetterParagraph)
auditlog.register(models.OpenDataset)
auditlog.register(models.Subgroup)
auditlog.register(models.Position)
auditlog.register(models.EducationArea)
# A topic's words say what its matters are about, which the readers of the log may not see.
auditlog.register(
    models.Topic,
    exclude_fields=["version"],
    mask_fields=["name", "note"],
    mask_callable="office.audit.masked",
)
auditlog.register(models.TopicMatter)
