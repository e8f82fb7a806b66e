"""The people of a demo office: those of the plan, who cannot sign in, and accounts of every role, who can."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.contrib.auth.hashers import make_password

from office.models import Agency, Position, Role, Subgroup, User

PASSWORD: Final = "prasan-demo-2553"
ADDRESS: Final = "example.org"


@dataclass(frozen=True)
class Account:
    """A person invented for the demo."""

    username: str
    display_name: str
    position: str
    roles: tuple[Role, ...]
    subgroup: Subgroup.Code | None = Subgroup.Code.COMPLAINTS
    can_sign_in: bool = True


ACCOUNTS: Final = (
    Account("officer", "นางสาวพิมพ์ชนก อินทรสาร", "นักจัดการงานทั่วไปปฏิบัติการ", (Role.OFFICER,)),
    # The name sorts before the other head's, so what is to be checked comes to this account.
    Account("head", "นางกรรณิการ์ วงศ์อารีย์", "นักวิเคราะห์นโยบายและแผนชำนาญการ", (Role.OFFICER, Role.HEAD)),
    Account(
        "executive",
        "นายธีรเดช ศรีพิพัฒน์",
        "เลขานุการรัฐมนตรีว่าการกระทรวงศึกษาธิการ",
        (Role.EXECUTIVE,),
        subgroup=None,
    ),
    Account("admin", "นายปกรณ์ เลิศวิทยา", "นักวิชาการคอมพิวเตอร์ปฏิบัติการ", (Role.ADMINISTRATOR,), subgroup=None),
    Account(
        "adviser",
        "นางสาวอรุณี จันทรประภา",
        "ที่ปรึกษารัฐมนตรีว่าการกระทรวงศึกษาธิการ",
        (Role.EXECUTIVE,),
        subgroup=None,
        can_sign_in=False,
    ),
    Account(
        "politics",
        "นางสาวชลธิชา วัฒนกุล",
        "นักวิเคราะห์นโยบายและแผนปฏิบัติการ",
        (Role.OFFICER,),
        subgroup=Subgroup.Code.POLITICS,
    ),
    Account(
        "politics-head",
        "นางกมลพรรณ ธรรมรักษ์",
        "นักวิเคราะห์นโยบายและแผนชำนาญการพิเศษ",
        (Role.OFFICER, Role.HEAD),
        subgroup=Subgroup.Code.POLITICS,
    ),
    Account(
        "news",
        "นางสาวปวีณา สุขสวัสดิ์",
        "นักประชาสัมพันธ์ปฏิบัติการ",
        (Role.OFFICER,),
        subgroup=Subgroup.Code.PUBLIC_RELATIONS,
    ),
    Account(
        "news-head",
        "นางวรรณา เรืองศิลป์",
        "นักประชาสัมพันธ์ชำนาญการพิเศษ",
        (Role.OFFICER, Role.HEAD),
        subgroup=Subgroup.Code.PUBLIC_RELATIONS,
    ),
)

# How the matters are shared out; whoever of these is not there carries none.
OFFICER_SHARES: Final = {"officer": 32, "thatsanee.n": 27, "narenthorn.k": 25, "janya.j": 16}
HEAD_SHARES: Final = {"head": 65, "sirirat.t": 35}
POLITICS_OFFICER_SHARES: Final = {"politics": 36, "wiriya.c": 30, "surasak.s": 18, "chayakan.k": 16}
POLITICS_HEAD_SHARES: Final = {"politics-head": 65, "duangrat.n": 35}
NEWS_OFFICER_SHARES: Final = {"news": 40, "banlang.r": 35, "nawarat.r": 25}
NEWS_HEAD_SHARES: Final = {"news-head": 65, "nongsinee.m": 35}
EXECUTIVE_SHARES: Final = {"executive": 75, "adviser": 25}


@dataclass(frozen=True)
class Cast:
    """Who acts in a demo: people and how often each is chosen, in percent."""

    officers: list[User]
    officer_weights: list[int]
    heads: list[User]
    head_weights: list[int]
    executives: list[User]
    executive_weights: list[int]
    first_head: User
    subgroup: Subgroup


def make_people() -> Cast:
    """The demo accounts, made or reset, beside the people of the plan (load the plan first); who acts on petitions."""
    password = make_password(PASSWORD)
    subgroups = {subgroup.code: subgroup for subgroup in Subgroup.objects.all()}
    for account in ACCOUNTS:
        _make(account, subgroups.get(account.subgroup or ""), password)
    return _cast(Subgroup.Code.COMPLAINTS, OFFICER_SHARES, HEAD_SHARES)


def politics_cast() -> Cast:
    """Who acts on the matters of parliament; `make_people` has made them."""
    return _cast(Subgroup.Code.POLITICS, POLITICS_OFFICER_SHARES, POLITICS_HEAD_SHARES)


def public_relations_cast() -> Cast:
    """Who acts on the matters of public relations; `make_people` has made them."""
    return _cast(Subgroup.Code.PUBLIC_RELATIONS, NEWS_OFFICER_SHARES, NEWS_HEAD_SHARES)


def _cast(code: Subgroup.Code, officers: dict[str, int], heads: dict[str, int]) -> Cast:
    subgroup = Subgroup.objects.get(code=code)
    first_head = User.objects.heads_of(subgroup.pk).first()
    if first_head is None:
        raise LookupError(f"The subgroup {code} has no head.")
    return Cast(
        *_chosen(officers),
        *_chosen(heads),
        *_chosen(EXECUTIVE_SHARES),
        first_head=first_head,
        subgroup=subgroup,
    )


def _make(account: Account, subgroup: Subgroup | None, password: str) -> None:
    user = User.objects.filter(username=account.username).first() or User(username=account.username)
    user.display_name = account.display_name
    user.email = f"{account.username}@{ADDRESS}"
    user.subgroup = subgroup
    user.position = Position.objects.get_or_create(name=account.position)[0]
    user.password = password if account.can_sign_in else make_password(None)
    user.is_active = True
    user.save()
    for role in account.roles:
        user.give_role(role)


def _chosen(shares: dict[str, int]) -> tuple[list[User], list[int]]:
    found = {user.username: user for user in User.objects.filter(username__in=shares)}
    names = [name for name in shares if name in found]
    return [found[name] for name in names], [shares[name] for name in names]


def give_agencies_addresses() -> None:
    """Addresses that reach nobody for the agencies that have none, so that referrals can be seen going out."""
    for agency in Agency.objects.filter(email=""):
        agency.email = f"agency{agency.pk}@{ADDRESS}"
        agency.contact_name = agency.contact_name or "งานสารบรรณ"
        agency.save(update_fields=["email", "contact_name"])
