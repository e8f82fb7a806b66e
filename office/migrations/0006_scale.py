"""What registers and search ask when one of them holds a hundred thousand matters."""

import django.db.models.deletion
from django.db import migrations, models

from office.schema import GiveUpKeyIndex


class Migration(migrations.Migration):
    dependencies = [("office", "0005_public_relations")]

    operations = [
        migrations.RemoveIndex("matter", "matter_related_received"),
        migrations.AddIndex(
            "matter", models.Index(fields=["kind", "received_at"], name="matter_kind_received")
        ),
        migrations.AddIndex("matter", models.Index(fields=["subgroup", "id"], name="matter_subgroup")),
        GiveUpKeyIndex(
            "matter",
            "subgroup",
            models.ForeignKey(
                "office.subgroup",
                django.db.models.deletion.PROTECT,
                db_index=False,
                related_name="matters",
                verbose_name="subgroup",
            ),
        ),
    ]
