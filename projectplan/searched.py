"""What the rooms know of matters that the office's search narrows by: who asked or proposed, and which agencies."""

from __future__ import annotations

from typing import Final

from django.db.models import F
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from complaints.models import Petition, Referral, RelatedMatter
from office.models import Agency
from office.search_facets import Link, RoomFacet
from parliament.models import AgencyRequest, Bill, Consultation, FollowUp, Interpellation, Member, Motion
from publicrelations.models import Engagement, ForeignDocument

_AGENCY: Final = ("agency_id", F("agency__name"))

ASKER: Final = RoomFacet(
    "asker",
    _("Asked or proposed by"),
    [
        Link(model.objects.all, "matter_id", f"{column}_id", Concat(f"{column}__title", f"{column}__name"))
        for model, column in (
            (Interpellation, "asker"),
            (Motion, "proposer"),
            (Bill, "proposer"),
            (Consultation, "member"),
        )
    ],
    lambda: Member.objects.values_list("pk", Concat("title", "name")),
)
AGENCY: Final = RoomFacet(
    "agency",
    _("Agency"),
    [
        Link(Referral.objects.all, "petition_id", *_AGENCY),
        Link(AgencyRequest.objects.all, "matter_id", *_AGENCY),
        *(
            Link(model.objects.all, "matter_id", *_AGENCY)
            for model in (Petition, RelatedMatter, FollowUp, Engagement)
        ),
        Link(ForeignDocument.objects.all, "matter_id", "passed_to_id", F("passed_to__name")),
    ],
    lambda: Agency.objects.values_list("pk", "name"),
)
FACETS: Final = (ASKER, AGENCY)
