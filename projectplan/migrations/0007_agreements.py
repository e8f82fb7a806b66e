from decimal import Decimal

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('projectplan', '0006_kpi_values'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fiscal_year', models.PositiveSmallIntegerField(verbose_name='fiscal year (B.E.)')),
                ('edition', models.PositiveSmallIntegerField(default=1, verbose_name='edition')),
                ('reason', models.TextField(blank=True, verbose_name='reason of the new edition')),
                ('state', models.CharField(choices=[('draft', 'being written'), ('proposed', 'proposed'), ('agreed', 'agreed, to be signed'), ('signed', 'signed by the one'), ('in_force', 'in force'), ('half_self', 'half year: self-assessed'), ('half_done', 'half year: assessed'), ('year_self', 'full year: self-assessed'), ('done', 'result given'), ('replaced', 'replaced by a new edition')], default='draft', editable=False, max_length=10, verbose_name='state')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('signed_at', models.DateTimeField(editable=False, null=True, verbose_name='signed at')),
                ('confirmed_at', models.DateTimeField(editable=False, null=True, verbose_name='signed by both at')),
                ('half_score', models.DecimalField(decimal_places=2, editable=False, max_digits=3, null=True, verbose_name='half-year result')),
                ('score', models.DecimalField(decimal_places=2, editable=False, max_digits=3, null=True, verbose_name='result')),
                ('person', models.ForeignKey(blank=True, help_text='Empty: the agreement of the whole group.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('signer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who makes the agreement')),
                ('superior', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who receives it')),
            ],
            options={
                'verbose_name': 'performance agreement',
                'verbose_name_plural': 'performance agreements',
                'ordering': ['-fiscal_year', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='AgreementEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(max_length=20)),
                ('at', models.DateTimeField(verbose_name='at')),
                ('from_state', models.CharField(blank=True, max_length=10)),
                ('to_state', models.CharField(max_length=10)),
                ('reason', models.TextField(blank=True)),
                ('version', models.PositiveIntegerField(help_text="The agreement's version after this.")),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='projectplan.agreement')),
            ],
            options={
                'verbose_name': 'event of an agreement',
                'verbose_name_plural': 'events of agreements',
                'ordering': ['agreement', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='AgreementLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('name', models.CharField(max_length=500, verbose_name='Indicator')),
                ('measure', models.CharField(blank=True, max_length=80, verbose_name='measure')),
                ('unit', models.CharField(max_length=80, verbose_name='Unit')),
                ('target', models.DecimalField(decimal_places=2, max_digits=9, verbose_name='Target')),
                ('weight', models.DecimalField(decimal_places=2, max_digits=5, verbose_name='Weight')),
                ('level_1', models.DecimalField(decimal_places=2, max_digits=9, verbose_name='Level 1')),
                ('level_2', models.DecimalField(decimal_places=2, max_digits=9, verbose_name='Level 2')),
                ('level_3', models.DecimalField(decimal_places=2, max_digits=9, verbose_name='Level 3')),
                ('level_4', models.DecimalField(decimal_places=2, max_digits=9, verbose_name='Level 4')),
                ('level_5', models.DecimalField(decimal_places=2, max_digits=9, verbose_name='Level 5')),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='projectplan.agreement')),
                ('kpi', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='projectplan.kpi')),
                ('work', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='projectplan.work')),
            ],
            options={
                'verbose_name': 'line of an agreement',
                'verbose_name_plural': 'lines of an agreement',
                'ordering': ['agreement', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Assessment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('half', models.CharField(choices=[('half', 'half year'), ('year', 'full year')], max_length=4, verbose_name='assessment')),
                ('side', models.CharField(choices=[('self', 'self-assessment'), ('head', 'assessment by the one above')], max_length=4, verbose_name='by')),
                ('value', models.DecimalField(decimal_places=2, max_digits=9, verbose_name='value reached')),
                ('score', models.DecimalField(decimal_places=2, max_digits=3, verbose_name='score')),
                ('remark', models.TextField(blank=True, verbose_name='remark')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assessments', to='projectplan.agreementline')),
            ],
            options={
                'verbose_name': 'assessment of a line',
                'verbose_name_plural': 'assessments of lines',
                'ordering': ['line', 'half', '-side'],
            },
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.UniqueConstraint(fields=('fiscal_year', 'person', 'edition'), name='agreement_edition_once'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.UniqueConstraint(condition=models.Q(('person__isnull', True)), fields=('fiscal_year', 'edition'), name='group_agreement_edition_once'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['draft', 'proposed', 'agreed', 'signed'])), fields=('fiscal_year', 'person'), name='agreement_one_unsigned'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['draft', 'proposed', 'agreed', 'signed']), ('person__isnull', True)), fields=('fiscal_year',), name='group_agreement_one_unsigned'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['in_force', 'half_self', 'half_done', 'year_self', 'done'])), fields=('fiscal_year', 'person'), name='agreement_one_in_force'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['in_force', 'half_self', 'half_done', 'year_self', 'done']), ('person__isnull', True)), fields=('fiscal_year',), name='group_agreement_one_in_force'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(('signer', models.F('superior')), _negated=True), name='agreement_of_two'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(('edition', 1), models.Q(('reason', ''), _negated=True), _connector='OR'), name='agreement_edition_has_its_reason'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_at__isnull', True), ('signed_at__isnull', False), _connector='OR'), name='agreement_signed_before_confirmed'),
        ),
        migrations.AddConstraint(
            model_name='agreementevent',
            constraint=models.UniqueConstraint(fields=('agreement', 'version'), name='agreement_event_version_once'),
        ),
        migrations.AddConstraint(
            model_name='agreementline',
            constraint=models.UniqueConstraint(fields=('agreement', 'number'), name='agreement_line_once'),
        ),
        migrations.AddConstraint(
            model_name='agreementline',
            constraint=models.CheckConstraint(condition=models.Q(('weight__gt', 0), ('weight__lte', Decimal('100'))), name='agreement_line_weighs_something'),
        ),
        migrations.AddConstraint(
            model_name='agreementline',
            constraint=models.CheckConstraint(condition=models.Q(('kpi__isnull', True), ('work__isnull', True), _connector='OR'), name='agreement_line_of_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='agreementline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('level_1__lt', models.F('level_2')), ('level_2__lt', models.F('level_3')), ('level_3__lt', models.F('level_4')), ('level_4__lt', models.F('level_5'))), models.Q(('level_1__gt', models.F('level_2')), ('level_2__gt', models.F('level_3')), ('level_3__gt', models.F('level_4')), ('level_4__gt', models.F('level_5'))), _connector='OR'), name='agreement_levels_in_order'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.UniqueConstraint(fields=('line', 'half', 'side'), name='assessment_once'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(('score__gte', 1), ('score__lte', 5)), name='assessment_from_1_to_5'),
        ),
    ]
