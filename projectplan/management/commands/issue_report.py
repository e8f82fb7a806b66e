"""`manage.py issue_report complaints-monthly 2552-11 --output FILE`: issues a report or a book here and now, without a
worker."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from office.models import Report
from office.reporting import PeriodError, period_of
from projectplan import issuing
from projectplan.subjects import document_of


class Command(BaseCommand):
    """Issues a report or a book and writes its PDF where it is wanted."""

    help = "Issue a report: parliament-monthly 2552-11, complaints-annual 2552, kpi-quarterly 2553-1."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=Report.Kind.values)
        parser.add_argument(
            "period",
            help="2552-11 of a monthly report, 2553-1 of a quarterly one, 2552 of a year",
        )
        parser.add_argument("--output", type=Path, metavar="FILE", help="where to write the PDF")
        parser.add_argument("--reason", default="", help="why a new edition of an issued report is needed")

    def handle(self, *args: Any, **options: Any) -> None:
        with override(settings.LANGUAGE_CODE):
            report, is_new = self._issue(options["kind"], options["period"], options["reason"])
            said = (
                _("Issued: %(title)s, edition %(edition)s")
                if is_new
                else _("Issued before: %(title)s, edition %(edition)s")
            )
            title = document_of(report.kind).title(report.period)
            self.stdout.write(said % {"title": title, "edition": report.edition})
            if options["output"]:
                self._write(report, options["output"])

    def _issue(self, kind: str, code: str, reason: str) -> tuple[Report, bool]:
        """The report, and whether this call issued it; an issued one is given again unless a reason asks for more."""
        now = timezone.now()
        try:
            period = period_of(kind, code, now)
        except PeriodError as wrong:
            raise CommandError(str(wrong)) from wrong
        try:
            waiting = issuing.write_down(kind, period, by=None, now=now, reason=reason)
        except issuing.ReasonNeeded:
            issued = Report.objects.filter(kind=kind, first=period.first, state=Report.State.ISSUED)
            return issued.order_by("-edition")[0], False
        report = issuing.make(waiting.pk, now)
        if report is None:
            raise CommandError(_("The worker is making this report at this moment. Try again in a minute."))
        if report.state != Report.State.ISSUED:
            raise CommandError(_("The report could not be made; the log says why."))
        return report, True

    def _write(self, report: Report, output: Path) -> None:
        try:
            with default_storage.open(report.path) as pdf:
                output.write_bytes(pdf.read())
        except OSError as wrong:
            raise CommandError(
                _("%(file)s cannot be written: %(why)s") % {"file": output, "why": wrong.strerror or wrong}
            ) from wrong
        self.stdout.write(str(output))
