from django.db import migrations, models
from django.db.models import F, Q

from office.migrating import AddIndexQuietly


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("office", "0017_help")]

    operations = [
        AddIndexQuietly(
            model_name="deadline",
            index=models.Index(
                fields=["kind", "matter"],
                condition=Q(dropped_at=None) & (Q(met_at=None) | Q(met_at__gt=F("due_at"))),
                name="deadline_not_in_time",
            ),
        ),
    ]
