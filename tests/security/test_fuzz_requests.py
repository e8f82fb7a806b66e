"""Requests that no browser would send: bodies cut and broken, fields beyond number, questions of any letters. Each is
answered by a page, and nothing is half stored."""

from __future__ import annotations

import sys
from itertools import count
from typing import Any, Final
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from hypothesis import given
from hypothesis import strategies as st

from complaints.models import Petition
from office.models import Deadline, Event
from office.registers import Register
from tests.complaints.test_public_intake import filled
from tests.security.asked import ROOMS
from tests.security.fuzzing import TYPED, bounded, taken_back

pytestmark = pytest.mark.django_db


# ── The form of the public, byte by byte ────────────────────────────────────────────────────

BOUNDARY: Final = b"Xq7"
_numbers = count(1)


def part(head: bytes, content: bytes) -> bytes:
    return b"--" + BOUNDARY + b"\r\nContent-Disposition: form-data; " + head + b"\r\n\r\n" + content + b"\r\n"


def text_part(name: bytes, content: bytes) -> bytes:
    return part(b'name="' + name + b'"', content)


ODD_PARTS: Final = st.sampled_from(
    [
        b"",
        text_part(b"", b"x"),
        text_part(b"story\x00", b"x"),
        text_part(b"story", b"a\x00b"),
        text_part(b"story", b"\xff\xfe\xed\xa0\x80"),
        text_part(b"\xff", b"x"),
        text_part(b"title", b"x" * 3_000_000),
        b"".join(text_part(b"f%d" % number, b"") for number in range(1500)),
        part(b'name="attachments"; filename=""', b""),
        part(b'name="attachments"; filename="\x00.pdf"', b"%PDF-1.4"),
        part(b'name="attachments"; filename="../../etc/passwd"', b"x"),
        part(b'name="attachments"; filename="' + b"\xe0" * 500 + b'.txt"', b"x"),
        part(b"name=\"attachments\"; filename*=nothing''a.txt", b"x"),
        part(b"name=\"attachments\"; filename*=utf-8''%ff%00.txt", b"x"),
        part(b"name*=rot13''fgbel", b"x"),
        part(b'name="attachments"; filename="a.txt"\r\nContent-Transfer-Encoding: base64', b"not base 64 !"),
        part(b'name="attachments"; filename="a.txt"\r\nContent-Type: text/plain; charset=zlib', b"x"),
        part(b'name="story"\r\nContent-Transfer-Encoding: base64', b"====="),
        part(b'name="attachments-kept"', b"e" * 5000),
        part(b'name="ticket"', b"gAAAAA" * 400),
        b"".join(part(b'name="attachments"; filename="%d.txt"' % number, b"x") for number in range(150)),
        part(b'name="x"\r\nX-Long: ' + b"a" * 70_000, b"x"),
        part(b'name="x"' + b"\r\nX: y" * 5000, b"x"),
        part(b"name=story; " + b"a=b; " * 500, b"x"),
        b"--" + BOUNDARY + b"\r\n\r\nno head\r\n",
        b"--" + BOUNDARY,
        b"\r\n" * 5000,
    ]
)
CONTENT_TYPES: Final = st.sampled_from(
    [
        *["multipart/form-data; boundary=Xq7"] * 8,
        'multipart/form-data; boundary="Xq7"; charset=utf-16',
        "multipart/form-data; boundary=Xq7; charset=zlib",
        "multipart/form-data; boundary=Xq7; charset=rot13",
        "multipart/form-data; boundary=Xq7; charset=nothing",
        "multipart/form-data; boundary=other",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=" + "x" * 300,
        "multipart/form-data; boundary=ก",
        "multipart/form-data",
        "multipart/mixed; boundary=Xq7",
        "application/x-www-form-urlencoded; charset=utf-16",
        "application/x-www-form-urlencoded",
        "",
    ]
)


def form_of(odd: list[bytes], end: bytes, cut: int) -> bytes:
    parts = [text_part(name.encode(), value.encode()) for name, value in filled().items()]
    whole = b"".join([*odd, *parts]) + b"--" + BOUNDARY + end
    return whole[: len(whole) - cut]


BODIES: Final = st.one_of(
    st.builds(
        form_of,
        st.lists(ODD_PARTS, max_size=3),
        st.sampled_from([b"--\r\n", b"--", b""]),
        st.sampled_from([0, 0, 1, 40, 700]),
    ),
    st.binary(max_size=200),
    st.builds(
        lambda *parts: b"&".join(parts),
        st.binary(max_size=40),
        st.just(b"story=%00%ff%ud800&kind=%"),
        st.binary(max_size=9),
    ),
)


@given(content=BODIES, content_type=CONTENT_TYPES)
@bounded(60)
def test_any_body_sent_to_the_publics_form_is_a_petition_or_none(
    settings: Any, content: bytes, content_type: str
) -> None:
    number = next(_numbers)
    client = Client(REMOTE_ADDR=f"10.77.{number // 250}.{number % 250}", raise_request_exception=False)
    with taken_back():
        answer = client.generic("POST", "/petition/", content, content_type)
        assert answer.status_code in (200, 302, 400, 413), content[:300]
        registered = int(answer.status_code == 302)
        assert Petition.objects.count() == registered
        assert (Event.objects.count(), Deadline.objects.count()) == (registered, registered)


# ── Questions in an address ─────────────────────────────────────────────────────────────────

ASKED: Final = st.one_of(
    TYPED.map(lambda typed: typed.encode("utf-8", "surrogatepass")),
    st.binary(max_size=12),
    st.sampled_from(
        [
            b"1",
            b"0",
            b"none",
            b"2552-11",
            b"2553-1",
            b"2553-5",
            b"0-0",
            b"99999-1",
            b"9" * 11,
            b"1-",
            b"2942-12",
            b"10542",
        ]
    ),
)


def registers() -> list[Register]:
    """Every register of matters, read from the modules of the pages."""
    get_resolver()._populate()
    rooms = [module for name, module in sorted(sys.modules.items()) if name.split(".")[0] in ROOMS]
    found = {
        id(value): value for room in rooms for value in vars(room).values() if isinstance(value, Register)
    }
    return sorted(found.values(), key=lambda one: one.page)


def questions_of(register: Register) -> list[str]:
    """What its filter can be asked, with what turns and orders its pages."""
    return [*register.filter.base_filters, "order", "after", "upto", "file", "page"]


def test_there_are_registers_to_ask() -> None:
    assert len(registers()) == 14
    assert all(len(questions_of(one)) > 8 for one in registers())


@given(data=st.data())
@bounded(40)
def test_any_question_to_a_register_is_answered(reader: Client, data: st.DataObject) -> None:
    register = data.draw(st.sampled_from(registers()), label="register")
    names = st.sampled_from(questions_of(register))
    asked = data.draw(st.dictionaries(names, st.lists(ASKED, max_size=2), max_size=4), label="asked")
    for page in (register.page, register.filter_page):
        answer: Any = reader.get(reverse(page), asked)
        if answer.streaming:
            answer.getvalue()
        assert answer.status_code in (200, 302, 422), (page, asked)


FORM: Final = "application/x-www-form-urlencoded"


@given(
    typed=st.one_of(
        TYPED, st.sampled_from(['"', '""""', "%" * 50, "\\_" * 9, "'; --", "(" * 80, "AND OR NOT *"])
    )
)
@bounded(80)
def test_any_words_are_searched_or_found_too_short(reader: Client, typed: str) -> None:
    asked = {"q": typed.encode("utf-8", "surrogatepass")}
    answer = reader.post("/search/", urlencode(asked), FORM, follow=True)
    assert answer.status_code in (200, 422)
    public: Any = Client(raise_request_exception=False)
    found = public.get(reverse("site:search"), asked)
    assert found.status_code in (200, 422, 429)
