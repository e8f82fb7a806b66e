"""What administrators look after in Django admin. Matters, deadlines and events are not among it: a state is never
changed by hand, and personal data is shown where looking is logged."""

from office.admin import calendar, people, places, retention, rules, tokens, trail

__all__ = ["calendar", "people", "places", "retention", "rules", "tokens", "trail"]
