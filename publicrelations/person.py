"""Looking for one person among reporters, those who came to a press conference, and recipients of the journal."""

from __future__ import annotations

from collections.abc import Iterator

from office.person import Sought, Spot, among
from publicrelations.models import Attendance, Recipient, Reporter


def find(sought: Sought) -> Iterator[Spot]:
    """Short lists, read whole; of recipients the person named, not the body."""
    reporters = Reporter.objects.select_related("outlet")
    for reporter, by in among(reporters, sought, telephones=("telephone",), email="email"):
        yield Spot("reporter", reporter.pk, f"{reporter.name}, {reporter.outlet}", by)
    for one, by in among(Attendance.objects.select_related("conference"), sought):
        yield Spot("attendance", one.pk, one.conference.label, by, one.conference_id)
    for name in ("contact_name", "name"):
        for row, by in among(
            Recipient.objects.all(), sought, name=name, telephones=("telephone",), email="email"
        ):
            yield Spot("recipient", row.pk, row.name, by)
