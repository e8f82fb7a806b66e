"""What every resource of the API shares: who reads, how often, how a register is filtered and paged, how it answers.

A room says in its own `api.py` which facts of which rows leave the house. Here stands what holds for all of them: only
reading, only with a token of the resource's scope, only matters of ordinary secrecy.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any, Final, Generic, TypeVar

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError
from ninja.security import HttpBearer
from pydantic import AfterValidator, AwareDatetime, Field

from office import limits
from office.calendar import parse_month
from office.models import ApiScope, ApiToken, Event, Matter, Secrecy
from office.thai import FIRST_BE_YEAR

MOST_ROWS: Final = 100
LIMIT_SCOPE: Final = "api"
LAST_YEAR: Final = FIRST_BE_YEAR + 600
GREATEST_KEY: Final = 2**63 - 1
SANE_YEARS: Final = range(1900, 2200)

Facts = TypeVar("Facts", bound=Schema)
Row = TypeVar("Row", bound=Matter)


class TooMany(HttpError):
    """The token has asked more often than it may; `wait` is in seconds."""

    def __init__(self, wait: int) -> None:
        super().__init__(HTTPStatus.TOO_MANY_REQUESTS, "Too many requests; wait as Retry-After says.")
        self.wait = wait


class Trouble(Schema):
    """What every refusal says."""

    detail: str


class Reader(HttpBearer):
    """A token that may read one resource: unknown, expired and withdrawn ones are refused alike (401), one without the
    scope is told so (403), one that asks too often waits (429)."""

    def __init__(self, scope: ApiScope) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken:
        now = timezone.now()
        found = ApiToken.find(token, now)
        if found is None:
            raise AuthenticationError
        if not limits.allow(LIMIT_SCOPE, settings.API_LIMIT, str(found.pk)):
            raise TooMany(limits.wait_seconds(LIMIT_SCOPE, settings.API_LIMIT, str(found.pk)))
        found.note_use(now)
        if not found.may_read(self.scope):
            raise HttpError(HTTPStatus.FORBIDDEN, f"This token may not read {self.scope.value}.")
        return found


# ── What may be asked ───────────────────────────────────────────────────────────────────────


def _is_near(moment: datetime) -> datetime:
    """Refuse moments that no database can reckon with."""
    if moment.year not in SANE_YEARS:
        raise ValueError("a year between 1900 and 2200 is expected")
    return moment


class Asked(Schema):
    """The filters and the place in the list that every register takes."""

    fiscal_year: Annotated[int, Field(ge=FIRST_BE_YEAR, lt=LAST_YEAR)] | None = Field(
        None,
        description="Fiscal year of the register, Buddhist Era: 2553 is 1 October 2009 to 30 September 2010.",
    )
    month: Annotated[str, Field(pattern=r"^(19|20|21|24|25|26)[0-9]{2}-(0[1-9]|1[0-2])$")] | None = Field(
        None, description="Month of receipt, such as 2552-11 (Buddhist Era) or 2009-11."
    )
    changed_since: Annotated[AwareDatetime, AfterValidator(_is_near)] | None = Field(
        None,
        description="Only what a step was taken on since then (with an offset). What the clock alone changes, such as a"
        " deadline that passes, is no step. Ask from a few minutes before your last visit: rows may come twice, none is"
        " missed.",
    )
    after: int = Field(0, ge=0, le=GREATEST_KEY, description="`next` of the page before.")
    limit: int = Field(MOST_ROWS, ge=1, le=MOST_ROWS, description="How many rows at most.")


class Rows(Schema, Generic[Facts]):
    """One page of a register, in the order of registration. Rows that are registered meanwhile come at its end."""

    items: list[Facts]
    next: int | None = Field(description="`after` of the next page; null on the last one.")


class MatterFacts(Schema):
    """What is told of every entry of a register."""

    id: int
    number: str = Field(description="As the register writes it.")
    fiscal_year: int = Field(description="Buddhist Era.")
    received_at: datetime
    closed_at: datetime | None
    state: str


def matter_facts(row: Any) -> dict[str, Any]:
    """The facts of `MatterFacts`, of a matter that has a state."""
    return {
        "id": row.pk,
        "number": row.label,
        "fiscal_year": row.year,
        "received_at": timezone.localtime(row.received_at),
        "closed_at": timezone.localtime(row.closed_at) if row.closed_at else None,
        "state": row.state,
    }


def asked_of(rows: QuerySet[Row], asked: Asked, *, state: str | None) -> QuerySet[Row]:
    """The rows of ordinary secrecy that were asked for, in the order of registration."""
    found = rows.filter(secrecy=Secrecy.ORDINARY)
    if asked.fiscal_year is not None:
        found = found.filter(year=asked.fiscal_year)
    if asked.month is not None:
        when = parse_month(asked.month)
        found = found.filter(received_at__gte=when.starts_at, received_at__lt=when.ends_at)
    if asked.changed_since is not None:
        found = found.filter(
            pk__in=Event.objects.filter(at__gte=asked.changed_since).order_by().values("matter")
        )
    if state is not None:
        found = found.filter(state=state)
    return found.order_by("pk")


def turned(rows: QuerySet[Any], asked: Asked, facts: Callable[[Any], Facts]) -> dict[str, Any]:
    """One page: from the key after which it begins, one row more than asked, no count and no offset."""
    found = list(rows.filter(pk__gt=asked.after)[: asked.limit + 1])
    shown = found[: asked.limit]
    return {
        "items": [facts(row) for row in shown],
        "next": shown[-1].pk if len(found) > asked.limit else None,
    }


def local(moment: datetime | None) -> Any:
    """A moment as the office's clock shows it; None of none."""
    return timezone.localtime(moment) if moment else None


# ── How it answers ──────────────────────────────────────────────────────────────────────────


def answers(page: Any) -> dict[Any, Any]:
    """What a resource may answer, for the document."""
    return {200: page, **dict.fromkeys((401, 403, 429), Trouble)}


class ReadingAPI(NinjaAPI):
    """An API whose answers say what they are (ETag): whoever has them already is told only that (304)."""

    def create_response(
        self,
        request: HttpRequest,
        data: Any,
        *,
        status: int | None = None,
        temporal_response: HttpResponse | None = None,
    ) -> HttpResponse:
        response = super().create_response(request, data, status=status, temporal_response=temporal_response)
        if response.status_code != HTTPStatus.OK:
            response["Cache-Control"] = "no-store"
            return response
        etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        response["ETag"], response["Cache-Control"] = etag, "private, no-cache"
        response["Vary"] = "Authorization"
        answer = get_conditional_response(request, etag=etag, response=response)
        return answer if isinstance(answer, HttpResponse) else response


def answer_refusals(api: NinjaAPI) -> None:
    """How a refusal is written: with what to do about it in its headers."""

    @api.exception_handler(TooMany)
    def too_many(request: HttpRequest, refused: TooMany) -> HttpResponse:
        response = api.create_response(request, {"detail": str(refused)}, status=refused.status_code)
        response["Retry-After"] = str(refused.wait)
        return response

    @api.exception_handler(AuthenticationError)
    def unknown(request: HttpRequest, refused: AuthenticationError) -> HttpResponse:
        said = {"detail": "A token in force is needed: Authorization: Bearer …"}
        response = api.create_response(request, said, status=HTTPStatus.UNAUTHORIZED)
        response["WWW-Authenticate"] = "Bearer"
        return response
