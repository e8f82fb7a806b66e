"""The pages of joining, linking and splitting: who sees them, what they ask, what they say, what they cost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from complaints.models import Petition, PetitionLink, State
from office.documents import accept, attach
from office.models import Document, Secrecy, User
from tests.cast import CODE, MORNING, bring_to, fresh, make_petition, take_step
from tests.complaints.test_joining import put_together

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
CEILING = 16


@pytest.fixture
def kept(officer: User) -> Petition:
    return make_petition(owner=officer, title="โรงเรียนเก็บเงินค่าเทอมเกิน")


@pytest.fixture
def other(officer: User) -> Petition:
    return make_petition(owner=officer, title="ร้องเรียนการเก็บเงินของโรงเรียน", place="บ้านหนองบัว")


def join_url(kept: Petition, other: Petition) -> str:
    return reverse("complaints:join", args=[kept.pk, other.pk])


def chosen(kept: Petition, other: Petition, **more: str) -> dict[str, str]:
    return {
        "seen": str(fresh(kept).version),
        "other_seen": str(fresh(other).version),
        "title": "kept",
        "place": "other",
        "leading": "kept",
        "reason": "เรื่องเดียวกัน",
    } | more


# ── Joining ─────────────────────────────────────────────────────────────────────────────────


def test_the_button_leads_to_the_choice_and_the_number_to_the_comparison(
    client_for: SignIn, officer: User, kept: Petition, other: Petition
) -> None:
    client = client_for(officer)
    way = reverse("complaints:step", args=[kept.pk, "join"])
    assert way in client.get(kept.get_absolute_url()).content.decode()
    page = client.get(way).content.decode()
    assert other.label in page  # the same person: a likely double
    assert join_url(kept, other) in page
    found = client.get(way, {"number": other.label.replace("รท", "").strip(), "seen": "1"})
    assert found.status_code == 302
    assert found["Location"] == join_url(kept, other)


@pytest.mark.parametrize("typed", ["99999/2553", "ไม่ใช่เลข", ""])
def test_a_number_that_is_not_there_is_said_beside_the_field(
    typed: str, client_for: SignIn, officer: User, kept: Petition
) -> None:
    answer = client_for(officer).get(reverse("complaints:join_which", args=[kept.pk]), {"number": typed})
    assert answer.status_code == 422
    assert typed in answer.content.decode()
    assert answer.context["form"].errors["number"]


def test_the_comparison_asks_for_what_differs_only(
    client_for: SignIn, officer: User, kept: Petition, other: Petition
) -> None:
    page = client_for(officer).get(join_url(kept, other))
    picks = {pick.field.name: (pick.kept, pick.other) for pick in page.context["form"].picks()}
    assert picks == {
        "title": ("โรงเรียนเก็บเงินค่าเทอมเกิน", "ร้องเรียนการเก็บเงินของโรงเรียน"),
        "place": ("", "บ้านหนองบัว"),
    }
    assert page.context["form"]["place"].value() == "other"
    assert kept.story in page.content.decode()
    assert "สมศรี" not in page.content.decode()


def test_joined_from_the_page_both_numbers_lead_to_the_one(
    client_for: SignIn, officer: User, kept: Petition, other: Petition
) -> None:
    client = client_for(officer)
    answer = client.post(join_url(kept, other), chosen(kept, other, leading="other"), follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain[0][0] == kept.get_absolute_url()
    assert "บ้านหนองบัว" in page
    assert page.index(other.title) < page.index("เนื้อเรื่อง")  # its story was chosen to lead
    there = client.get(other.get_absolute_url()).content.decode()
    assert kept.get_absolute_url() in there
    assert "รวมเข้ากับ" in there
    searched = client.post(reverse("office:search"), {"q": other.label}, follow=True)
    assert kept.get_absolute_url() in searched.content.decode() or other.get_absolute_url() in str(
        searched.redirect_chain
    )


def test_without_a_reason_nothing_chosen_is_lost(
    client_for: SignIn, officer: User, kept: Petition, other: Petition
) -> None:
    answer = client_for(officer).post(join_url(kept, other), chosen(kept, other, reason="", title="other"))
    assert answer.status_code == 422
    form = answer.context["form"]
    assert (form["title"].value(), form["place"].value()) == ("other", "other")
    assert form.errors["reason"] == ["กรอกเหตุผลที่เป็นเรื่องเดียวกัน"]
    assert fresh(other).joined_to is None


@pytest.mark.parametrize("which", ["kept", "other"])
def test_if_one_of_the_two_moved_on_both_are_shown_anew_with_what_was_typed(
    which: str, client_for: SignIn, officer: User, head: User, kept: Petition, other: Petition
) -> None:
    given = chosen(kept, other, reason="เหตุผลที่พิมพ์ไว้")
    moved = kept if which == "kept" else other
    take_step(moved, "correct", head, title="หัวหน้าแก้ชื่อเรื่องแล้ว")
    client = client_for(officer)
    answer = client.post(join_url(kept, other), given)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert f"{moved.label} มีการเปลี่ยนแปลง" in page
    assert "หัวหน้าแก้ชื่อเรื่องแล้ว" in page
    assert "เหตุผลที่พิมพ์ไว้" in page
    form = answer.context["form"]
    again = given | {"seen": form["seen"].value(), "other_seen": form["other_seen"].value()}
    assert client.post(join_url(kept, other), again).status_code == 302
    assert fresh(other).joined_to == kept


def test_what_cannot_be_joined_is_said_with_what_to_do_instead(
    client_for: SignIn, officer: User, head: User, executive: User, kept: Petition, other: Petition
) -> None:
    bring_to(other, State.REFERRED, officer=officer, head=head, executive=executive)
    client = client_for(officer)
    for answer in (
        client.get(join_url(kept, other)),
        client.post(join_url(kept, other), chosen(kept, other, category="kept")),
    ):
        assert answer.status_code == 422
        assert "รอคำตอบจากหน่วยงาน" in answer.content.decode()
    assert fresh(other).joined_to is None


def test_who_may_not_is_told_so_and_who_may_not_see_finds_nothing(
    client_for: SignIn, officer: User, colleague: User, executive: User, stranger: User, kept: Petition,
    other: Petition,
) -> None:  # fmt: skip
    address = join_url(kept, other)
    seen = {user.username: client_for(user).get(address).status_code for user in
            (officer, colleague, executive, stranger)}  # fmt: skip
    assert seen == {"thatsanee": 200, "narenthorn": 403, "secretary": 403, "wiriya": 404}
    assert client_for(colleague).post(address, chosen(kept, other)).status_code == 403
    secret = make_petition(owner=colleague, secrecy=Secrecy.SECRET)
    assert client_for(officer).get(join_url(kept, secret)).status_code == 404
    assert client_for(officer).post(join_url(kept, secret), chosen(kept, secret)).status_code == 404


def test_of_a_carrier_that_one_may_not_see_only_the_number_is_told(
    client_for: SignIn, officer: User, colleague: User, head: User
) -> None:
    secret = make_petition(owner=colleague, secrecy=Secrecy.SECRET, title="เรื่องลับของอีกคน")
    mine = make_petition(owner=officer)
    put_together(secret, mine, head)
    Petition.objects.filter(pk=mine.pk).update(owner=officer)
    page = client_for(officer).get(mine.get_absolute_url()).content.decode()
    assert secret.label in page
    assert "เรื่องลับของอีกคน" not in page
    assert secret.get_absolute_url() not in page


def test_a_page_with_joined_ones_shows_their_story_files_and_history_in_few_questions(
    client_for: SignIn,
    officer: User,
    kept: Petition,
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    joined = [make_petition(owner=officer, story=f"เนื้อเรื่องที่ {number} ของผู้ร้องอีกคน") for number in range(5)]
    for one in joined:
        upload = accept(SimpleUploadedFile(f"แนบ{one.pk}.txt", f"เนื้อความ {one.pk}".encode()))
        attach(one, [upload], source=Document.Source.PETITIONER, added_by=None, now=MORNING)
        put_together(kept, one, officer)
    client = client_for(officer)
    client.get(kept.get_absolute_url())
    with django_assert_max_num_queries(CEILING + 8):
        page = client.get(kept.get_absolute_url()).content.decode()
    for one in joined:
        assert one.story in page
        assert f"แนบ{one.pk}.txt" in page
        assert one.label in page


def test_a_higher_secrecy_given_later_hides_the_joined_story(
    client_for: SignIn, officer: User, colleague: User, kept: Petition
) -> None:
    hidden = make_petition(owner=officer, story="เนื้อเรื่องที่ลับภายหลัง")
    put_together(kept, hidden, officer)
    Petition.objects.filter(pk=hidden.pk).update(secrecy=Secrecy.SECRET)
    assert "เนื้อเรื่องที่ลับภายหลัง" in client_for(officer).get(kept.get_absolute_url()).content.decode()
    assert "เนื้อเรื่องที่ลับภายหลัง" not in client_for(colleague).get(kept.get_absolute_url()).content.decode()


# ── Linking ─────────────────────────────────────────────────────────────────────────────────


def test_linked_and_unlinked_from_the_page(
    client_for: SignIn, officer: User, kept: Petition, other: Petition
) -> None:
    client = client_for(officer)
    address = reverse("complaints:link", args=[kept.pk])
    form = client.get(address, {"with": other.pk})
    assert other.label in form.content.decode()
    given = {"seen": fresh(kept).version, "number": other.label}
    page = client.post(address, given, follow=True).content.decode()
    assert other.get_absolute_url() in page
    unlink = reverse("complaints:unlink", args=[kept.pk, other.pk])
    assert unlink in page
    again = client.post(address, {**given, "seen": fresh(kept).version})
    assert again.status_code == 422
    assert "เชื่อมโยงไว้แล้ว" in again.content.decode()
    assert client.get(unlink).status_code == 405
    client.post(unlink)
    assert PetitionLink.objects.count() == 0


@pytest.mark.parametrize("typed", ["", "99999/2553", "กขค"])
def test_a_wrong_number_to_link_is_said_beside_the_field(
    typed: str, client_for: SignIn, officer: User, kept: Petition
) -> None:
    given = {"seen": kept.version, "number": typed, "reason": "เหตุที่พิมพ์ไว้"}
    answer = client_for(officer).post(reverse("complaints:link", args=[kept.pk]), given)
    assert answer.status_code == 422
    assert answer.context["form"].errors["number"]
    assert "เหตุที่พิมพ์ไว้" in answer.content.decode()


# ── Splitting ───────────────────────────────────────────────────────────────────────────────


def parts(petition: Petition, **more: str) -> dict[str, Any]:
    kind = petition.petition_kind
    blank = {f"part{number}-petition_kind": kind for number in range(1, 5)}
    return blank | {
        "seen": str(fresh(petition).version),
        "part1-title": "ขอย้ายครูที่ลงโทษเกินกว่าเหตุ",
        "part1-story": "ครูตีนักเรียน",
        "reason": "มีสองเรื่อง",
    } | more  # fmt: skip


def test_split_from_the_page(client_for: SignIn, officer: User, kept: Petition) -> None:
    upload = accept(SimpleUploadedFile("ภาพ.txt", b"x"))
    document = attach(kept, [upload], source=Document.Source.PETITIONER, added_by=None, now=MORNING)[0]
    client = client_for(officer)
    address = reverse("complaints:split", args=[kept.pk])
    page = client.get(address).content.decode()
    assert [page.count(f'name="part{number}-documents"') for number in range(1, 5)] == [1, 1, 1, 1]
    given = parts(kept) | {"part2-title": "ขอใบเสร็จค่าเทอม", "part2-documents": [str(document.pk)]}
    page = client.post(address, given, follow=True).content.decode()
    first, second = Petition.objects.filter(split_from=kept).order_by("pk")
    assert (first.title, first.story, second.title, second.story) == (
        "ขอย้ายครูที่ลงโทษเกินกว่าเหตุ", "ครูตีนักเรียน", "ขอใบเสร็จค่าเทอม", kept.story,
    )  # fmt: skip
    assert (first.documents.count(), second.documents.count(), kept.documents.count()) == (0, 1, 1)
    assert first.label in page
    assert kept.label in client.get(first.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"part1-title": "", "part1-story": ""}, "กรอกเรื่องที่จะแยกอย่างน้อยหนึ่งเรื่อง"),
        ({"part1-title": ""}, "กรอกชื่อเรื่องของส่วนนี้"),
        ({"part1-title": "สั้น"}, "เขียนเพิ่มอีกสองสามคำ"),
        ({"reason": ""}, "กรอกเหตุผลที่แยกเรื่อง"),
        ({"part1-documents": "999999"}, ""),
    ],
)
def test_what_is_wrong_with_a_part_is_said_and_nothing_is_lost(
    given: dict[str, str], said: str, client_for: SignIn, officer: User, kept: Petition
) -> None:
    upload = accept(SimpleUploadedFile("ภาพ.txt", b"x"))
    attach(kept, [upload], source=Document.Source.PETITIONER, added_by=None, now=MORNING)
    address = reverse("complaints:split", args=[kept.pk])
    answer = client_for(officer).post(address, parts(kept, **given))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    if "part1-story" not in given:
        assert "ครูตีนักเรียน" in page
    assert Petition.objects.count() == 1


def test_a_stale_split_keeps_what_was_typed(
    client_for: SignIn, officer: User, head: User, kept: Petition
) -> None:
    given = parts(kept)
    take_step(kept, "correct", head, title="หัวหน้าแก้ชื่อเรื่องแล้ว")
    client = client_for(officer)
    answer = client.post(reverse("complaints:split", args=[kept.pk]), given)
    assert answer.status_code == 409
    assert "ครูตีนักเรียน" in answer.content.decode()
    assert Petition.objects.count() == 1
    again = given | {"seen": answer.context["form"]["seen"].value()}
    assert client.post(reverse("complaints:split", args=[kept.pk]), again).status_code == 302


# ── The public ──────────────────────────────────────────────────────────────────────────────


def test_the_follow_up_page_shows_every_part_by_the_one_number_and_code(
    client_for: SignIn, officer: User, kept: Petition
) -> None:
    client_for(officer).post(reverse("complaints:split", args=[kept.pk]), parts(kept))
    part = Petition.objects.get(split_from=kept)
    visitor = Client(REMOTE_ADDR="10.9.9.9")
    page = visitor.post(reverse("petition:follow"), {"number": kept.label, "code": CODE}).content.decode()
    assert part.label in page
    own = visitor.post(reverse("petition:follow"), {"number": part.label, "code": CODE}).content.decode()
    assert part.title in own
