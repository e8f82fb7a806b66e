"""The second part of an issue's path: printing, the list of who is sent how many, mailing, returns, the archive."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office import deadlines
from office.calendar import OFFICE_TZ
from office.figures import figures, thousands
from office.models import Deadline, Notice
from office.permissions import carries_it
from office.steps import Act, staff, step
from publicrelations.journal_balance import Balance
from publicrelations.models.consignment import Consignment
from publicrelations.models.journal_content import ContentSteps
from publicrelations.models.journal_state import BEFORE_MAILED, OUT, JournalState
from publicrelations.models.recipient import Recipient

State = JournalState


def list_is_open(journal: SendingSteps) -> bool:
    return journal.list_closed_at is None


def list_is_closed(journal: SendingSteps) -> bool:
    return journal.list_closed_at is not None


class SendingSteps(ContentSteps):
    """How many copies there are, who is sent them, and the steps until the issue is in the archive."""

    print_run = models.PositiveIntegerField(_("print run"), help_text=_("Copies, as the plan has it."))
    copies_printed = models.PositiveIntegerField(_("copies printed"), null=True, blank=True, editable=False)
    printed_on = models.DateField(_("delivered by the printer on"), null=True, blank=True, editable=False)
    printer = models.CharField(_("printer"), max_length=200, blank=True, editable=False)
    printing_cost = models.DecimalField(
        _("cost of printing in baht"), max_digits=12, decimal_places=2, null=True, blank=True, editable=False
    )
    printing_note = models.CharField(
        _("note on price and delivery"), max_length=300, blank=True, editable=False
    )
    stock = models.PositiveIntegerField(_("stock kept in the office"), default=0, editable=False)
    list_closed_at = models.DateTimeField(_("mailing list closed at"), null=True, blank=True, editable=False)
    mailed_at = models.DateTimeField(_("mailed at"), null=True, blank=True, editable=False)
    posting_note = models.CharField(_("note of the post office"), max_length=300, blank=True, editable=False)

    consignments: Any

    class Meta:
        abstract = True

    # ── Copies ──────────────────────────────────────────────────────────────────────────────

    @property
    def copies_to_share_out(self) -> int:
        """How many copies the list has to account for: those printed, until then the print run."""
        return self.print_run if self.copies_printed is None else self.copies_printed

    def balance(self, day: date) -> Balance:
        """The copies on the list, as it is closed or as the recipients stand on a day, against those there are."""
        rows = self.consignments if self.list_closed_at else Recipient.objects.on(day)
        recipients = rows.copies()
        return Balance(copies=self.copies_to_share_out, recipients=recipients, stock=self.stock)

    @step(
        field="state",
        source=BEFORE_MAILED,
        target=None,
        allowed=staff(carries_it),
        verb=_("Set the stock"),
        done=_("Stock set"),
        conditions=[list_is_open],
        rank=26,
    )
    def keep_stock(self, act: Act, *, stock: int) -> None:
        """How many copies stay in the office: a line of the list like any other, so that each copy has its place."""
        if stock > self.copies_to_share_out:
            raise ValidationError({"stock": gettext("There are not so many copies.")})
        self.stock = stock

    # ── Printing ────────────────────────────────────────────────────────────────────────────

    @step(
        field="state",
        source=State.APPROVED,
        target=State.PRINTED,
        allowed=staff(carries_it),
        verb=_("Record the printing"),
        done=_("Printing recorded"),
        rank=10,
    )
    def record_printing(
        self,
        act: Act,
        *,
        copies_printed: int,
        printed_on: date,
        printer: str,
        printing_cost: Decimal | None = None,
        printing_note: str = "",
    ) -> None:
        """The printer has delivered: how many, when, who, for how much. From here on each copy is accounted for."""
        self._write_printing(act, copies_printed, printed_on)
        self.printer, self.printing_cost, self.printing_note = printer, printing_cost, printing_note
        deadlines.keep(self, Deadline.Kind.PRINT, now=act.now)

    @step(
        field="state",
        source=State.PRINTED,
        target=None,
        allowed=staff(carries_it),
        verb=_("Mend the record of printing"),
        done=_("Record of printing mended"),
        conditions=[list_is_open],
        rank=92,
        needs_reason=True,
    )
    def mend_printing(
        self,
        act: Act,
        *,
        copies_printed: int,
        printed_on: date,
        printer: str,
        printing_cost: Decimal | None = None,
        printing_note: str = "",
    ) -> None:
        """A slip, or a second delivery: the number is what there is in all."""
        self._write_printing(act, copies_printed, printed_on)
        self.printer, self.printing_cost, self.printing_note = printer, printing_cost, printing_note

    def _write_printing(self, act: Act, copies_printed: int, printed_on: date) -> None:
        if printed_on > act.now.astimezone(OFFICE_TZ).date():
            raise ValidationError({"printed_on": gettext("This day is still to come.")})
        if copies_printed < 1:
            raise ValidationError({"copies_printed": gettext("At least one copy.")})
        self.copies_printed, self.printed_on = copies_printed, printed_on

    # ── The mailing list ────────────────────────────────────────────────────────────────────

    @step(
        field="state",
        source=State.PRINTED,
        target=None,
        allowed=staff(carries_it),
        verb=_("Close the mailing list"),
        done=_("Mailing list closed"),
        conditions=[list_is_open],
        rank=10,
    )
    def close_list(self, act: Act) -> None:
        """Who is sent how many is written down, line by line, if every copy has its place; labels are made from it."""
        day = act.now.astimezone(OFFICE_TZ).date()
        recipients = list(Recipient.objects.on(day).for_labels())
        balance = Balance(
            copies=self.copies_to_share_out,
            recipients=sum(one.copies for one in recipients),
            stock=self.stock,
        )
        if not recipients:
            raise ValidationError(gettext("Nobody is on the list of recipients."))
        if not balance.is_even:
            raise ValidationError(balance.words())
        Consignment.objects.bulk_create(
            (
                Consignment.of(recipient, journal_id=self.pk, line=line)
                for line, recipient in enumerate(recipients, start=1)
            ),
            batch_size=200,
        )
        self.list_closed_at = act.now

    @step(
        field="state",
        source=State.PRINTED,
        target=None,
        allowed=staff(carries_it),
        verb=_("Open the mailing list again"),
        done=_("Mailing list opened again"),
        conditions=[list_is_closed],
        rank=40,
        needs_reason=True,
    )
    def open_list(self, act: Act) -> None:
        """Somebody is to be added or an address mended before it is mailed; labels printed so far are void."""
        self.consignments.all().delete()
        self.list_closed_at = None

    @step(
        field="state",
        source=State.PRINTED,
        target=State.MAILED,
        allowed=staff(carries_it),
        verb=_("Record the mailing"),
        done=_("Mailed"),
        conditions=[list_is_closed],
        rank=10,
    )
    def mail(self, act: Act, *, mailed_on: date, posting_note: str = "", late_reason: str = "") -> None:
        """The parcels are with the post: from this day the issue is out, and the public site shows it."""
        self.mailed_at = self._moment_of(mailed_on, act.now)
        if self.printed_on and mailed_on < self.printed_on:
            raise ValidationError({"mailed_on": gettext("It was printed later than that.")})
        promise = Deadline.objects.unmet().filter(matter_id=self.pk, kind=Deadline.Kind.MAIL).first()
        if promise and self.mailed_at > promise.due_at and not late_reason:
            raise ValidationError({"late_reason": gettext("It is mailed late: write why.")})
        self.posting_note = posting_note
        deadlines.keep(self, Deadline.Kind.MAIL, now=self.mailed_at, late_reason=late_reason)
        self.promise_now(act, Deadline.Kind.CLOSE, self.owner)

    @staticmethod
    def _moment_of(day: date, now: datetime) -> datetime:
        """Today is now; an earlier day counts as its noon: the post takes parcels in office hours."""
        today = now.astimezone(OFFICE_TZ).date()
        if day > today:
            raise ValidationError({"mailed_on": gettext("This day is still to come.")})
        return now if day == today else datetime.combine(day, time(12), tzinfo=OFFICE_TZ)

    # ── What comes back ─────────────────────────────────────────────────────────────────────

    @step(
        field="state",
        source=OUT,
        target=None,
        allowed=staff(carries_it),
        verb=_("Note returned mail"),
        done=_("Returned mail noted"),
        rank=20,
    )
    def note_return(
        self,
        act: Act,
        *,
        consignment: Consignment,
        returned_on: date,
        return_reason: str,
        return_note: str = "",
    ) -> None:
        """A parcel came back: why, and its recipient is marked until somebody finds the right address."""
        if consignment.journal_id != self.pk:
            raise ValidationError({"consignment": gettext("This line is of another issue.")})
        if self.mailed_at and returned_on < self.mailed_at.astimezone(OFFICE_TZ).date():
            raise ValidationError({"returned_on": gettext("It was mailed later than that.")})
        if returned_on > act.now.astimezone(OFFICE_TZ).date():
            raise ValidationError({"returned_on": gettext("This day is still to come.")})
        consignment.returned_on, consignment.return_reason = returned_on, return_reason
        consignment.return_note = return_note
        consignment.save(update_fields=["returned_on", "return_reason", "return_note"])
        Recipient.objects.filter(pk=consignment.recipient_id).update(
            returned_on=returned_on, return_reason=return_reason
        )
        reason = str(consignment.get_return_reason_display())
        act.changes["returned"] = ["", f"{figures(consignment.line)} {consignment.name}: {reason}"]
        act.tell([self.owner], Notice.Kind.STEP_TAKEN)

    # ── The archive ─────────────────────────────────────────────────────────────────────────

    @step(
        field="state",
        source=State.MAILED,
        target=State.ARCHIVED,
        allowed=staff(carries_it),
        verb=_("Archive"),
        done=_("Archived"),
        rank=10,
    )
    def archive(self, act: Act, *, note: str = "") -> None:
        """What came back is noted, a copy lies in the archive: nothing more is to be done about this issue."""
        self.closed_at = act.now
        deadlines.keep(self, Deadline.Kind.CLOSE, now=act.now)

    def copies_words(self) -> str:
        """`๒,๐๐๐ ฉบับ`, of what there is."""
        return gettext("%(number)s copies") % {"number": thousands(self.copies_to_share_out)}
