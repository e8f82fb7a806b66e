"""Asking agencies: the steps by which whatever parliament brings is put to agencies, and by which these answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_fsm import RETURN_VALUE

from office import deadlines
from office.carrying import ANY_STATE
from office.documents import Upload, attach
from office.models import Agency, Deadline, Document, Notice
from office.notices import write_outside
from office.permissions import carries_it
from office.steps import Act, agency_or, clock_or, staff, step
from parliament.models.counted import CountedMatter
from parliament.models.request import AgencyRequest, RequestLink

ASKED: Final = "asked"
"""The state in which agencies are waited for; every kind of matter that asks them has one of this name."""


@dataclass(frozen=True)
class Ask:
    """One agency to be asked, and by when if not by the rule."""

    agency: Agency
    due: datetime | None = None


def asks_from_here(matter: AskingSteps) -> bool:
    """Whether agencies can be asked as the matter stands."""
    return matter.state in matter.ASKS_FROM


class AskingSteps(CountedMatter):
    """The part of a matter's path that runs through the agencies asked.

    A child names the states around it and says what they owe (`leave_for_asking`, `owe_asking`, `owe_with_facts`).
    """

    ASKS_FROM: ClassVar[tuple[str, ...]]
    """From where agencies are asked, `ASKED` among them: one more is asked while others are awaited."""
    NOBODY_LEFT: ClassVar[str]
    """Where it stands anew when nobody who was asked is to answer."""
    WITH_FACTS: ClassVar[str]
    """Where it goes when the last answer awaited is in."""

    class Meta:
        abstract = True

    # ── What a child says ───────────────────────────────────────────────────────────────────

    def leave_for_asking(self, act: Act) -> None:
        """What the state that is left owed is kept or taken back; called for `ASKED` too, where others are awaited."""
        raise NotImplementedError

    def owe_asking(self, act: Act) -> None:
        """What `NOBODY_LEFT` owes."""
        raise NotImplementedError

    def owe_with_facts(self, act: Act) -> None:
        """What `WITH_FACTS` owes."""
        raise NotImplementedError

    @property
    def rule_scope(self) -> str:
        """Which of the office's rules counts, where some matters of a kind have their own (DeadlineRule.scope)."""
        return ""

    @property
    def words_for_agencies(self) -> str:
        """What an agency is shown of the matter; never of one that has a grade of secrecy."""
        raise NotImplementedError

    # ── The steps ───────────────────────────────────────────────────────────────────────────

    def agencies_awaited(self) -> set[int]:
        """The agencies whose answer is awaited: none of them is asked twice at the same time."""
        return set(AgencyRequest.objects.open().filter(matter_id=self.pk).values_list("agency", flat=True))

    @step(
        field="state",
        source=ANY_STATE,
        target=ASKED,
        allowed=staff(carries_it),
        verb=_("Refer to agencies"),
        done=_("Agencies were asked"),
        conditions=[asks_from_here],
        rank=10,
    )
    def ask_agencies(self, act: Act, *, asks: Sequence[Ask], asked: str, is_offer: bool = False) -> None:
        """Whoever carries it asks one or more agencies: each for an answer of its own, or, as an offer, for the answer
        of whichever accepts first. Each gets a link by e-mail."""
        if not asks or act.actor.user is None:
            raise ValidationError({"agency_1": gettext("Choose at least one agency.")})
        awaited = self.agencies_awaited()
        if any(ask.agency.pk in awaited for ask in asks):
            raise ValidationError({"agency_1": gettext("This agency is asked already.")})
        self.leave_for_asking(act)
        round_ = self._next_round()
        for ask in asks:
            request = AgencyRequest.objects.create(
                matter_id=self.pk,
                agency=ask.agency,
                round=round_,
                is_offer=is_offer and len(asks) > 1,
                asked=asked,
                sent_at=act.now,
                sent_by=act.actor.user,
                deadline=self._promise_of_agency(act, ask.due),
            )
            self._write_to_agency(act, request, Notice.Kind.PARLIAMENT_REQUEST, "request")
        act.changes["agencies"] = ["", ", ".join(ask.agency.name for ask in asks)]

    def _next_round(self) -> int:
        last = AgencyRequest.objects.filter(matter_id=self.pk).aggregate(last=models.Max("round"))["last"]
        return (last or 0) + 1

    def _promise_of_agency(self, act: Act, due: datetime | None) -> Deadline:
        return deadlines.promise(
            self,
            Deadline.Kind.AGENCY_ANSWER,
            start=act.now,
            calendar=act.calendar,
            responsible=None,
            due=due,
            scope=self.rule_scope,
        )

    @step(
        field="state",
        source=ASKED,
        target=None,
        allowed=agency_or(carries_it),
        verb=_("Record acceptance"),
        done=_("Accepted by the agency"),
        rank=93,
    )
    def accept_request(self, act: Act, *, request: AgencyRequest) -> None:
        """The agency says that it will answer. Of an offer the first to say so has it: the others are passed over."""
        request = self._awaited(act, request)
        if request.accepted_at is None:
            self._accept(act, request)
            act.tell([self.owner], Notice.Kind.STEP_TAKEN)
        act.changes["agency_of_step"] = ["", request.agency.name]

    @step(
        field="state",
        source=ASKED,
        target=RETURN_VALUE(),
        allowed=agency_or(carries_it),
        verb=_("Record the answer"),
        done=_("Answered by the agency"),
        rank=20,
    )
    def answer_request(
        self, act: Act, *, request: AgencyRequest, answer: str, files: Sequence[Upload] = ()
    ) -> str:
        """The agency answers by its link, or the officer records an answer that came on paper. Answering an offer
        accepts it."""
        request = self._awaited(act, request)
        if request.accepted_at is None:
            self._accept(act, request)
        request.answer, request.answered_at = answer, act.now
        request.save(update_fields=["answer", "answered_at"])
        by_agency = act.actor.agency_id is not None
        source = Document.Source.AGENCY
        attach(self, files, source=source, added_by=None if by_agency else act.actor.user, now=act.now)
        deadlines.keep_one(request.deadline, now=act.now)
        return self._after_agency(act, request)

    @step(
        field="state",
        source=ASKED,
        target=RETURN_VALUE(),
        allowed=agency_or(carries_it),
        verb=_("Record “not ours”"),
        done=_("Declined by the agency"),
        rank=92,
        needs_reason=True,
    )
    def decline_request(self, act: Act, *, request: AgencyRequest) -> str:
        """The agency says with a reason that it is not theirs; with nobody left the matter is to be asked anew."""
        request = self._awaited(act, request)
        request.declined_at, request.decline_reason = act.now, act.reason
        request.save(update_fields=["declined_at", "decline_reason"])
        deadlines.drop_one(request.deadline, now=act.now)
        return self._after_agency(act, request)

    @step(
        field="state",
        source=ASKED,
        target=None,
        allowed=clock_or(carries_it),
        verb=_("Chase"),
        done=_("Agency chased"),
        rank=15,
    )
    def chase_request(self, act: Act, *, request: AgencyRequest) -> None:
        """The officer, or the clock when the answer is late, asks the agency again; every chaser is counted."""
        request = self._awaited(act, request)
        request.chased_count += 1
        request.last_chased_at = act.now
        request.save(update_fields=["chased_count", "last_chased_at"])
        self._write_to_agency(act, request, Notice.Kind.PARLIAMENT_CHASER, f"chaser:{request.chased_count}")
        act.changes["agency_of_step"] = ["", request.agency.name]

    @step(
        field="state",
        source=ASKED,
        target=None,
        allowed=staff(carries_it),
        verb=_("Give the agency more time"),
        done=_("Agency given more time"),
        rank=91,
        needs_reason=True,
    )
    def extend_request(self, act: Act, *, request: AgencyRequest, until: datetime) -> None:
        """Whoever carries it lets one agency answer later, late or not; it is written to with the new date and a
        link that lasts."""
        request = self._awaited(act, request)
        before = request.deadline
        if until <= max(before.due_at, act.now):
            raise ValidationError({"until": gettext("Choose a date after the one that stands now.")})
        request.deadline = deadlines.extend(self, before, until=until, now=act.now, calendar=act.calendar)
        request.save(update_fields=["deadline"])
        self._write_to_agency(act, request, Notice.Kind.PARLIAMENT_CHASER, f"until:{request.deadline.pk}")
        act.put_off(before, until)
        act.changes["agency_of_step"] = ["", request.agency.name]

    @step(
        field="state",
        source=ASKED,
        target=RETURN_VALUE(),
        allowed=staff(carries_it),
        verb=_("Take the request back"),
        done=_("Request to the agency taken back"),
        rank=94,
        needs_reason=True,
    )
    def take_back_request(self, act: Act, *, request: AgencyRequest) -> str:
        """Whoever carries it no longer waits for one agency, for a reason; its link says so."""
        request = self._awaited(act, request)
        deadlines.drop_one(request.deadline, now=act.now)
        return self._after_agency(act, request)

    # ── What they are made of ───────────────────────────────────────────────────────────────

    def _awaited(self, act: Act, request: AgencyRequest) -> AgencyRequest:
        """The request as it stands under the matter's lock; an agency has a say in its own only."""
        current = AgencyRequest.objects.with_whom().get(pk=request.pk)
        outsider = act.actor.agency_id is not None and act.actor.agency_id != current.agency_id
        if outsider or current.matter_id != self.pk or not current.is_open:
            raise ValidationError(gettext("This agency's answer is not awaited any more."))
        return current

    def _accept(self, act: Act, request: AgencyRequest) -> None:
        """Write down that an agency will answer; under the matter's lock, and once for an offer by a constraint."""
        if request.is_offer:
            others = AgencyRequest.objects.open().filter(matter_id=self.pk, round=request.round)
            passed_over = list(others.exclude(pk=request.pk).with_whom())
            AgencyRequest.end_all(passed_over, now=act.now)
            keys = [other.pk for other in passed_over]
            AgencyRequest.objects.filter(pk__in=keys).update(passed_over_at=act.now)
            if passed_over:
                act.changes["passed_over"] = ["", ", ".join(other.agency.name for other in passed_over)]
        request.accepted_at = act.now
        request.save(update_fields=["accepted_at"])

    def _after_agency(self, act: Act, request: AgencyRequest) -> str:
        """One agency less is awaited: its links are closed, the officer is told, and the matter goes on, or back."""
        RequestLink.use_up(request, act.now)
        act.changes["agency_of_step"] = ["", request.agency.name]
        act.tell([self.owner], Notice.Kind.YOUR_TURN)
        requests = AgencyRequest.objects.filter(matter_id=self.pk).with_whom()
        standings = {one.standing for one in requests}
        if standings & {AgencyRequest.Standing.SENT, AgencyRequest.Standing.ACCEPTED}:
            return ASKED
        if AgencyRequest.Standing.ANSWERED in standings:
            self.owe_with_facts(act)
            return self.WITH_FACTS
        self.owe_asking(act)
        return self.NOBODY_LEFT

    def _write_to_agency(self, act: Act, request: AgencyRequest, kind: str, occasion: str) -> None:
        write_outside(
            kind,
            once=f"parliament-request:{request.pk}:{occasion}",
            now=act.now,
            matter=self,
            subject_id=request.pk,
        )
