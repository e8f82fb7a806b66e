"""Links between matters, topics, the register of documents in, editions of letter templates."""

import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('office', '0012_saved_searches'),
    ]

    operations = [
        migrations.AlterField(
            model_name='notice',
            name='kind',
            field=models.CharField(choices=[('due_soon', 'Due soon'), ('due_now', 'Due now'), ('late', 'Late'), ('your_turn', 'Waiting for you'), ('step_taken', 'Moved on'), ('calendar', 'Calendar changed'), ('report_ready', 'Report ready'), ('members_waiting', 'List of members waiting to be confirmed'), ('binder_ready', "Minister's binder ready"), ('digest', 'Morning summary'), ('agency_request', 'Request to an agency'), ('agency_reminder', 'Reminder to an agency before the answer is due'), ('agency_chaser', 'Chaser to an agency'), ('petition_received', 'Petition received'), ('petitioner_result', 'Result to the petitioner'), ('petitioner_question', 'Question to the petitioner'), ('outgoing_letter', 'Outgoing letter'), ('parliament_request', 'Request to an agency for parliament'), ('parliament_chaser', 'Chaser to an agency for parliament'), ('meeting_told', 'Notice of a meeting to an agency'), ('consultation_result', 'Result of a consultation to its raiser'), ('press_invitation', 'Invitation of the press'), ('contact_confirmation', 'Yearly question to a contact'), ('contact_corrected', 'A contact has sent a correction'), ('sitting_digest', 'Morning summary of a sitting day'), ('document_passed', 'A document in was passed to you'), ('survey_invitation', 'Invitation to a survey'), ('saved_search', 'Fits a saved search')], max_length=30),
        ),
        migrations.CreateModel(
            name='IncomingDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('series', models.CharField(editable=False, max_length=20)),
                ('year', models.PositiveSmallIntegerField(editable=False, verbose_name='year (B.E.)')),
                ('number', models.PositiveIntegerField(editable=False, verbose_name='receipt number')),
                ('received_at', models.DateTimeField(verbose_name='received at')),
                ('their_number', models.CharField(blank=True, max_length=80, verbose_name='its own number')),
                ('dated_on', models.DateField(blank=True, null=True, verbose_name='its date')),
                ('sender', models.CharField(max_length=200, verbose_name='from')),
                ('addressee', models.CharField(max_length=200, verbose_name='to')),
                ('subject', models.CharField(max_length=300, verbose_name='subject')),
                ('speed', models.CharField(blank=True, choices=[('urgent', 'Urgent'), ('very_urgent', 'Very urgent'), ('most_urgent', 'Extremely urgent')], max_length=20, verbose_name='urgency')),
                ('secrecy', models.PositiveSmallIntegerField(choices=[(0, 'Ordinary'), (1, 'Confidential'), (2, 'Secret'), (3, 'Top secret')], default=0, verbose_name='secrecy')),
                ('practice', models.CharField(blank=True, max_length=300, verbose_name='what was done')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='remark')),
                ('voided_at', models.DateTimeField(editable=False, null=True)),
                ('ticket', models.UUIDField(editable=False, help_text='One form, one line of the register.', unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('matter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='documents_in', to='office.matter', verbose_name='matter')),
                ('passed_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='passed to')),
                ('received_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='received by')),
                ('subgroup', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.subgroup', verbose_name='passed to the subgroup')),
            ],
            options={
                'verbose_name': 'document in',
                'verbose_name_plural': 'documents in',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='IncomingEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('received', 'Received'), ('passed', 'Passed on'), ('done', 'Done'), ('linked', 'Goes on as a matter'), ('corrected', 'Put right'), ('voided', 'Struck out')], max_length=20)),
                ('text', models.CharField(blank=True, max_length=500)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('incoming', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='office.incomingdocument')),
            ],
            options={
                'verbose_name': 'line of practice',
                'verbose_name_plural': 'lines of practice',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='IncomingFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('sha256', models.CharField(db_index=True, editable=False, max_length=64)),
                ('size', models.PositiveBigIntegerField(editable=False, verbose_name='size in bytes')),
                ('content_type', models.CharField(editable=False, max_length=100)),
                ('added_at', models.DateTimeField()),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('incoming', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='office.incomingdocument')),
            ],
            options={
                'verbose_name': 'file of a document in',
                'verbose_name_plural': 'files of documents in',
                'ordering': ['pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='LetterTemplateEdition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='edition')),
                ('content', models.JSONField()),
                ('made_at', models.DateTimeField(verbose_name='saved at')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='saved by')),
                ('template', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='editions', to='office.lettertemplate')),
            ],
            options={
                'verbose_name': 'edition of a letter template',
                'verbose_name_plural': 'editions of letter templates',
                'ordering': ['-number'],
            },
        ),
        migrations.CreateModel(
            name='MatterLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('related', 'concerns the same as'), ('raised_in', 'is raised in'), ('news_about', 'is news about'), ('follows', 'follows from'), ('used_for', 'is used for')], max_length=20, verbose_name='kind of link')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
                ('made_at', models.DateTimeField()),
                ('from_matter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links_from', to='office.matter')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('to_matter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links_to', to='office.matter')),
            ],
            options={
                'verbose_name': 'link between matters',
                'verbose_name_plural': 'links between matters',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Topic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=150, verbose_name='name')),
                ('note', models.TextField(blank=True, max_length=2000, verbose_name='what it is about')),
                ('made_at', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'topic',
                'verbose_name_plural': 'topics',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='TopicMatter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('added_at', models.DateTimeField()),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='topic_entries', to='office.matter')),
                ('topic', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='office.topic')),
            ],
            options={
                'verbose_name': 'matter of a topic',
                'verbose_name_plural': 'matters of a topic',
                'ordering': ['pk'],
            },
        ),
        migrations.AddIndex(
            model_name='incomingdocument',
            index=models.Index(fields=['subgroup', 'id'], name='incoming_document_subgroup'),
        ),
        migrations.AddIndex(
            model_name='incomingdocument',
            index=models.Index(fields=['received_at'], name='incoming_document_received'),
        ),
        migrations.AddIndex(
            model_name='incomingdocument',
            index=models.Index(fields=['their_number'], name='incoming_document_theirs'),
        ),
        migrations.AddConstraint(
            model_name='incomingdocument',
            constraint=models.UniqueConstraint(fields=('series', 'year', 'number'), name='incoming_document_number_once'),
        ),
        migrations.AddConstraint(
            model_name='lettertemplateedition',
            constraint=models.UniqueConstraint(fields=('template', 'number'), name='letter_template_edition_once'),
        ),
        migrations.AddConstraint(
            model_name='matterlink',
            constraint=models.UniqueConstraint(django.db.models.functions.comparison.Least('from_matter', 'to_matter'), django.db.models.functions.comparison.Greatest('from_matter', 'to_matter'), name='matter_link_once'),
        ),
        migrations.AddConstraint(
            model_name='matterlink',
            constraint=models.CheckConstraint(condition=models.Q(('from_matter', models.F('to_matter')), _negated=True), name='matter_link_to_another'),
        ),
        migrations.AddConstraint(
            model_name='topicmatter',
            constraint=models.UniqueConstraint(fields=('topic', 'matter'), name='topic_matter_once'),
        ),
    ]
