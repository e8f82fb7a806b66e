"""The books of the group: each of a fiscal year or a quarter, made from data alone, issued like every report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.calendar import Period, fiscal_year, quarter_code, quarters_of
from office.figures import figures
from office.models import Report, Role
from office.reporting import period_words
from office.spreadsheets import Sheet, moment_cell, workbook
from projectplan import (
    action_plan,
    book_tables,
    group_annual,
    kpi_quarterly,
    network_directory,
    project_report,
)
from projectplan.planshape import Row

STYLESHEET: Final = "css/book.css"


@dataclass(frozen=True)
class Book:
    """One kind of book: who issues it, what stands in it, its paper. `content` reads, `paper` lays out what was read.

    Everybody of the office may read it; heads and executives issue it.
    """

    kind: Report.Kind
    name: str | Promise
    about: str | Promise
    content: Callable[[Period, datetime], Any]
    paper: Callable[[Report, Any], str]
    tables: Callable[[Row], list[Sheet]]
    """What stands in its tables, from the data that is kept with an edition."""
    subgroup: str = ""
    """Nobody's of the three: it is the group's."""
    follows_its_period: bool = False
    """It is issued by itself, on the first working day after its period, where the year has a plan."""
    stylesheet: str = STYLESHEET

    def periods_of(self, year: int) -> list[Period]:
        """The periods of a fiscal year (B.E.) of which it tells: the year, or each of its quarters."""
        return quarters_of(year) if self.kind.is_quarterly else [fiscal_year(year)]

    def part_of_year(self, period: Period) -> str:
        """`ไตรมาส ๑` where a year has several; nothing for the year itself."""
        if not self.kind.is_quarterly:
            return ""
        return _("Quarter %(number)s") % {"number": figures(quarter_code(period).partition("-")[2])}

    @property
    def closed_to_others(self) -> str | Promise:
        return _("The books are open to the people of the office.")

    def may_read(self, user: Any) -> bool:
        return bool(user.roles)

    def may_issue(self, user: Any) -> bool:
        return user.has_role(Role.HEAD) or user.has_role(Role.EXECUTIVE)

    def title(self, period: Period) -> str:
        """`แผนปฏิบัติการ ปีงบประมาณ พ.ศ. ๒๕๕๓`."""
        return f"{self.name} {period_words(period)}"

    def workbook(self, report: Report) -> bytes:
        """The tables of an issued edition as an XLSX file, a sheet for each."""
        as_of = " ".join((gettext("Figures as of"), moment_cell(report.as_of)))
        edition = gettext("edition %(number)s") % {"number": figures(report.edition)}
        return workbook(self.tables(report.content), above=[self.title(report.period), edition, as_of])


BOOKS: Final = (
    Book(
        kind=Report.Kind.ACTION_PLAN,
        name=_("Action plan"),
        about=_("Frame, SWOT, strategies, indicators, standing work, the project and its calendar."),
        content=action_plan.content,
        paper=action_plan.paper,
        tables=book_tables.action_plan,
    ),
    Book(
        kind=Report.Kind.KPI_QUARTERLY,
        name=_("Quarterly report on indicators"),
        about=_("Each indicator with its value, score and light, and the twelve works, quarter by quarter."),
        content=kpi_quarterly.content,
        paper=kpi_quarterly.paper,
        tables=book_tables.kpi_quarterly,
        follows_its_period=True,
    ),
    Book(
        kind=Report.Kind.GROUP_ANNUAL,
        name=_("Annual report of the group"),
        about=_(
            "What was done in the year, counted: the twelve works, indicators, the project and its money."
        ),
        content=group_annual.content,
        paper=group_annual.paper,
        tables=book_tables.group_annual,
        follows_its_period=True,
    ),
    Book(
        kind=Report.Kind.PROJECT_REPORT,
        name=_("Report on the project"),
        about=_("Each activity of the project with its target, its result and its money."),
        content=project_report.content,
        paper=project_report.paper,
        tables=book_tables.project_report,
        follows_its_period=True,
    ),
    Book(
        kind=Report.Kind.NETWORK_DIRECTORY,
        name=_("Network directory"),
        about=_("Agencies and their contacts, media and reporters, members of parliament."),
        content=network_directory.content,
        paper=network_directory.paper,
        tables=book_tables.network_directory,
    ),
)
