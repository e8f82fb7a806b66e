from django.db import migrations


def levels_by_unit(apps, schema_editor):
    """An indicator in levels is scored by the level itself; a part hangs on the indicator whose code begins its own."""
    kpis = apps.get_model("projectplan", "Kpi")
    by_code = {(kpi.plan_id, kpi.code): kpi for kpi in kpis.objects.all()}
    for kpi in by_code.values():
        if kpi.unit == "level":
            kpi.target = 5
            kpi.level_1, kpi.level_2, kpi.level_3, kpi.level_4, kpi.level_5 = range(1, 6)
        kpi.parent = by_code.get((kpi.plan_id, kpi.code.rpartition(".")[0]))
        kpi.save()


class Migration(migrations.Migration):
    # Apart from the columns: PostgreSQL alters no table whose rows were changed in the same transaction.

    dependencies = [
        ("projectplan", "0002_plan_in_full"),
    ]

    operations = [
        migrations.RunPython(levels_by_unit, migrations.RunPython.noop),
    ]
