"""The whole site as each role comes to it: no broken link, nothing offered that is refused, no error, no word of the
other language, and of every view's looks a few in a real browser, at both widths, by day and by night.

Whoever comes first to a view, or to elements that nobody has seen in it, looks at it for all; so it matters little how
the roles are shared out among processes. The last one home sees whether every view of the project was come to.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page

from office.models import Matter, User
from tests.browser.conftest import PATIENCE
from tests.browser.crawling import SYSTEM, Notebook, Opened, Walk, Written, kinds_in, views_that_are_read
from tests.browser.demo_office import Office, demo_office, office_here  # noqa: F401  the fixtures
from tests.browser.judge import axe, looks_of, no_sideways_scroll, thai_left
from tests.browser.visitor import DESK, HEIGHTS, PHONE, Visitor, thai
from tests.browser.world import secret_addresses

NOBODY = "nobody"
ROLES = [
    NOBODY, "officer", "politics", "news", "head", "politics-head", "news-head", "executive", "admin",
]  # fmt: skip
LOOKS_OF_A_VIEW = 2
NEW_KINDS = 3  # elements unlike those seen in a view before, that another of its pages is looked at for
HIGHEST = 6000  # pixels
# The page that readers get, in the language it was written in; the headings of a Thai file; the text of a Thai letter.
ONE_LANGUAGE = {"preview:article", "imports:upload", "office:ask"}
LOOK, REACHED, HOME = "look ", "reached", "home"  # what is written into the notebook

pytestmark = pytest.mark.django_db(transaction=True)  # so these come after all that roll their rows back


@pytest.fixture
def _django_db_helper() -> None:
    """Instead of pytest-django's, which would empty the database after each walk: `demo_office` does it once."""


UNREACHED = {
    "accounts": "account_confirm_email account_confirm_login_code account_email account_email_verification_sent "
    "account_inactive account_logout account_reset_password_done account_reset_password_from_key "
    "account_reset_password_from_key_done account_set_password account_signup mfa_authenticate mfa_deactivate_totp "
    "mfa_download_recovery_codes mfa_generate_recovery_codes mfa_reauthenticate mfa_view_recovery_codes set_language",
    "answers to programs, with a token (tests/api)": "api:articles api:bills api:engagements api:indicators "
    "api:interpellations api:journals api:meetings api:petitions api:press_conferences",
    "shown once, to whoever has just sent something": "complaints:bulk complaints:bulk_confirm complaints:receipt "
    "petition:draft_kept petition:receipt search:results",
    "of a file that somebody brought": "imports:preview imports:state imports:wrong office:network_import "
    "office:network_import_wrong parliament:member_import parliament:member_import_wrong "
    "publicrelations:engagement_import_preview publicrelations:recipient_import publicrelations:recipient_import_wrong",
    "of papers and pictures, which this office was furnished without": "complaints:letter_batch_done "
    "complaints:letter_paper complaints:letter_paper_word office:document_in_file parliament:binder_pdf "
    "preview:picture parliament:binder_status projectplan:budget_file projectplan:kpi_evidence "
    "projectplan:seminar_file projectplan:training_evidence publicrelations:article_picture "
    "publicrelations:journal_edition_status publicrelations:labels_pdf publicrelations:labels_status "
    "publicrelations_links:invited_paper reports:edition_word reports:pdf reports:status reports:tables "
    "site:file site:picture",
    "where a form on another page is sent, which a reader is led back to": "office:document_in_matter "
    "office:document_in_pass office:document_in_practice projectplan:topic_add",
    "of what this office has none of at the moment": "administration:leaving complaints:join complaints:letter "
    "office:calendar_moves office:contact_merge parliament:interpellation_compare "
    "parliament:interpellation_similar parliament:lapse parliament:motion_compare parliament:recess_end "
    "projectplan:budget_reverse projectplan:kpi_anew projectplan:kpi_enter projectplan:plan_compare "
    "projectplan:survey_results projectplan:training_edit projectplan:work_anew publicrelations:article_compare "
    "publicrelations:engagement_time_conflicts publicrelations:press_door publicrelations_links:invited "
    "publicrelations_links:invited_calendar retention:lift",
    "asked for by machines that read": "api:api-root api:document alive metrics office:kept_draft open_data:catalogue "
    "ready site:atom site:category_atom site:sitemap_month site:sitemap_standing",
}
"""Views that are read and that no walk comes to, by what they are; each is tested in its own room."""


@pytest.fixture(scope="module")
def written(demo_office: Office) -> Written:  # noqa: F811
    return Written()


def first_pages(person: User | None) -> Iterator[str]:
    """Where somebody begins: what everybody finds, and of each kind of matter one in every state they may see."""
    if person is None:
        yield from ("/", reverse("account_login"), reverse("site:robots"), reverse("site:sitemap"))
        yield from secret_addresses(timezone.now())
        return
    yield from ("/", reverse("projectplan:today"), reverse("office:personal"), reverse("office:calendar"))
    seen = Matter.objects.visible_to(person).values("pk")
    for kind in (model for model in apps.get_models() if issubclass(model, Matter) and model is not Matter):
        newest = kind._default_manager.filter(pk__in=seen).order_by("-pk")
        yield from {getattr(one, "state", ""): one.get_absolute_url() for one in newest}.values()


@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_a_role(role: str, office_here: Office, written: Written, browser: Browser) -> None:  # noqa: F811
    person = None if role == NOBODY else User.objects.get(username=role)
    notebook = Notebook(office_here.shared)
    walk = Walk(person, notebook, written)
    visitor = sitting_down(browser, office_here, walk)
    for opened in walk.pages(first_pages(person)):
        kinds = new_kinds(opened, notebook)
        if kinds:
            is_first = not notebook.lines(opened.view)
            notebook.write(opened.view, [f"{LOOK}{opened.address}", *kinds])
            look_at(visitor, opened, written, is_first=is_first)
    visitor.page.context.close()
    notebook.write(REACHED, walk.reached)
    notebook.write(HOME, [role])
    faults = list(dict.fromkeys([*walk.faults, *visitor.faults]))
    notebook.write(f"faults of {role}", faults)  # to be read while the others are still on their way
    assert not faults, f"{len(faults)} findings\n" + "\n".join(faults)
    if notebook.lines(HOME) == set(ROLES):
        missed = views_that_are_read() - notebook.lines(REACHED) - unreached()
        assert not missed, f"come to by nobody: {', '.join(sorted(missed))}"


def test_what_nobody_comes_to_is_there_and_read() -> None:
    assert unreached() <= views_that_are_read()


def test_our_thai_on_an_english_page_is_heard_and_peoples_is_not(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(
        f'<html lang="en"><body><h1>{thai("Waiting for me")}</h1><p>นางสมศรี ใจดี</p></body></html>'
    )
    assert thai_left(page) == [f"Thai left: {thai('Waiting for me')}"]
    page.close()


def unreached() -> set[str]:
    return {name for names in UNREACHED.values() for name in names.split()}


def new_kinds(opened: Opened, notebook: Notebook) -> set[str]:
    """What stands on the page and was not seen in this view; nothing once the view was looked at often enough.
    Django's own pages of the system are left out."""
    if opened.view.startswith(SYSTEM):
        return set()
    known = notebook.lines(opened.view)
    looks = sum(line.startswith(LOOK) for line in known)
    new = kinds_in(opened.document) - known
    return new if looks == 0 or (looks < LOOKS_OF_A_VIEW and len(new) >= NEW_KINDS) else set()


def sitting_down(browser: Browser, office: Office, walk: Walk) -> Visitor:
    """The person of the walk at a browser, signed in as there."""
    context = browser.new_context(
        viewport={"width": DESK, "height": HEIGHTS[DESK]}, timezone_id="Asia/Bangkok", reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE)
    session = walk.client.cookies.get(django_settings.SESSION_COOKIE_NAME)
    if session:
        context.add_cookies(
            [{"name": django_settings.SESSION_COOKIE_NAME, "value": session.value, "url": office.url}]
        )
    visitor = Visitor(context.new_page(), office.url)
    visitor.watch(context)
    return visitor


def look_at(visitor: Visitor, opened: Opened, written: Written, *, is_first: bool) -> None:
    """By day all of it at both widths, by night its colours; the first of a view in English too."""
    page, found = visitor.page, []
    visitor.goes(opened.address)
    visitor.rests()
    for width in (DESK, PHONE):
        sees_the_whole(page, width)
        found += [f"{width}: {fault}" for fault in looks_of(page)]
        page.emulate_media(color_scheme="dark")
        found += [f"{width} by night: {fault}" for fault in axe(page, rules=["color-contrast"])]
        page.emulate_media(color_scheme="light")
    if is_first and opened.view not in ONE_LANGUAGE:
        found += [f"in English: {fault}" for fault in in_english(visitor, opened.address, written)]
    page.set_viewport_size({"width": DESK, "height": HEIGHTS[DESK]})
    visitor.faults += [f"{unquote(opened.address)[:80]} ({opened.view}) {fault}" for fault in found]


def sees_the_whole(page: Page, width: int) -> None:
    """As high as the page is: what sticks to the lower edge of a phone stands where it belongs, over nothing."""
    page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
    height = page.evaluate("() => document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": min(max(height, HEIGHTS[width]), HIGHEST)})


def in_english(visitor: Visitor, address: str, written: Written) -> list[str]:
    """The same page in the other language, on a phone."""
    context = visitor.page.context
    context.add_cookies([{"name": django_settings.LANGUAGE_COOKIE_NAME, "value": "en", "url": visitor.site}])
    visitor.goes(address)
    visitor.rests()
    faults = [*no_sideways_scroll(visitor.page), *thai_left(visitor.page, kept=written.lines)]
    context.clear_cookies(name=django_settings.LANGUAGE_COOKIE_NAME)
    return faults
