"""What strangers and colleagues hand in, thousands of ways wrong: it is taken, or refused in words; it breaks nothing.

Each claim is one sentence: no error of the server, nothing but the declared error, nothing half stored.
"""

from __future__ import annotations

import contextlib
import io
import re
import zipfile
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from office import plain_number, register_cells
from office.baht_field import BahtFormField
from office.fields import ThaiDateField
from office.form_fields import ClockField, NumberField
from office.list_files import read
from office.models import NetworkImport, RegisterImport, User
from office.spreadsheets import Sheet, workbook
from office.thai import ThaiDateError, parse_date
from projectplan.loading import PLAN_2553, load_file
from projectplan.models import Plan
from tests.security.fuzzing import TYPED, bounded, outcome, taken_back

pytestmark = pytest.mark.django_db
# ── Dates, numbers, times ───────────────────────────────────────────────────────────────────


@given(TYPED)
@bounded(600)
def test_any_text_is_a_date_or_no_date(typed: str) -> None:
    with contextlib.suppress(ThaiDateError):
        parse_date(typed)
    with contextlib.suppress(ValidationError):
        register_cells.day_of(typed)


@given(TYPED)
@bounded(600)
def test_any_text_of_a_field_is_a_value_or_a_fault_in_words(typed: str) -> None:
    for field in (ThaiDateField(), ClockField(), NumberField(), BahtFormField()):
        value, faults = outcome(field.clean, typed)
        assert all(faults) if faults else not isinstance(value, Decimal) or value.is_finite()
    number = plain_number.plain_number(typed)
    assert number is None or 0 <= number < 10**18


# ── The plan as a file ──────────────────────────────────────────────────────────────────────

PLAN: Final = PLAN_2553.read_text(encoding="utf-8")
LINES: Final = PLAN.splitlines()
SET: Final = [place for place, line in enumerate(LINES) if re.match(r"\w+ = ", line)]
VALUES: Final = st.sampled_from(
    [
        *("nan", "-inf", "inf", "1e400", "1e308", "1e-30", "0.125", "-1", "0", "true", "10:00:00"),
        *('""', '"x"', '"\\u0000"', '"a\\u0007b"', f'"{"ก" * 600}"', f'"{"ก" * 2100}"', '"\\ud800"'),
        *("[]", "{}", "[[1]]", '["\\u0000"]', f'["{"ก" * 600}"]', "[" * 3000, "{ a = " * 2000),
        *("2009-10-01", "2009-10-01T00:00:00Z", '"2009-W40-4"', '"0000-01"', '"2552-10"', '"2009-10\\n"'),
        *("9" * 19, "9" * 5000, "0x7fffffffffffffffff", "1_000_000_000_000", "99999999.99"),
        *("[nan, nan, nan, nan, nan]", "[1, 1.001, 1.002, 1.003, 1.004]", "[1e9, 2e9, 3e9, 4e9, 5e9]"),
        *('[{ month = "2009-10", planned = nan }]', '[{ label = "x", count = 1, unit = "y" }]', "[1, {}]"),
    ]
)


def with_another_value(place: int, value: str) -> str:
    name = LINES[place].split(" = ")[0]
    return "\n".join([*LINES[:place], f"{name} = {value}", *LINES[place + 1 :]])


def with_one_more(place: int, name: str, value: str) -> str:
    return "\n".join([*LINES[:place], f"{name} = {value}", *LINES[place:]])


NAMES: Final = [
    "target",
    "weight",
    "levels",
    "months",
    "threshold",
    "username",
    "prepared",
    "kinds",
    "programmes",
    "x",
]
MUTATED: Final = st.one_of(
    st.builds(with_another_value, st.sampled_from(SET), VALUES),
    st.builds(
        with_one_more,
        st.sampled_from(SET),
        st.sampled_from(
            [
                "target",
                "weight",
                "levels",
                "direction",
                "months",
                "threshold",
                "username",
                "prepared",
                "kinds",
                "x",
            ]
        ),
        VALUES,
    ),
    st.builds(
        lambda start, end: PLAN[:start] + PLAN[start + end :], st.integers(0, len(PLAN)), st.integers(0, 400)
    ),
    st.builds(
        lambda at, piece: PLAN[:at] + piece + PLAN[at:], st.integers(0, len(PLAN)), st.text(max_size=8)
    ),
    st.text(max_size=200),
)


@given(MUTATED)
@bounded(100)
def test_a_changed_plan_is_loaded_whole_or_refused_with_its_faults_and_nothing_stored(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "plan.toml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with taken_back():
        _loaded, faults = outcome(load_file, path)
        plans = list(Plan.objects.all())
        if faults:
            assert all(faults)
            assert (plans, User.objects.count()) == ([], 0)
            return
        (plan,) = plans
        assert plan.works.exists()
        numbers = [number for kpi in plan.kpis.all() for number in (kpi.target, kpi.weight, *kpi.levels)]
        assert numbers
        assert all(number.is_finite() for number in numbers)


# ── Lists and registers brought as a file ───────────────────────────────────────────────────

HEAD: Final = ["หน่วยงาน", "ผู้ประสานงาน", "โทรศัพท์", "อีเมล", "ตั้งแต่"]
CELLS: Final = st.one_of(
    st.sampled_from(
        [
            *(
                "=1+1",
                '=HYPERLINK("http://evil.example")',
                "@SUM(A1)",
                "-2+3+cmd|' /C calc'!A0",
                "'=1",
                "#REF!",
            ),
            *("๑ ต.ค. ๕๒", "31/02/2552", "ก" * 40_000, "a\x00b", "\u202e", "<b>", "1e999", "x@y", ""),
        ]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    st.integers(-(10**15), 10**15),
    st.floats(allow_nan=False, allow_infinity=False),
)
ROWS: Final = st.lists(st.lists(CELLS, max_size=7), max_size=6)


def csv_of(rows: list[list[Any]], encoding: str, mark: bytes, delimiter: str) -> bytes:
    lines = [delimiter.join(map(str, row)) for row in [HEAD, *rows]]
    return mark + "\n".join(lines).encode(encoding, "replace")


def xlsx_of(rows: list[list[Any]]) -> bytes:
    return workbook([Sheet("x", HEAD, [[str(cell) for cell in row][:7] for row in rows])])


def repacked(book: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one of its parts changed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            new.writestr(entry.filename, change(content) if entry.filename.endswith(part) else content)
    return target.getvalue()


PLAIN_BOOK: Final = xlsx_of([["กทล.", "นายปรีชา ทองดี", "", "", ""]])
SHEET: Final = "sheet1.xml"
STRINGS: Final = "sharedStrings.xml"
ENTITIES: Final = b"".join(
    b'<!ENTITY %c "%s">' % (97 + n, b"&%c;" % (96 + n) * 10 if n else b"x" * 10) for n in range(9)
)
MADE_UP_BOOKS: Final = [
    repacked(PLAIN_BOOK, SHEET, lambda xml: xml[:200]),
    repacked(PLAIN_BOOK, SHEET, lambda xml: xml.replace(b"<row ", b"<row " * 3)),
    repacked(PLAIN_BOOK, SHEET, lambda xml: xml.replace(b"<v>", b"<v>99999")),
    repacked(PLAIN_BOOK, SHEET, lambda xml: xml.replace(b'r="A', b'r="XFD9')),
    repacked(PLAIN_BOOK, SHEET, lambda xml: xml.replace(b't="s"', b't="d"')),
    repacked(PLAIN_BOOK, SHEET, lambda xml: xml.replace(b't="s"', b't="n"').replace(b"<v>", b"<v>1e400")),
    repacked(PLAIN_BOOK, SHEET, lambda _xml: b"\x00" * 1000),
    repacked(PLAIN_BOOK, "workbook.xml", lambda xml: xml.replace(b"<sheet ", b"<sheets ")),
    repacked(PLAIN_BOOK, "styles.xml", lambda _xml: b"<styleSheet/>"),
    repacked(
        PLAIN_BOOK,
        STRINGS,
        lambda xml: xml.replace(b"?>", b"?><!DOCTYPE sst [" + ENTITIES + b"]>", 1).replace(
            b"<t>", b"<t>&i;", 1
        ),
    ),
    repacked(
        PLAIN_BOOK,
        STRINGS,
        lambda xml: xml.replace(
            b"?>", b'?><!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/passwd">]>', 1
        ).replace(b"<t>", b"<t>&x;", 1),
    ),
    repacked(PLAIN_BOOK, STRINGS, lambda _xml: b"<sst>" + b" " * 60_000_000),
    b"PK\x03\x04" + bytes(300),
]
LISTS: Final = st.one_of(
    st.binary(max_size=300),
    st.builds(
        csv_of,
        ROWS,
        st.sampled_from(["utf-8", "cp874", "utf-16", "utf-16-le", "utf-7", "shift_jis"]),
        st.sampled_from([b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"]),
        st.sampled_from([",", ";", "\t", '","', '"']),
    ),
    st.builds(lambda rows, end: xlsx_of(rows)[:end], ROWS, st.integers(0, 9000)),
    st.builds(
        lambda at, piece: PLAIN_BOOK[:at] + piece + PLAIN_BOOK[at:],
        st.integers(0, 6000),
        st.binary(max_size=6),
    ),
    st.sampled_from(MADE_UP_BOOKS),
)


@given(LISTS)
@bounded(250)
def test_any_file_is_a_table_or_refused_in_words(content: bytes) -> None:
    table, faults = outcome(
        lambda given: read(given, lambda cells: sum(cell in HEAD for cell in cells)), content
    )
    if faults:
        assert all(faults)
        return
    assert table.lines
    for _line, cells in table.lines:
        assert len(cells) == len(table.header)
        assert all(isinstance(cell, str) and len(cell) <= 500 for cell in cells)


@given(content=LISTS, name=st.sampled_from(["list.xlsx", "list.csv", "l.txt", "x", "a\u202eb.csv"]))
@bounded(25)
def test_a_list_that_is_brought_is_kept_whole_or_not_at_all(
    reader: Client, content: bytes, name: str
) -> None:
    pages = {reverse("office:network_imports"): NetworkImport, "/imports/petitions/": RegisterImport}
    for page, model in pages.items():
        with taken_back():
            answer = reader.post(page, {"file": SimpleUploadedFile(name, content)})
            assert answer.status_code in (200, 302, 422)
            assert model.objects.count() == (answer.status_code == 302)
            if answer.status_code == 302:
                assert reader.get(answer["Location"]).status_code == 200
            else:
                assert not kept_rows()
        for path in kept_rows():
            default_storage.delete(f"imports/{path}")


def kept_rows() -> list[str]:
    return default_storage.listdir("imports")[1] if default_storage.exists("imports") else []
