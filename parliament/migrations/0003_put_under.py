from django.db import migrations, models

from office.migrating import AddIndexQuietly


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("parliament", "0002_public_relations"),
    ]

    operations = [
        AddIndexQuietly(
            model_name="interpellation",
            index=models.Index(
                condition=models.Q(("item__isnull", False)), fields=["item"], name="interpellation_put_under"
            ),
        ),
        AddIndexQuietly(
            model_name="motion",
            index=models.Index(
                condition=models.Q(("item__isnull", False)), fields=["item"], name="motion_put_under"
            ),
        ),
    ]
