"""The date field: what it shows, reads and refuses, and that its script in the browser agrees with the server."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django import forms
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from office.fields import ThaiDateField, ThaiDateFilter, ThaiDateInput
from office.thai import ThaiDateError, format_long, parse_date

SUNDAY = date(2026, 11, 22)
SCRIPT = Path(__file__).parents[2] / "static" / "js" / "thai-date.js"


class ReceivedForm(forms.Form):
    """A form with one date, which the office got a paper on."""

    received_on = ThaiDateField(label="วันที่รับ", max_date=date(2026, 12, 31))


@pytest.fixture(params=["th", "en"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    with translation.override(request.param):
        yield request.param


@pytest.fixture
def in_thai() -> Iterator[None]:
    with translation.override("th"):
        yield


@pytest.fixture
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def refusal(typed: str, **limits: date) -> forms.ValidationError:
    """The error a person gets for a text."""
    with pytest.raises(forms.ValidationError) as refused:
        ThaiDateField(**limits).clean(typed)
    return refused.value


def elements(html: str) -> list[tuple[str, dict[str, str | None]]]:
    """Each start tag of a piece of HTML with its attributes."""
    found: list[tuple[str, dict[str, str | None]]] = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attrs: found.append((tag, dict(attrs)))  # type: ignore[method-assign]
    parser.feed(html)
    return found


# ── Reading ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("typed", ["๒๒/๑๑/๒๕๖๙", "22/11/2569", "22 พ.ย. 2569", "2569-11-22", "22/11/2026"])
def test_the_field_reads_either_era_and_either_digits(language, typed):
    assert ThaiDateField().clean(typed) == SUNDAY


def test_a_date_or_moment_given_by_code_is_taken_as_the_day_in_bangkok():
    assert ThaiDateField().clean(SUNDAY) == SUNDAY
    assert ThaiDateField().clean(datetime(2026, 11, 21, 17, 30, tzinfo=UTC)) == SUNDAY


def test_nothing_typed_is_none_unless_required():
    assert ThaiDateField(required=False).clean("") is None
    assert ThaiDateField(required=False).clean("  ") is None
    assert refusal("  ").code == "required"


@pytest.mark.parametrize(
    ("typed", "code", "message"),
    [
        ("31/2/2553", "day", "February 2010 has 28 days."),
        ("31 เมษายน 2553", "day", "April 2010 has 30 days."),
        ("1/13/2553", "month", "There is no month 13."),
        ("22/11/69", "two_digit_year", "Write all four digits of the year, e.g. 2026."),
        ("22/11/3569", "year", "The year must be between 1900 and 2399."),
        ("พรุ่งนี้", "invalid", "Write the day, month and year, e.g. 22/11/2026."),
    ],
)
def test_what_is_no_date_is_refused_in_words_that_help(in_english, typed, code, message):
    error = refusal(typed)
    assert error.code == code
    assert error.messages == [message]


def test_in_thai_the_words_have_buddhist_years_and_thai_digits(in_thai):
    assert refusal("31/2/2553").params == {"month": "กุมภาพันธ์ ๒๕๕๓", "days": "๒๘"}
    assert refusal("1/13/2553").params == {"month": "๑๓"}
    assert refusal("22/11/69").params["year"] == "๒๕๖๙"
    assert refusal("22/11/3569").params == {"first": "๒๔๐๐", "last": "๒๙๔๒"}
    assert refusal("x").params["example"] == "๒๒/๑๑/๒๕๖๙"


def test_the_limits_themselves_are_allowed_and_beyond_is_refused(in_thai):
    limits = {"min_date": date(2026, 11, 1), "max_date": date(2026, 11, 30)}
    assert ThaiDateField(**limits).clean("1/11/2569") == date(2026, 11, 1)
    assert ThaiDateField(**limits).clean("30/11/2569") == date(2026, 11, 30)
    assert refusal("31/10/2569", **limits).params == {"limit": "๑ พฤศจิกายน ๒๕๖๙"}
    assert refusal("1/12/2569", **limits).code == "max_date"


def test_a_form_may_set_the_limit_of_its_own_field_only():
    form = ReceivedForm({"received_on": "23/11/2569"})
    form.fields["received_on"].max_date = SUNDAY
    assert not form.is_valid()
    assert 'max="2026-11-22"' in str(form["received_on"])
    assert ReceivedForm({"received_on": "23/11/2569"}).is_valid()


def test_the_same_date_written_otherwise_is_no_change():
    field = ThaiDateField()
    assert not field.has_changed(SUNDAY, "22 พ.ย. 2569")
    assert field.has_changed(SUNDAY, "23 พ.ย. 2569")
    assert field.has_changed(SUNDAY, "31/2/2569")


@settings(deadline=None)
@given(
    day=st.dates(min_value=date(1900, 1, 1), max_value=date(2399, 12, 31)), code=st.sampled_from(["th", "en"])
)
def test_what_the_input_shows_the_field_reads(day, code):
    with translation.override(code):
        assert ThaiDateField().clean(ThaiDateInput().format_value(day)) == day


@settings(deadline=None)
@given(typed=st.text(max_size=100))
def test_any_text_gives_a_date_or_a_message(typed):
    try:
        day = ThaiDateField().clean(typed)
    except forms.ValidationError as refused:
        assert all(refused.messages)  # noqa: PT017 (either outcome is fine)
    else:
        assert day is not None


# ── Showing ─────────────────────────────────────────────────────────────────────────────────


def test_a_date_is_shown_in_figures_with_its_long_form_beside_it(in_thai):
    html = str(ReceivedForm(initial={"received_on": SUNDAY})["received_on"])
    assert 'value="๒๒/๑๑/๒๕๖๙"' in html
    assert ">๒๒ พฤศจิกายน ๒๕๖๙</output>" in html


def test_english_shows_the_common_era(in_english):
    html = str(ReceivedForm(initial={"received_on": SUNDAY})["received_on"])
    assert 'value="22/11/2026"' in html
    assert ">22 November 2026</output>" in html


def test_what_was_typed_wrongly_comes_back_as_typed(in_thai):
    html = str(ReceivedForm({"received_on": '31/2/2553"><b>'})["received_on"])
    assert 'value="31/2/2553&quot;&gt;&lt;b&gt;"' in html
    assert "></output>" in html


def test_an_empty_field_is_empty(in_thai):
    html = str(ReceivedForm()["received_on"])
    assert 'value=""' in html
    assert "๒๒/๑๑/๒๕๖๙" in html, "an example stands in the empty input"


def test_only_the_text_input_is_sent_and_it_works_without_script(in_thai):
    form = ReceivedForm({"received_on": "31/2/2553"})
    found = elements(str(form["received_on"]))
    named = [attrs for tag, attrs in found if "name" in attrs]
    assert [(attrs["name"], attrs["type"], attrs["id"]) for attrs in named] == [
        ("received_on", "text", "id_received_on")
    ]
    assert named[0]["aria-invalid"] == "true"
    assert named[0]["aria-describedby"] == "id_received_on_error"
    (button,) = (attrs for tag, attrs in found if tag == "button")
    assert "hidden" in button, "shown by the script, which it needs"
    assert not [
        attrs for _, attrs in found if "style" in attrs or any(name.startswith("on") for name in attrs)
    ]


def test_bootstraps_error_reaches_past_the_wrapper(in_thai):
    html = ThaiDateInput(attrs={"class": "form-control is-invalid"}).render("received_on", "x")
    wrapper = elements(html)[0][1]["class"]
    assert wrapper is not None
    assert "is-invalid" in wrapper.split()


def test_a_lists_filter_reads_the_same_dates():
    since = ThaiDateFilter(field_name="received_on", lookup_expr="gte").field
    assert since.clean("๑ ต.ค. ๒๕๕๒") == date(2009, 10, 1)
    assert since.clean("") is None


# ── In the browser ──────────────────────────────────────────────────────────────────────────

TYPED = [
    "๒๒/๑๑/๒๕๖๙",
    "22-11-2026",
    "2569-11-22",
    "2569/ธ.ค./22",
    "22112569",
    "22 พ.ย. 2569",
    "22พย.พ.ศ.2569",
    "22/11/พ.ศ. 2569",
    "22/11/พ.ศ. 2026",
    "22 เดือน พฤศจิกา 2569",
    "22 พฤ 2569",
    "22 พ.ศ. 2569",
    "วันอาทิตย์ที่ ๒๒ พฤศจิกายน พ.ศ. ๒๕๖๙",
    "Sunday 22 Dece 2026",
    "22 November B.E. 2569",
    "22 พฤศจิกายน ค.ศ. 2569",
    "29/2/2555",
    "29/2/2553",
    "31/2/2553",
    "0/1/2553",
    "1/0/2553",
    "1/13/2553",
    "022/11/2569",
    "22/011/2569",
    "22/11/69",
    "22/11/256",
    "22/11/1899",
    "22/11/2399",
    "22/11/2400",
    "22/11/2942",
    "22/11/2943",
    "22/11/2569 น.",
    "-22/11/2569",
    "=22/11/2569",
    "1/2/3/2569",
    "22\u200b/11/2569",
    "พรุ่งนี้",
    "",
]


def server_echo(typed: str) -> str:
    try:
        return format_long(parse_date(typed))
    except ThaiDateError:
        return ""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    with translation.override("th"):
        fields = ReceivedForm().as_div()
    page.set_content(f'<!doctype html><html lang="th"><body><form>{fields}</form></body></html>')
    page.add_script_tag(content=SCRIPT.read_text(encoding="utf-8"))
    yield page
    page.close()
    assert errors == []


@pytest.mark.browser
def test_the_browser_says_the_same_date_as_the_server_while_it_is_typed(page):
    said = {}
    for typed in TYPED:
        page.fill("[data-thai-date]", typed)
        said[typed] = page.text_content("[data-thai-date-echo]")
    assert said == {typed: server_echo(typed) for typed in TYPED}


@pytest.mark.browser
def test_a_picked_date_is_written_into_the_text_and_keeps_the_focus_there(page):
    page.fill("[data-thai-date-native]", "2026-11-22", force=True)
    page.dispatch_event("[data-thai-date-native]", "change")
    assert page.input_value("[data-thai-date]") == "๒๒/๑๑/๒๕๖๙"
    assert page.text_content("[data-thai-date-echo]") == "๒๒ พฤศจิกายน ๒๕๖๙"
    assert page.evaluate("document.activeElement.name") == "received_on"


@pytest.mark.browser
def test_the_picker_opens_by_its_button_at_the_typed_date(page):
    page.fill("[data-thai-date]", "22 พ.ย. 2569")
    page.click("[data-thai-date-picker]")
    assert page.input_value("[data-thai-date-native]") == "2026-11-22"
    assert page.get_attribute("[data-thai-date-picker]", "aria-label").endswith("วันที่รับ:")


@pytest.mark.browser
def test_the_picker_opens_by_key_from_the_text(page):
    page.fill("[data-thai-date]", "22 พ.ย. 2569")
    page.press("[data-thai-date]", "Alt+ArrowDown")
    assert page.input_value("[data-thai-date-native]") == "2026-11-22"


@pytest.mark.browser
def test_a_date_beyond_the_limit_never_keeps_the_form_from_being_sent(page):
    page.fill("[data-thai-date]", "1/1/2570")
    page.click("[data-thai-date-picker]")
    assert page.input_value("[data-thai-date-native]") == ""
    assert page.evaluate("document.forms[0].checkValidity()")
