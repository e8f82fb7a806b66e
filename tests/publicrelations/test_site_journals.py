"""The journal and the press conferences on the public site: what is out, what is not, and what each shows."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from office.calendar import OFFICE_TZ
from office.models import Matter, Subgroup
from publicrelations.models import (
    Article,
    ArticleState,
    Journal,
    JournalEdition,
    JournalEntry,
    PressConference,
)
from publicrelations.models.journal_state import JournalState
from tests.cast import MORNING
from tests.publicrelations.press_cast import make_press_conference
from tests.publicrelations.site_cast import make_article

pytestmark = pytest.mark.django_db
MAILED_AT = datetime(2009, 11, 30, 12, 0, tzinfo=OFFICE_TZ)


def make_journal(issue: int = 14, month: date = date(2009, 11, 1), **kwargs: Any) -> Journal:
    """An issue as it stands when it is out, with its pages and its cover."""
    given: dict[str, Any] = {
        "title": f"วารสาร สร.สาร ฉบับที่ {issue}",
        "state": JournalState.MAILED,
        "cover_line": "เรียนฟรี ๑๕ ปี",
        "mailed_at": MAILED_AT,
        "list_closed_at": MAILED_AT,
        "copies_printed": 2000,
        "printed_on": date(2009, 11, 25),
        **{f"{what}_due_on": month for what in ("content", "proof", "approval", "printing", "mailing")},
    } | kwargs
    journal = Journal(
        kind=Matter.Kind.JOURNAL, series=settings.SERIES_PREFIXES["journal"], year=2553, number=issue, issue=issue,
        month=month, print_run=2000, subgroup=Subgroup.objects.get(code=Subgroup.Code.PUBLIC_RELATIONS),
        received_at=MORNING, registered_at=MORNING, **(given | {"state": JournalState.PLANNED}),
    )  # fmt: skip
    journal.save()
    edition = JournalEdition.objects.create(
        journal=journal, edition=1, state=JournalEdition.State.ISSUED, asked_at=MORNING, issued_at=MORNING,
        sha256=f"{issue:064x}", web_sha256=f"{issue + 1000:064x}", cover_sha256=f"{issue + 2000:064x}",
        web_size=9, cover_size=9, cover_width=420, cover_height=594,
    )  # fmt: skip
    Journal.objects.filter(pk=journal.pk).update(state=given["state"], approved_edition=edition)
    for kept in (edition.web_pdf, edition.cover):
        default_storage.save(kept.path, ContentFile(b"%PDF-1.7\n"))
    return Journal.objects.get(pk=journal.pk)


def edition_of(journal: Journal) -> JournalEdition:
    assert journal.approved_edition is not None
    return journal.approved_edition


def text_of(path: str) -> str:
    answer = Client().get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_issue_that_is_out_is_shown_with_cover_contents_and_pages() -> None:
    journal = make_journal()
    article = make_article()
    JournalEntry.objects.create(journal=journal, article=article, order=1)
    text = text_of("/journals/14/")
    assert journal.title in text
    assert article.public_path() in text
    assert f'/journals/14/cover-{edition_of(journal).cover_sha256}.webp"' in text
    assert re.search(r'width="420"\s+height="594"', text)
    pages = Client().get("/journals/14/journal.pdf")
    assert (pages.status_code, pages["Content-Type"]) == (200, "application/pdf")
    cover = Client().get(f"/journals/14/cover-{edition_of(journal).cover_sha256}.webp")
    assert (cover.status_code, cover["Content-Type"]) == (200, "image/webp")
    assert "พฤศจิกายน ๒๕๕๒" in text_of("/journals/")
    assert "พฤศจิกายน ๒๕๕๒" in text_of("/")


@pytest.mark.parametrize(
    "hidden", [{"state": JournalState.PROOF}, {"state": JournalState.PRINTED}, {"secrecy": 1}]
)
def test_an_issue_that_is_not_out_is_not_there(hidden: dict[str, Any]) -> None:
    journal = make_journal(**hidden)
    cover = f"cover-{edition_of(journal).cover_sha256}.webp"
    for path in ("/journals/14/", "/journals/14/journal.pdf", f"/journals/14/{cover}"):
        assert Client().get(path).status_code == 404
    assert journal.cover_line not in text_of("/journals/")


def test_the_file_for_the_printer_is_given_to_nobody() -> None:
    journal = make_journal()
    edition = edition_of(journal)
    assert Client().get(f"/journals/14/cover-{edition.sha256}.webp").status_code == 404
    assert Client().get(f"/journals/14/cover-{edition.web_sha256}.webp").status_code == 404


def test_an_article_that_was_withdrawn_keeps_its_line_in_the_contents_not_its_link() -> None:
    journal = make_journal()
    article = make_article()
    JournalEntry.objects.create(journal=journal, article=article, order=1)
    Article.objects.filter(pk=article.pk).update(
        state=ArticleState.WITHDRAWN, withdrawn_at=MORNING, withdrawal_reason="ถอน"
    )
    text = text_of("/journals/14/")
    assert article.title in text
    assert article.public_path() not in text


def test_issues_lead_to_each_other_and_turn_their_pages() -> None:
    for issue in range(1, 27):
        month = date(2007 + (issue + 9) // 12, (issue + 9) % 12 + 1, 1)
        make_journal(issue, month)
    text = text_of("/journals/")
    assert text.count('class="issue"') == 24
    following = re.search(r'rel="next"\s+href="([^"]+)"', text)
    assert following is not None
    assert text_of(following[1]).count('class="issue"') == 2
    middle = text_of("/journals/10/")
    assert '/journals/9/"' in middle
    assert '/journals/11/"' in middle


# ── Press conferences ─────────────────────────────────────────────────────────────────────────


def test_those_to_come_stand_first_and_those_that_were_with_their_news() -> None:
    now = timezone.now()
    coming = make_press_conference(starts_at=now + timedelta(days=3))
    past = make_press_conference(starts_at=now - timedelta(days=3))
    article = make_article(press_conference=past)
    draft = make_article(press_conference=past, state=ArticleState.DRAFT)
    PressConference.objects.filter(pk=past.pk).update(state=PressConference.State.CLOSED)
    text = text_of("/press-conferences/")
    assert text.index(coming.title) < text.index(past.title) < text.index(article.title)
    assert draft.title not in text
    assert coming.title in text_of("/")
    page = text_of(f"/press-conferences/{past.year}/{past.number}/")
    assert article.public_path() in page
    assert past.brief in page


@pytest.mark.parametrize("hidden", [{"is_public": False}, {"secrecy": 1}, {"state": "cancelled"}])
def test_a_press_conference_that_is_not_public_is_not_there(hidden: dict[str, Any]) -> None:
    conference = make_press_conference(starts_at=timezone.now() + timedelta(days=3))
    PressConference.objects.filter(pk=conference.pk).update(**hidden)
    assert Client().get(f"/press-conferences/{conference.year}/{conference.number}/").status_code == 404
    for path in ("/press-conferences/", "/"):
        assert conference.title not in text_of(path)


def test_one_that_is_postponed_says_so() -> None:
    conference = make_press_conference(starts_at=timezone.now() + timedelta(days=3))
    PressConference.objects.filter(pk=conference.pk).update(state=PressConference.State.POSTPONED)
    text = text_of(f"/press-conferences/{conference.year}/{conference.number}/")
    assert "เลื่อน" in text
    assert conference.title not in text_of("/press-conferences/")
