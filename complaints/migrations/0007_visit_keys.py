from typing import Any

from django.conf import settings
from django.db import migrations, models

from complaints.likeness import name_key, telephone_key

BATCH = 500


def fill(apps: Any, schema_editor: Any) -> None:
    """Visits in which somebody gave a name or a number are found by it from now on."""
    visits = apps.get_model("complaints", "Visit").objects.using(schema_editor.connection.alias)
    named = visits.exclude(name="", telephone="").only("pk", "name", "telephone").order_by("pk")
    waiting = []
    for row in named.iterator(chunk_size=BATCH):
        row.name_key, row.telephone_key = name_key(row.name), telephone_key(row.telephone)
        waiting.append(row)
        if len(waiting) == BATCH:
            visits.bulk_update(waiting, ["name_key", "telephone_key"])
            waiting = []
    visits.bulk_update(waiting, ["name_key", "telephone_key"])



class Migration(migrations.Migration):

    dependencies = [
        ('complaints', '0006_public_relations'),
        ('office', '0015_retention'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='visit',
            name='name_key',
            field=models.CharField(blank=True, db_default='', editable=False, max_length=200),
        ),
        migrations.AddField(
            model_name='visit',
            name='telephone_key',
            field=models.CharField(blank=True, db_default='', editable=False, max_length=40),
        ),
        migrations.AddIndex(
            model_name='visit',
            index=models.Index(condition=models.Q(('name_key', ''), _negated=True), fields=['name_key'], name='visit_name'),
        ),
        migrations.AddIndex(
            model_name='visit',
            index=models.Index(condition=models.Q(('telephone_key', ''), _negated=True), fields=['telephone_key'], name='visit_telephone'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
