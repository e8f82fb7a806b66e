"""Whether multiplied petitions are whole: each opens as a page, and is found by its number and by its words."""

from __future__ import annotations

import random

from django.test.utils import override_settings
from django.urls import reverse
from django.utils import timezone

from complaints.models import Petition
from office import search
from office.models import Role, Subgroup, User
from projectplan.bench import signed_in


class BrokenCopy(Exception):
    """A multiplied petition does not open, or is not found."""


def check_copies(times: int, sample: int) -> str:
    """Open and look for so many copies, chosen at random but always the same; raises BrokenCopy."""
    head = User.objects.with_role(Role.HEAD).filter(subgroup__code=Subgroup.Code.COMPLAINTS).first()
    if head is None:
        raise BrokenCopy("There is nobody to open them.")
    today = timezone.localdate()
    keys = [key for key in Petition.objects.values_list("pk", flat=True) if key % times]
    chosen = random.Random(times).sample(keys, min(sample, len(keys)))
    with override_settings(ALLOWED_HOSTS=["testserver", "localhost"]), signed_in(head) as client:
        for petition in Petition.objects.filter(pk__in=chosen):
            page = client.get(reverse("complaints:petition", args=[petition.pk]))
            if page.status_code != 200 or petition.label not in page.content.decode():
                raise BrokenCopy(f"{petition.pk}: its page answers {page.status_code}")
            found = search.find(head, petition.title, before=petition.pk + 1).rows
            if not found or found[0].pk != petition.pk:
                raise BrokenCopy(f"{petition.pk}: not found by its words")
            if [one.pk for one in search.numbered(head, petition.label, today)] != [petition.pk]:
                raise BrokenCopy(f"{petition.pk}: not found by its number")
    return f"{len(chosen)} of {len(keys):,} copies opened and found"
