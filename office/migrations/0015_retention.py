import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('office', '0014_administration'),
    ]

    operations = [
        migrations.CreateModel(
            name='Anonymised',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(choices=[('petition', 'Petition'), ('related', 'Related matter'), ('meeting', 'Meeting'), ('interpellation', 'Interpellation'), ('motion', 'Motion'), ('bill', 'Bill'), ('consultation', 'Consultation'), ('follow_up', 'Follow-up of a meeting'), ('engagement', 'Engagement of the minister'), ('article', 'News article'), ('journal', 'Journal'), ('press_conference', 'Press conference'), ('foreign_document', 'Foreign document'), ('brief', 'Situation brief'), ('visit', 'Visits'), ('contact', 'Contacts of the network who left'), ('recipient', 'Recipients of the journal who left'), ('reporter', 'Reporters who left'), ('seminar', 'Participants of seminars'), ('survey', 'Surveys: who was asked, and comments'), ('person_request', "Requests about one's own data")], max_length=20)),
                ('key', models.BigIntegerField()),
                ('at', models.DateTimeField(verbose_name='at')),
                ('source', models.CharField(max_length=300, verbose_name='by the rule')),
            ],
            options={
                'verbose_name': 'removed personal data',
                'verbose_name_plural': 'removed personal data',
            },
        ),
        migrations.CreateModel(
            name='FileToRemove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(max_length=200, unique=True)),
                ('asked_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'file to be removed',
                'verbose_name_plural': 'files to be removed',
            },
        ),
        migrations.CreateModel(
            name='LegalHold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(max_length=1000, verbose_name='reason')),
                ('placed_at', models.DateTimeField(verbose_name='since')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
            ],
            options={
                'verbose_name': 'hold from removal',
                'verbose_name_plural': 'holds from removal',
            },
        ),
        migrations.CreateModel(
            name='PersonExport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('waiting', 'Waiting to be made'), ('making', 'Being made'), ('issued', 'Issued'), ('failed', 'Could not be made')], default='waiting', max_length=10, verbose_name='state')),
                ('progress', models.PositiveSmallIntegerField(default=0, verbose_name='progress in percent')),
                ('asked_at', models.DateTimeField(verbose_name='asked for at')),
                ('held_until', models.DateTimeField(null=True)),
                ('sha256', models.CharField(blank=True, max_length=64, verbose_name='checksum')),
                ('issued_at', models.DateTimeField(null=True, verbose_name='issued at')),
                ('expires_at', models.DateTimeField(null=True, verbose_name='can be taken until')),
                ('removed_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'export about a person',
                'verbose_name_plural': 'exports about a person',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='PersonFinding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=30, verbose_name='where')),
                ('key', models.BigIntegerField()),
                ('label', models.CharField(max_length=200, verbose_name='number')),
                ('found_by', models.CharField(max_length=60, verbose_name='found by')),
                ('verdict', models.CharField(blank=True, choices=[('theirs', 'Theirs, handed out'), ('refused', 'Theirs, refused'), ('not_theirs', "Somebody else's")], max_length=10, verbose_name='whose it is')),
                ('refused_reason', models.CharField(blank=True, max_length=300, verbose_name='why it is refused')),
            ],
            options={
                'verbose_name': 'finding about a person',
                'verbose_name_plural': 'findings about a person',
                'ordering': ['source', '-key'],
            },
        ),
        migrations.CreateModel(
            name='PersonRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='name and surname')),
                ('telephone', models.CharField(blank=True, max_length=40, verbose_name='telephone')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('thai_id_fingerprint', models.CharField(blank=True, editable=False, max_length=64)),
                ('identified_by', models.CharField(help_text='What was shown or sent, not its number.', max_length=300, verbose_name='how we know it is them')),
                ('asked_on', models.DateField(verbose_name='asked on')),
                ('due_on', models.DateField(editable=False, verbose_name='due on')),
                ('made_at', models.DateTimeField(editable=False)),
                ('answered_at', models.DateTimeField(editable=False, null=True, verbose_name='answered at')),
            ],
            options={
                'verbose_name': "request about one's own data",
                'verbose_name_plural': "requests about one's own data",
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='RetentionBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(choices=[('petition', 'Petition'), ('related', 'Related matter'), ('meeting', 'Meeting'), ('interpellation', 'Interpellation'), ('motion', 'Motion'), ('bill', 'Bill'), ('consultation', 'Consultation'), ('follow_up', 'Follow-up of a meeting'), ('engagement', 'Engagement of the minister'), ('article', 'News article'), ('journal', 'Journal'), ('press_conference', 'Press conference'), ('foreign_document', 'Foreign document'), ('brief', 'Situation brief'), ('visit', 'Visits'), ('contact', 'Contacts of the network who left'), ('recipient', 'Recipients of the journal who left'), ('reporter', 'Reporters who left'), ('seminar', 'Participants of seminars'), ('survey', 'Surveys: who was asked, and comments'), ('person_request', "Requests about one's own data")], max_length=20, verbose_name='kind of record')),
                ('years', models.PositiveSmallIntegerField(verbose_name='years')),
                ('source', models.CharField(max_length=300, verbose_name='source of the rule')),
                ('ended_before', models.DateField(verbose_name='ended before')),
                ('state', models.CharField(choices=[('proposed', 'To be gone through'), ('checked', 'To be confirmed'), ('confirmed', 'Confirmed, being carried out'), ('done', 'Carried out')], default='proposed', max_length=10, verbose_name='state')),
                ('proposed_at', models.DateTimeField(verbose_name='proposed at')),
                ('checked_at', models.DateTimeField(null=True, verbose_name='gone through at')),
                ('confirmed_at', models.DateTimeField(null=True, verbose_name='confirmed at')),
                ('returned_reason', models.TextField(blank=True, max_length=1000, verbose_name='why it came back')),
                ('done_at', models.DateTimeField(null=True, verbose_name='carried out at')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                'verbose_name': 'review of retention',
                'verbose_name_plural': 'reviews of retention',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='RetentionRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(choices=[('petition', 'Petition'), ('related', 'Related matter'), ('meeting', 'Meeting'), ('interpellation', 'Interpellation'), ('motion', 'Motion'), ('bill', 'Bill'), ('consultation', 'Consultation'), ('follow_up', 'Follow-up of a meeting'), ('engagement', 'Engagement of the minister'), ('article', 'News article'), ('journal', 'Journal'), ('press_conference', 'Press conference'), ('foreign_document', 'Foreign document'), ('brief', 'Situation brief'), ('visit', 'Visits'), ('contact', 'Contacts of the network who left'), ('recipient', 'Recipients of the journal who left'), ('reporter', 'Reporters who left'), ('seminar', 'Participants of seminars'), ('survey', 'Surveys: who was asked, and comments'), ('person_request', "Requests about one's own data")], max_length=20)),
                ('key', models.BigIntegerField()),
                ('label', models.CharField(max_length=60, verbose_name='number')),
                ('ended_on', models.DateField(verbose_name='closed on')),
                ('outcome', models.CharField(blank=True, choices=[('anonymised', 'Personal data removed'), ('kept_out', 'Kept out'), ('held', 'Held from removal'), ('not_over', 'Not over after all')], max_length=12)),
                ('kept_out_reason', models.CharField(blank=True, max_length=300, verbose_name='why it is kept')),
                ('again_on', models.DateField(null=True, verbose_name='asked again on')),
            ],
            options={
                'verbose_name': 'record under review',
                'verbose_name_plural': 'records under review',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='RetentionRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(choices=[('petition', 'Petition'), ('related', 'Related matter'), ('meeting', 'Meeting'), ('interpellation', 'Interpellation'), ('motion', 'Motion'), ('bill', 'Bill'), ('consultation', 'Consultation'), ('follow_up', 'Follow-up of a meeting'), ('engagement', 'Engagement of the minister'), ('article', 'News article'), ('journal', 'Journal'), ('press_conference', 'Press conference'), ('foreign_document', 'Foreign document'), ('brief', 'Situation brief'), ('visit', 'Visits'), ('contact', 'Contacts of the network who left'), ('recipient', 'Recipients of the journal who left'), ('reporter', 'Reporters who left'), ('seminar', 'Participants of seminars'), ('survey', 'Surveys: who was asked, and comments'), ('person_request', "Requests about one's own data")], max_length=20, unique=True, verbose_name='kind of record')),
                ('treatment', models.CharField(choices=[('anonymise', 'Remove personal data'), ('keep', 'Keep for ever')], max_length=10, verbose_name='what happens')),
                ('years', models.PositiveSmallIntegerField(blank=True, help_text='Counted from the day it was closed, or from its last day.', null=True, verbose_name='years')),
                ('source', models.CharField(max_length=300, verbose_name='source of the rule')),
                ('is_confirmed', models.BooleanField(default=False, verbose_name='confirmed by the office')),
                ('looked_at', models.DateTimeField(editable=False, null=True)),
                ('looked_key', models.BigIntegerField(editable=False, null=True)),
            ],
            options={
                'verbose_name': 'rule of retention',
                'verbose_name_plural': 'rules of retention',
                'ordering': ['pk'],
            },
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(condition=models.Q(('closed_at__isnull', False)), fields=['kind', 'closed_at', 'id'], name='matter_closed'),
        ),
        migrations.AddField(
            model_name='anonymised',
            name='matter',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='anonymised', to='office.matter'),
        ),
        migrations.AddField(
            model_name='legalhold',
            name='matter',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='legal_hold', to='office.matter'),
        ),
        migrations.AddField(
            model_name='legalhold',
            name='placed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='personexport',
            name='asked_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked for by'),
        ),
        migrations.AddField(
            model_name='personfinding',
            name='matter',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='office.matter'),
        ),
        migrations.AddField(
            model_name='personrequest',
            name='officer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='officer in charge'),
        ),
        migrations.AddField(
            model_name='personfinding',
            name='request',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='findings', to='office.personrequest'),
        ),
        migrations.AddField(
            model_name='personexport',
            name='request',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exports', to='office.personrequest'),
        ),
        migrations.AddField(
            model_name='retentionbatch',
            name='checked_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='retentionbatch',
            name='confirmed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='retentionbatch',
            name='returned_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='retentionbatch',
            name='subgroup',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.subgroup', verbose_name='subgroup'),
        ),
        migrations.AddField(
            model_name='retentionrow',
            name='batch',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='office.retentionbatch'),
        ),
        migrations.AddField(
            model_name='retentionrow',
            name='kept_out_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='anonymised',
            name='row',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='anonymised', to='office.retentionrow'),
        ),
        migrations.AddConstraint(
            model_name='retentionrule',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('treatment', 'keep'), ('years__isnull', True)), models.Q(('treatment', 'anonymise'), ('years__gte', 1)), _connector='OR'), name='retention_rule_years', violation_error_message='What is kept for ever has no years; what is removed is kept for at least one.'),
        ),
        migrations.AddConstraint(
            model_name='retentionrule',
            constraint=models.CheckConstraint(condition=models.Q(('treatment', 'keep'), models.Q(('subject__in', ['meeting', 'interpellation', 'motion', 'bill', 'follow_up', 'article', 'journal']), _negated=True), _connector='OR'), name='retention_rule_public_kept', violation_error_message='What is public is kept for ever.'),
        ),
        migrations.AddIndex(
            model_name='personrequest',
            index=models.Index(condition=models.Q(('answered_at__isnull', True)), fields=['due_on'], name='person_request_open'),
        ),
        migrations.AddIndex(
            model_name='personrequest',
            index=models.Index(fields=['answered_at', 'id'], name='person_request_answered'),
        ),
        migrations.AddConstraint(
            model_name='personfinding',
            constraint=models.UniqueConstraint(fields=('request', 'source', 'key'), name='person_finding_once'),
        ),
        migrations.AddConstraint(
            model_name='personfinding',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('verdict', 'refused'), _negated=True), models.Q(('refused_reason', ''), _negated=True), _connector='OR'), name='person_finding_refused_why'),
        ),
        migrations.AddIndex(
            model_name='personexport',
            index=models.Index(condition=models.Q(('expires_at__isnull', False), ('removed_at__isnull', True)), fields=['expires_at'], name='person_export_kept'),
        ),
        migrations.AddConstraint(
            model_name='personexport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'issued'), _negated=True), models.Q(('expires_at__isnull', False), ('issued_at__isnull', False), models.Q(('sha256', ''), _negated=True)), _connector='OR'), name='person_export_issued_is_whole'),
        ),
        migrations.AddIndex(
            model_name='retentionbatch',
            index=models.Index(condition=models.Q(('state', 'done'), _negated=True), fields=['state', 'id'], name='retention_batch_open'),
        ),
        migrations.AddConstraint(
            model_name='retentionbatch',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by__isnull', True), models.Q(('checked_by__isnull', False), models.Q(('confirmed_by', models.F('checked_by')), _negated=True)), _connector='OR'), name='retention_batch_by_two'),
        ),
        migrations.AddConstraint(
            model_name='retentionbatch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('checked_by__isnull', True), ('confirmed_by__isnull', True), ('state', 'proposed')), models.Q(('checked_by__isnull', False), ('confirmed_by__isnull', True), ('state', 'checked')), models.Q(('checked_by__isnull', False), ('confirmed_by__isnull', False), ('state__in', ['confirmed', 'done'])), _connector='OR'), name='retention_batch_state_by_people'),
        ),
        migrations.AddIndex(
            model_name='retentionrow',
            index=models.Index(condition=models.Q(('again_on__isnull', False)), fields=['subject', 'key'], name='retention_row_again'),
        ),
        migrations.AddConstraint(
            model_name='retentionrow',
            constraint=models.UniqueConstraint(condition=models.Q(('outcome', '')), fields=('subject', 'key'), name='retention_row_waits_once'),
        ),
        migrations.AddConstraint(
            model_name='retentionrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'kept_out'), _negated=True), models.Q(models.Q(('kept_out_reason', ''), _negated=True), ('kept_out_by__isnull', False)), _connector='OR'), name='retention_row_kept_for_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='anonymised',
            constraint=models.UniqueConstraint(fields=('subject', 'key'), name='anonymised_once'),
        ),
    ]
