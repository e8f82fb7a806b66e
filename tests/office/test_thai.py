"""Thai dates, digits, money and identity numbers."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from office.thai import (
    ThaiDateError,
    baht_text,
    be_year,
    format_baht,
    format_long,
    format_month,
    format_numeric,
    format_short,
    format_time,
    format_weekday,
    is_thai_id,
    parse_date,
    to_arabic_digits,
    to_thai_digits,
)

OCTOBER_FIRST = date(2009, 10, 1)
SUNDAY = date(2026, 11, 22)
# Dates that can be written in both eras: C.E. 1900–2399.
WRITABLE = st.dates(min_value=date(1900, 1, 1), max_value=date(2399, 12, 31))


def test_digits_change_and_the_rest_stays():
    assert to_thai_digits("รท 123/2553") == "รท ๑๒๓/๒๕๕๓"
    assert to_thai_digits(1261) == "๑๒๖๑"
    assert to_arabic_digits("รท ๑๒๓/๒๕๕๓ (4)") == "รท 123/2553 (4)"


def test_the_buddhist_year_changes_on_the_first_of_january():
    assert be_year(date(2009, 12, 31)) == 2552
    assert be_year(date(2010, 1, 1)) == 2553


def test_dates_are_written_as_the_office_writes_them():
    assert format_long(OCTOBER_FIRST) == "๑ ตุลาคม ๒๕๕๒"
    assert format_short(OCTOBER_FIRST) == "๑ ต.ค. ๕๒"
    assert format_numeric(OCTOBER_FIRST) == "๐๑/๑๐/๒๕๕๒"
    assert format_month(OCTOBER_FIRST) == "ตุลาคม ๒๕๕๒"
    assert format_weekday(date(2009, 11, 23)) == "จันทร์ ๒๓ พฤศจิกายน ๒๕๕๒"
    assert format_time(datetime(2009, 11, 23, 16, 30)) == "๑๖.๓๐ น."  # noqa: DTZ001 (local by contract)


def test_arabic_digits_keep_the_buddhist_year():
    assert format_long(OCTOBER_FIRST, digits="arabic") == "1 ตุลาคม 2552"
    assert format_short(OCTOBER_FIRST, digits="arabic") == "1 ต.ค. 52"
    assert format_baht(Decimal("200000"), digits="arabic") == "200,000.00"


def test_english_dates_are_of_the_common_era():
    assert format_long(OCTOBER_FIRST, language="en") == "1 October 2009"
    assert format_short(OCTOBER_FIRST, language="en") == "1 Oct 2009"
    assert format_numeric(OCTOBER_FIRST, language="en") == "01/10/2009"
    assert format_month(OCTOBER_FIRST, language="en-gb") == "October 2009"
    assert format_weekday(date(2009, 11, 23), language="en") == "Monday 23 November 2009"
    assert format_time(datetime(2009, 11, 23, 9, 5), language="en") == "09:05"  # noqa: DTZ001


def test_the_short_year_keeps_two_figures():
    assert format_short(date(1957, 2, 3)) == "๓ ก.พ. ๐๐"


@pytest.mark.parametrize(
    "typed",
    [
        "22/11/2569",
        "๒๒/๑๑/๒๕๖๙",
        "22-11-2569",
        "22.11.2569",
        "22 11 2569",
        "22, 11, 2569",
        "22112569",
        "2569-11-22",
        "2026-11-22",
        "22/11/2026",
        "๒๒ พฤศจิกายน ๒๕๖๙",
        "22 พ.ย. 2569",
        "22 พย 2569",
        "22 พ.ย 2569",
        "22พ.ย.2569",
        "22-พ.ย.-2569",
        "22 พฤศจิกา 2569",
        "22 พฤศจิกายน พ.ศ. 2569",
        "22 พ.ย. พ.ศ.2569",
        "22/11/พ.ศ. 2569",
        "22 เดือน พฤศจิกายน พศ 2569",
        "วันที่ ๒๒ พฤศจิกายน ๒๕๖๙",
        "วันอาทิตย์ที่ ๒๒ พฤศจิกายน พ.ศ. ๒๕๖๙",
        "22 November 2026",
        "22 nov 2026",
        "Sunday 22 November 2026",
        "22 November B.E. 2569",
        "22 พฤศจิกายน ค.ศ. 2026",
        "  22/11/2569\u200b ",
    ],
)
def test_a_date_is_read_in_either_era_and_either_digits(typed):
    assert parse_date(typed) == SUNDAY


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("22/11/69", "two_digit_year"),
        ("๒๒ พ.ย. ๖๙", "two_digit_year"),
        ("31/2/2553", "day"),
        ("29 กุมภาพันธ์ 2553", "day"),
        ("0/2/2553", "day"),
        ("31/4/2553", "day"),
        ("1/13/2553", "month"),
        ("1/0/2553", "month"),
        ("22/11/1899", "year"),
        ("22/11/2943", "year"),
        ("22/11/256", "year"),
        ("22/11/25690", "year"),
        ("22/11/พ.ศ. 2026", "year"),
        ("22 พฤศจิกายน ค.ศ. 2569", "year"),
        ("พรุ่งนี้", "unreadable"),
        ("22/11", "unreadable"),
        ("22 พฤ 2569", "unreadable"),
        ("22 พ.ศ. 2569", "unreadable"),
        ("022/11/2569", "unreadable"),
        ("22/011/2569", "unreadable"),
        ("22/11/2569 น.", "unreadable"),
        ("ก 22/11/2569", "unreadable"),
        ("22 ก 11 ข 2569", "unreadable"),
        ("1/2/3/2569", "unreadable"),
        ("1" * 5000, "unreadable"),
        ("=22/11/2569", "unreadable"),
    ],
)
def test_what_is_no_date_is_refused_with_its_reason(typed, reason):
    with pytest.raises(ThaiDateError) as refused:
        parse_date(typed)
    assert refused.value.reason == reason


def test_an_impossible_day_says_how_long_the_month_is():
    with pytest.raises(ThaiDateError) as refused:
        parse_date("๓๑ กุมภาพันธ์ ๒๕๕๓")
    error = refused.value
    assert (error.day, error.month, error.year, error.days_in_month) == (31, 2, 2010, 28)


def test_a_leap_day_is_read_in_a_leap_year():
    assert parse_date("29/2/2555") == date(2012, 2, 29)


@settings(deadline=None)
@given(day=WRITABLE, digits=st.sampled_from(["thai", "arabic"]), language=st.sampled_from(["th", "en"]))
def test_what_is_written_is_read_back(day, digits, language):
    for form in (format_long, format_numeric, format_weekday):
        assert parse_date(form(day, digits=digits, language=language)) == day
    assert parse_date(day.isoformat()) == day


@settings(deadline=None)
@given(typed=st.text(alphabet="0123456789๐๕ /.-พศคมยก.เดือนวันที่", max_size=90))
def test_any_text_is_a_date_or_refused(typed):
    try:
        day = parse_date(typed)
    except ThaiDateError as refused:
        assert refused.reason in {"empty", "unreadable", "two_digit_year", "year", "month", "day"}  # noqa: PT017
    else:
        assert parse_date(format_long(day)) == day


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "ศูนย์บาทถ้วน"),
        ("1", "หนึ่งบาทถ้วน"),
        ("10", "สิบบาทถ้วน"),
        ("11", "สิบเอ็ดบาทถ้วน"),
        ("20", "ยี่สิบบาทถ้วน"),
        ("21", "ยี่สิบเอ็ดบาทถ้วน"),
        ("101", "หนึ่งร้อยเอ็ดบาทถ้วน"),
        ("112", "หนึ่งร้อยสิบสองบาทถ้วน"),
        ("150000", "หนึ่งแสนห้าหมื่นบาทถ้วน"),
        ("200000.00", "สองแสนบาทถ้วน"),
        ("1000000", "หนึ่งล้านบาทถ้วน"),
        ("1000001", "หนึ่งล้านเอ็ดบาทถ้วน"),
        ("11000000", "สิบเอ็ดล้านบาทถ้วน"),
        ("1000000000000", "หนึ่งล้านล้านบาทถ้วน"),
        ("1.25", "หนึ่งบาทยี่สิบห้าสตางค์"),
        ("0.50", "ห้าสิบสตางค์"),
        ("0.01", "หนึ่งสตางค์"),
        ("-5", "ลบห้าบาทถ้วน"),
        ("-0.50", "ลบห้าสิบสตางค์"),
    ],
)
def test_money_is_written_in_words(amount, words):
    assert baht_text(Decimal(amount)) == words


def test_a_part_of_a_satang_has_no_words():
    with pytest.raises(ValueError, match="satang"):
        baht_text(Decimal("1.005"))


def test_money_is_written_with_thousands_and_satang():
    assert format_baht(Decimal("200000")) == "๒๐๐,๐๐๐.๐๐"
    assert format_baht(Decimal("-1234.5")) == "-๑,๒๓๔.๕๐"
    assert format_baht(Decimal("0.005"), language="en") == "0.01"


@pytest.mark.parametrize(
    "number", ["1101700230708", "1-1017-00230-70-8", "๑๑๐๑๗๐๐๒๓๐๗๐๘", "1 1017 00230 70 8"]
)
def test_a_citizen_number_with_its_check_digit_is_known(number):
    assert is_thai_id(number)


@pytest.mark.parametrize(
    "number", ["", "1101700230707", "110170023070", "11017002307080", "110170023070ก", "²" * 13]
)
def test_any_other_number_is_not(number):
    assert not is_thai_id(number)


@settings(deadline=None)
@given(first_twelve=st.text(alphabet="0123456789", min_size=12, max_size=12))
def test_exactly_one_check_digit_fits(first_twelve):
    assert sum(is_thai_id(first_twelve + figure) for figure in "0123456789") == 1
