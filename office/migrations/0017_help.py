"""Whether somebody has walked the first round through the pages."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("office", "0016_safety")]

    operations = [
        migrations.AddField(
            "user",
            "toured_at",
            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="walked the first round"),
        ),
    ]
