"""An old register of 20,000 petitions brought as a file, a hundred of its rows wrong.

A demo office runs with its web, its worker and its queue. Its administrator sends the workbook, reads what it would
change, is refused all of it, has the right rows loaded, takes the wrong ones home as a file, mends them and brings
them. Which rows are wrong is known here; in the end every row of the register must stand as the workbook has it.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from io import BytesIO
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, NamedTuple

import psycopg
from openpyxl import load_workbook

from office.processes import start_child, stop_child
from office.spreadsheets import Cell, Sheet, workbook
from office.thai import BE_OFFSET, SHORT_MONTHS, to_arabic_digits
from tests.postbox import free_port
from tests.proofs import _servers
from tests.proofs.faulty.browser import Browser, Page, fields_of

YEAR: Final = 2545
FIRST_DAY: Final = date(2001, 10, 1)
HEAD: Final = ("เลขที่รับ", "วันที่รับ", "เรื่อง", "ช่องทาง", "จังหวัด", "ผู้ร้อง", "สถานะ", "วันที่ยุติเรื่อง", "ผล")
PROVINCES: Final = ("เชียงราย", "ขอนแก่น", "กรุงเทพมหานคร", "สงขลา", "ระยอง")
SUBJECTS: Final = ("ขอความเป็นธรรมเรื่องค่าบำรุงการศึกษา", "ขอทุนการศึกษาบุตร", "ร้องเรียนการรับนักเรียนชั้นมัธยมศึกษาปีที่ ๑")
WRONG: Final[Sequence[tuple[str, str]]] = (
    ("วันที่รับ", "๓๑ ก.พ. ๒๕๔๕"),
    ("เรื่อง", ""),
    ("จังหวัด", "เมืองลับแล"),
    ("วันที่ยุติเรื่อง", "๑ ม.ค. ๒๕๔๔"),
    ("เลขที่รับ", "เรื่องที่ไม่มีเลข"),
)
"""What is written over a cell of a right row, by turns."""
PAGE: Final = "/imports/petitions/"
LOADED_WITHIN: Final = 600
ROWS_THERE: Final = (
    "SELECT number, title, (received_at AT TIME ZONE 'Asia/Bangkok')::date FROM office_matter"
    " WHERE kind = 'petition' AND year = %s ORDER BY number"
)


class NotBrought(Exception):
    """The register does not come in as it must."""


class Timed(NamedTuple):
    """A page, and the seconds until it was there."""

    page: Page
    seconds: float


def prove(arguments: list[str]) -> str:
    """Bring the register through the pages; returns the figures. Raises NotBrought."""
    reader = argparse.ArgumentParser(prog="script/proof register")
    reader.add_argument("--database", default=f"{_servers.SERVER}/prasan_register", help="made anew")
    reader.add_argument("--queue", default=_servers.QUEUE)
    reader.add_argument("--rows", type=int, default=20_000)
    reader.add_argument("--wrong", type=int, default=100)
    given = reader.parse_args(arguments)
    rows = list(_rows(given.rows))
    spoilt = _spoilt(rows, given.wrong)
    with TemporaryDirectory(prefix="register-") as place:
        env = _servers.environment(given.database, queue=given.queue, data=Path(place))
        _servers.create_database(given.database)
        _servers.manage(env, "migrate", "-v0")
        _servers.manage(env, "demo", "--year", "2552", "--no-papers", "--no-progress")
        with _office(env) as (base, processes):
            told = _bring(base, rows, spoilt, given.database)
            most = ", ".join(f"{name} {_most_memory(pid):.0f} MiB" for name, pid in processes.items())
            told.append(f"- Memory at its most: {most}.")
    _servers.drop_database(given.database)
    return "\n".join(told)


# ── The register ────────────────────────────────────────────────────────────────────────────


def _rows(count: int) -> Iterator[list[Cell]]:
    """Rows as a clerk of that year wrote them, days by their short months."""
    names = zip(cycle(SUBJECTS), cycle(PROVINCES), range(1, count + 1), strict=False)
    for subject, province, number in names:
        received = _received(number, count)
        closed = received + timedelta(days=30)
        yield [
            *(f"{number}/{YEAR}", _written(received), f"{subject} รายที่ {number}", "จดหมาย", province),
            *(f"นายผู้ร้อง คนที่ {number}", "ยุติ", _written(closed), "ชี้แจง"),
        ]


def _received(number: int, count: int) -> date:
    return FIRST_DAY + timedelta(days=number * 360 // (count + 1))


def _written(day: date) -> str:
    return f"{day.day} {SHORT_MONTHS[day.month - 1]} {day.year + BE_OFFSET}"


def _spoilt(rows: Sequence[list[Cell]], count: int) -> dict[int, list[Cell]]:
    """Some rows, spread over the whole, each with one cell written over; by their line in the workbook."""
    spoilt = {}
    places = range(7, len(rows), len(rows) // count)[:count]
    for place, (heading, words) in zip(places, cycle(WRONG), strict=False):
        row = list(rows[place])
        row[HEAD.index(heading)] = words
        spoilt[place + 2] = row
    return spoilt


def _workbook(rows: Sequence[Sequence[Cell]]) -> bytes:
    return workbook([Sheet("ทะเบียน", HEAD, rows)])


# ── The office ──────────────────────────────────────────────────────────────────────────────


@contextmanager
def _office(env: _servers.Env) -> Iterator[tuple[str, dict[str, int]]]:
    """Its web and its worker; where it answers, and the process of each that does the work."""
    port = free_port()
    celery = (sys.executable, "-m", "celery", "--quiet", "--app", "config.celery:app")
    web = start_child(_servers.granian(port, web=1), env=env)
    worker = start_child([*celery, "worker", "--loglevel", "WARNING", "--concurrency", "1"], env=env)
    try:
        base = f"http://127.0.0.1:{port}"
        _servers.wait_until_answered(f"{base}/healthz", web)
        yield base, {name: _servers.tree(one.pid)[-1] for name, one in (("web", web), ("worker", worker))}
    finally:
        stop_child(web, seconds=10)
        stop_child(worker, seconds=20)


def _most_memory(pid: int) -> float:
    """MiB this process ever held."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) / 1024


# ── Bringing it ─────────────────────────────────────────────────────────────────────────────


def _bring(base: str, rows: Sequence[list[Cell]], spoilt: dict[int, list[Cell]], database: str) -> list[str]:
    """The administrator's path from the file to the last mended row; returns what to tell of it."""
    desk = Browser(base)
    desk.post(
        "/accounts/login/",
        fields_of(desk.get("/accounts/login/")) | {"login": "admin", "password": _servers.DEMO_PASSWORD},
    )
    as_written = [spoilt.get(line, row) for line, row in enumerate(rows, 2)]
    file = _workbook(as_written)
    right = len(rows) - len(spoilt)

    preview = _send(desk, file)
    _must(_counts(preview.page) == [right, 0, 0, len(spoilt)], f"the preview counts {_counts(preview.page)}")
    refused = _load(desk, preview.page, how="all")
    _must(not _there(database), f"all or nothing left {len(_there(database))} rows")
    loaded = _load(desk, refused.page, how="right")
    _must(_counts(loaded.page) == [right, 0, 0, len(spoilt)], f"loaded were {_counts(loaded.page)}")

    address = loaded.page.address.removeprefix(base)
    began = time.perf_counter()
    wrong = _sheet(desk.download(f"{address}wrong/"))
    fetched = time.perf_counter() - began
    _must({row[-2] for row in wrong} == set(spoilt), "other rows came back than were wrong")
    _must(all(row[-1] for row in wrong), "a row came back without what is wrong with it")
    _must(all(_same(row[:-2], spoilt[row[-2]]) for row in wrong), "a row came back otherwise than it came")

    mended = _send(desk, _workbook([rows[row[-2] - 2] for row in wrong]))
    _must(_counts(mended.page) == [len(spoilt), 0, 0, 0], f"the mended rows count {_counts(mended.page)}")
    last = _load(desk, mended.page, how="all")
    _must(_there(database) == _expected(rows), "the register is not as the workbook")
    again = _send(desk, _workbook(rows))
    _must(_counts(again.page) == [0, 0, len(rows), 0], f"the same once more counts {_counts(again.page)}")
    kinds = ", ".join(f"{heading} “{words}”" for heading, words in WRONG)
    return [
        f"- {len(rows):,} rows ({len(file) / 1024**2:.1f} MiB), {len(spoilt)} of them wrong by turns: {kinds}.",
        f"- The page of what it would change stood after **{preview.seconds:.1f} s**: {right:,} new,"
        f" {len(spoilt)} wrong, each with its line.",
        "- All or nothing: refused, nothing in the register.",
        f"- The {right:,} right rows were loaded by the worker in {loaded.seconds:.0f} s; the page said how far.",
        f"- The wrong rows as a workbook after {fetched:.1f} s: these {len(wrong)} lines, each as it came, and why.",
        f"- Mended and brought again: {len(spoilt)} new, loaded in {last.seconds:.1f} s. Then every number, day and"
        f" title of the {len(rows):,} stands in the register as in the workbook.",
        f"- The whole workbook once more: {len(rows):,} as they were, nothing to load ({again.seconds:.1f} s).",
    ]


def _must(holds: bool, otherwise: str) -> None:
    if not holds:
        raise NotBrought(otherwise)


def _send(desk: Browser, file: bytes) -> Timed:
    """Choose the file and press the button."""
    form = fields_of(desk.get(PAGE))
    began = time.perf_counter()
    page = desk.post(PAGE, form, {"file": ("ทะเบียนเก่า.xlsx", file)})
    _must(page.is_well and page.address.rstrip("/")[-1].isdigit(), f"{page.said} {page.faults}")
    return Timed(page, time.perf_counter() - began)


def _load(desk: Browser, page: Page, *, how: str) -> Timed:
    """Press the word and stay on the page until nothing is being loaded."""
    address = page.address.removeprefix(desk.base)
    began = time.perf_counter()
    page = desk.post(f"{address}load/", fields_of(page) | {"how": how})
    while "<progress" in page.text and time.perf_counter() - began < LOADED_WITHIN:
        time.sleep(0.2)
        page = desk.get(address)
    return Timed(page, time.perf_counter() - began)


def _counts(page: Page) -> list[int]:
    """New, changed, as they were, wrong: as the page says them."""
    tally = page.text.partition('<ul class="tally">')[2].partition("</ul>")[0]
    return [
        int(to_arabic_digits(number).replace(",", ""))
        for number in re.findall(r"<strong>(.*?)</strong>", tally)
    ]


def _sheet(content: bytes) -> list[list[Any]]:
    """The rows under the head of a workbook."""
    sheet: Any = load_workbook(BytesIO(content), read_only=True).active
    _head, *rows = sheet.iter_rows(values_only=True)
    return [list(row) for row in rows]


def _same(came: Sequence[Any], sent: Sequence[Cell]) -> bool:
    return [cell or "" for cell in came] == [cell or "" for cell in sent]


def _expected(rows: Sequence[Sequence[Cell]]) -> list[tuple[int, str, date]]:
    """Number, title and day of every row of the workbook."""
    return [(number, str(row[2]), _received(number, len(rows))) for number, row in enumerate(rows, 1)]


def _there(database: str) -> list[tuple[int, str, date]]:
    """Number, title and day of every petition of that year in the register."""
    with psycopg.connect(database) as connection:
        return list(connection.execute(ROWS_THERE, [YEAR]).fetchall())
