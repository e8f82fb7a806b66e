from decimal import Decimal

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("projectplan", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="FrameItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("mission", "mission"),
                            ("issue", "strategic issue"),
                            ("objective", "objective"),
                            ("indicator", "indicator of the office above"),
                            ("project", "project of the office above"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("text", models.TextField(verbose_name="text")),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="frame",
                        to="projectplan.plan",
                        verbose_name="plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of the frame",
                "verbose_name_plural": "lines of the frame",
                "ordering": ["kind", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "kind", "number"), name="frame_item_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Programme",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("name", models.CharField(max_length=500, verbose_name="name")),
                (
                    "strategy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="programmes",
                        to="projectplan.strategy",
                        verbose_name="strategy",
                    ),
                ),
            ],
            options={
                "verbose_name": "programme",
                "verbose_name_plural": "programmes",
                "ordering": ["strategy", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("strategy", "number"), name="programme_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Project",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=300, verbose_name="name")),
                (
                    "budget",
                    models.DecimalField(decimal_places=2, max_digits=14, verbose_name="budget in baht"),
                ),
                ("start_on", models.DateField(verbose_name="begins on")),
                ("end_on", models.DateField(verbose_name="ends on")),
                (
                    "plan",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="project",
                        to="projectplan.plan",
                        verbose_name="plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "project",
                "verbose_name_plural": "projects",
                "ordering": ["-plan__fiscal_year"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("budget__gte", 0)), name="project_budget_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("end_on__gte", models.F("start_on"))),
                        name="project_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Activity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("name", models.CharField(max_length=300, verbose_name="name")),
                ("target", models.TextField(verbose_name="target")),
                (
                    "budget",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0"),
                        max_digits=14,
                        verbose_name="budget of the plan in baht",
                    ),
                ),
                ("indicator", models.TextField(verbose_name="indicator")),
                ("measure", models.CharField(max_length=80, verbose_name="measure")),
                ("threshold", models.DecimalField(decimal_places=2, max_digits=9, verbose_name="threshold")),
                (
                    "deliverables",
                    models.JSONField(blank=True, default=list, verbose_name="documents to be made"),
                ),
                ("result_before", models.TextField(blank=True, verbose_name="result of the year before")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="activities",
                        to="projectplan.project",
                        verbose_name="project",
                    ),
                ),
            ],
            options={
                "verbose_name": "activity",
                "verbose_name_plural": "activities",
                "ordering": ["project", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("project", "number"), name="activity_once"),
                    models.CheckConstraint(
                        condition=models.Q(("budget__gte", 0)), name="activity_budget_not_negative"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActivityMonth",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first_on", models.DateField(verbose_name="first day of the month")),
                (
                    "planned",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0"),
                        max_digits=14,
                        verbose_name="planned spending in baht",
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="months",
                        to="projectplan.activity",
                        verbose_name="activity",
                    ),
                ),
            ],
            options={
                "verbose_name": "month of an activity",
                "verbose_name_plural": "months of an activity",
                "ordering": ["activity", "first_on"],
                "constraints": [
                    models.UniqueConstraint(fields=("activity", "first_on"), name="activity_month_once"),
                    models.CheckConstraint(
                        condition=models.Q(("first_on__day", 1)), name="activity_month_by_its_first_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("planned__gte", 0)), name="planned_not_negative"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Swot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "quadrant",
                    models.CharField(
                        choices=[
                            ("strength", "strengths"),
                            ("weakness", "weaknesses"),
                            ("opportunity", "opportunities"),
                            ("threat", "threats"),
                        ],
                        max_length=12,
                        verbose_name="quadrant",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("text", models.TextField(verbose_name="text")),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="swot",
                        to="projectplan.plan",
                        verbose_name="plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of the SWOT analysis",
                "verbose_name_plural": "SWOT analysis",
                "ordering": ["quadrant", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "quadrant", "number"), name="swot_once")
                ],
            },
        ),
        migrations.AddField(
            model_name="kpi",
            name="direction",
            field=models.CharField(
                choices=[("higher", "the higher the better"), ("lower", "the lower the better")],
                default="higher",
                max_length=6,
                verbose_name="direction",
            ),
        ),
        migrations.AddField(
            model_name="kpi",
            name="level_1",
            field=models.DecimalField(
                decimal_places=2, default=Decimal("60"), max_digits=7, verbose_name="level 1"
            ),
        ),
        migrations.AddField(
            model_name="kpi",
            name="level_2",
            field=models.DecimalField(
                decimal_places=2, default=Decimal("70"), max_digits=7, verbose_name="level 2"
            ),
        ),
        migrations.AddField(
            model_name="kpi",
            name="level_3",
            field=models.DecimalField(
                decimal_places=2, default=Decimal("80"), max_digits=7, verbose_name="level 3"
            ),
        ),
        migrations.AddField(
            model_name="kpi",
            name="level_4",
            field=models.DecimalField(
                decimal_places=2, default=Decimal("90"), max_digits=7, verbose_name="level 4"
            ),
        ),
        migrations.AddField(
            model_name="kpi",
            name="level_5",
            field=models.DecimalField(
                decimal_places=2, default=Decimal("100"), max_digits=7, verbose_name="level 5"
            ),
        ),
        migrations.AddField(
            model_name="kpi",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="parts",
                to="projectplan.kpi",
                verbose_name="part of",
            ),
        ),
        migrations.AddField(
            model_name="kpi",
            name="target",
            field=models.DecimalField(
                decimal_places=2, default=Decimal("100"), max_digits=7, verbose_name="target"
            ),
        ),
        migrations.AddField(
            model_name="kpi",
            name="weight",
            field=models.DecimalField(
                decimal_places=2, default=Decimal("1"), max_digits=5, verbose_name="weight"
            ),
        ),
        migrations.AddField(
            model_name="plan",
            name="goal",
            field=models.TextField(blank=True, verbose_name="goal of the office above"),
        ),
        migrations.AddField(
            model_name="plan",
            name="prepared_on",
            field=models.DateField(blank=True, null=True, verbose_name="prepared in the month of"),
        ),
        migrations.AddField(
            model_name="plan",
            name="vision",
            field=models.TextField(blank=True, verbose_name="vision of the office above"),
        ),
        migrations.AddField(
            model_name="work",
            name="kinds",
            field=models.JSONField(blank=True, default=list, verbose_name="kinds"),
        ),
        migrations.AddField(
            model_name="work",
            name="quality",
            field=models.JSONField(blank=True, default=list, verbose_name="quality"),
        ),
        migrations.AddField(
            model_name="work",
            name="recipients",
            field=models.JSONField(blank=True, default=list, verbose_name="recipients"),
        ),
        migrations.AddConstraint(
            model_name="kpi",
            constraint=models.CheckConstraint(
                condition=models.Q(("weight__gt", 0)), name="kpi_weighs_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="kpi",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("direction", "higher"),
                        ("level_1__lt", models.F("level_2")),
                        ("level_2__lt", models.F("level_3")),
                        ("level_3__lt", models.F("level_4")),
                        ("level_4__lt", models.F("level_5")),
                    ),
                    models.Q(
                        ("direction", "lower"),
                        ("level_1__gt", models.F("level_2")),
                        ("level_2__gt", models.F("level_3")),
                        ("level_3__gt", models.F("level_4")),
                        ("level_4__gt", models.F("level_5")),
                    ),
                    _connector="OR",
                ),
                name="kpi_levels_in_order",
            ),
        ),
    ]
