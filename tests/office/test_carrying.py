"""The steps that every kind of matter has, whichever states its own are."""

from __future__ import annotations

from django.db import models
from django.test.utils import isolate_apps

from complaints.models import Petition, RelatedMatter
from office.carrying import CarriedMatter, StateField
from office.steps import step

COMMON = {"take", "assign", "hand_over", "release", "attach_files", "succeed"}


def declared_by(model: type[CarriedMatter]) -> set[str]:
    return {one.name for one in model._meta.get_field("state").get_all_transitions(model)}


@isolate_apps("office")
def test_kinds_with_states_of_their_own_share_the_common_steps() -> None:
    class ErrandState(models.TextChoices):
        TO_RUN = "to_run", "to run"
        RUN = "run", "run"

    class Errand(CarriedMatter):
        state = StateField(choices=ErrandState, default=ErrandState.TO_RUN)

        class Meta:
            app_label = "office"

        @step(
            field="state",
            source=ErrandState.TO_RUN,
            target=ErrandState.RUN,
            allowed=lambda matter, actor: True,
            verb="Run",
            done="Run",
        )
        def run(self, act: object) -> None:
            """It is run."""

    assert declared_by(Errand) == COMMON | {"run"}
    assert declared_by(Petition) > COMMON
    assert declared_by(RelatedMatter) > COMMON
    errand = Errand()
    errand.run(None)
    assert errand.state == ErrandState.RUN
