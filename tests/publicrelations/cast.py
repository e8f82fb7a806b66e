"""The people of the tests about public relations, each with a line of life."""

from __future__ import annotations

from typing import Any

from office.models import Subgroup, User
from tests.cast import make_head, make_officer


def make_news_officer(username: str = "banlang", **kwargs: Any) -> User:
    """Banlang goes along with the minister, and writes of it the same evening."""
    kwargs.setdefault("display_name", "นายบัลลังก์ โรหิตเสถียร")
    return make_officer(username, subgroup=Subgroup.Code.PUBLIC_RELATIONS, **kwargs)


def make_news_colleague() -> User:
    """Nawarat shares the room with Banlang and reads what comes from abroad."""
    return make_news_officer("nawarat", display_name="นางสาวนวรรตน์ รามสูต")


def make_news_head(username: str = "nongsinee") -> User:
    """Nongsinee checks every article before anybody outside reads it."""
    return make_head(username, display_name="นางสาวนงศิณี โมสิกะ", subgroup=Subgroup.Code.PUBLIC_RELATIONS)
