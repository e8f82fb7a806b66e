import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django_fsm
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("office", "0007_politics"),
        ("office", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Category",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, unique=True, verbose_name="name")),
                ("name_en", models.CharField(max_length=80, verbose_name="name in English")),
                (
                    "slug",
                    models.SlugField(
                        help_text="Latin letters and hyphens.",
                        max_length=60,
                        unique=True,
                        verbose_name="address",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "is_used",
                    models.BooleanField(
                        default=True,
                        help_text="One that is not stays with its old articles.",
                        verbose_name="in use",
                    ),
                ),
            ],
            options={
                "verbose_name": "news category",
                "verbose_name_plural": "news categories",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Tag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, unique=True, verbose_name="name")),
                ("slug", models.CharField(max_length=80, unique=True, verbose_name="address")),
            ],
            options={
                "verbose_name": "tag",
                "verbose_name_plural": "tags",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Engagement",
            fields=[
                (
                    "matter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="office.matter",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "On the minister's agenda"),
                            ("held", "Held, news awaited"),
                            ("covered", "News published"),
                            ("closed", "Held, no news called for"),
                            ("postponed", "Postponed, no new date yet"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="planned",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("calls_for_news", models.BooleanField(default=True, verbose_name="calls for news")),
                (
                    "no_news_reason",
                    models.CharField(blank=True, max_length=500, verbose_name="why no news is called for"),
                ),
                (
                    "covered_at",
                    models.DateTimeField(
                        editable=False,
                        help_text="When the first article about it was published; empty while none is.",
                        null=True,
                        verbose_name="covered since",
                    ),
                ),
                (
                    "is_unclosed",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(
                                state__in=["covered", "closed", "cancelled"], then=models.Value(False)
                            ),
                            default=models.Value(True),
                        ),
                        output_field=models.BooleanField(),
                    ),
                ),
                (
                    "engagement_kind",
                    models.CharField(
                        choices=[
                            ("meeting", "Chairs or attends a meeting"),
                            ("ceremony", "Ceremony or opening"),
                            ("visit", "Visit to a school or agency"),
                            ("reception", "Receives visitors"),
                            ("speech", "Speech or policy given"),
                            ("interview", "Interview or broadcast"),
                            ("parliament", "Parliament or cabinet"),
                            ("journey", "Journey"),
                            ("other", "Other engagement"),
                        ],
                        max_length=20,
                        verbose_name="kind of engagement",
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="begins at")),
                ("ends_at", models.DateTimeField(verbose_name="ends at")),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="place")),
                ("organiser", models.CharField(blank=True, max_length=200, verbose_name="organised by")),
                (
                    "represented_by",
                    models.CharField(
                        blank=True,
                        help_text="Empty: the minister goes himself.",
                        max_length=200,
                        verbose_name="who goes in the minister's place",
                    ),
                ),
                (
                    "also_going",
                    models.CharField(blank=True, max_length=500, verbose_name="who else goes along"),
                ),
                ("note", models.TextField(blank=True, max_length=4000, verbose_name="note")),
                (
                    "is_public",
                    models.BooleanField(
                        default=True,
                        help_text="What has a grade of secrecy is never public.",
                        verbose_name="may be told to the public",
                    ),
                ),
                (
                    "uid",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=255,
                        verbose_name="UID in the calendar it came from",
                    ),
                ),
                ("uid_sequence", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="engagements",
                        to="office.agency",
                        verbose_name="agency that organises it",
                    ),
                ),
                (
                    "people",
                    models.ManyToManyField(
                        blank=True,
                        related_name="engagements",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="people of the office who go along",
                    ),
                ),
            ],
            options={
                "verbose_name": "engagement",
                "verbose_name_plural": "engagements",
                "indexes": [
                    models.Index(fields=["starts_at", "matter"], name="engagement_starts"),
                    models.Index(fields=["is_unclosed", "matter"], name="engagement_unclosed"),
                    models.Index(fields=["state", "matter"], name="engagement_state"),
                    models.Index(fields=["engagement_kind", "matter"], name="engagement_kind"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["planned", "held", "covered", "closed", "postponed", "cancelled"])
                        ),
                        name="engagement_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="engagement_ends_after_it_begins",
                        violation_error_message="The engagement ends before it begins.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("calls_for_news", True),
                            models.Q(("no_news_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="engagement_no_news_for_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "covered"), _negated=True),
                            ("covered_at__isnull", False),
                            _connector="OR",
                        ),
                        name="engagement_covered_at_a_moment",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("uid", ""), _negated=True),
                        fields=("uid",),
                        name="engagement_uid_once",
                    ),
                ],
            },
            bases=(django_fsm.FSMModelMixin, "office.matter"),
        ),
        migrations.CreateModel(
            name="EngagementImport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file_name", models.CharField(max_length=200, verbose_name="file")),
                ("header", models.JSONField(help_text="The headings as the file has them.")),
                (
                    "fields",
                    models.JSONField(help_text="Which field stands in each column, in the file's order."),
                ),
                ("rows", models.JSONField(help_text="The number of the line and its cells, row by row.")),
                (
                    "plan",
                    models.JSONField(help_text="What was shown: new, changed, wrong, and how many stay."),
                ),
                ("uploaded_at", models.DateTimeField(verbose_name="uploaded at")),
                ("applied_at", models.DateTimeField(null=True, verbose_name="confirmed at")),
                (
                    "applied_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "import of engagements",
                "verbose_name_plural": "imports of engagements",
                "ordering": ["-pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ForeignDocument",
            fields=[
                (
                    "matter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="office.matter",
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[("order", "Ordered"), ("note", "Noted")],
                        max_length=10,
                        verbose_name="decision",
                    ),
                ),
                ("order_text", models.TextField(blank=True, max_length=4000, verbose_name="order")),
                ("decided_at", models.DateTimeField(editable=False, null=True, verbose_name="decided at")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "To be screened"),
                            ("translating", "To be translated"),
                            ("summarising", "To be summarised with an opinion"),
                            ("checking", "Waiting for the head's check"),
                            ("on_desk", "On the minister's desk"),
                            ("ordered", "Decided, to be answered or filed"),
                            ("settled", "Settled, to be closed"),
                            ("closed", "Closed"),
                        ],
                        default="received",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "screening",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ours", "Concerns us"),
                            ("passed_on", "Passed to an agency of the ministry"),
                            ("information", "For information"),
                        ],
                        max_length=20,
                        verbose_name="screening",
                    ),
                ),
                ("screening_note", models.CharField(blank=True, max_length=500, verbose_name="why so")),
                ("needs_translation", models.BooleanField(default=False, verbose_name="to be translated")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("answered", "Answered"),
                            ("filed", "Filed"),
                            ("passed_on", "Passed to an agency of the ministry"),
                            ("information", "Kept for information"),
                            ("withdrawn", "Taken out of the register"),
                        ],
                        max_length=20,
                        verbose_name="outcome",
                    ),
                ),
                ("summary", models.TextField(blank=True, max_length=10000, verbose_name="summary")),
                ("opinion", models.TextField(blank=True, max_length=10000, verbose_name="opinion")),
                ("answer_by", models.DateField(blank=True, null=True, verbose_name="answer wanted by")),
                ("is_to_be_answered", models.BooleanField(default=False, verbose_name="to be answered")),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="answered on")),
                (
                    "answer_reference",
                    models.CharField(blank=True, max_length=100, verbose_name="number of our answer"),
                ),
                ("answer_text", models.TextField(blank=True, max_length=200000, verbose_name="our answer")),
                ("filed_where", models.CharField(blank=True, max_length=200, verbose_name="filed where")),
                (
                    "is_unclosed",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(state="closed", then=models.Value(False)), default=models.Value(True)
                        ),
                        output_field=models.BooleanField(),
                    ),
                ),
                (
                    "document_kind",
                    models.CharField(
                        choices=[
                            ("letter", "Letter"),
                            ("invitation", "Invitation"),
                            ("note", "Diplomatic note"),
                            ("agreement", "Agreement or memorandum"),
                            ("report", "Report"),
                            ("proposal", "Proposal of a project"),
                            ("questionnaire", "Questionnaire"),
                            ("other", "Other document"),
                        ],
                        default="letter",
                        max_length=20,
                        verbose_name="kind of document",
                    ),
                ),
                ("language", models.CharField(max_length=8, verbose_name="language")),
                (
                    "sender_organisation",
                    models.CharField(blank=True, max_length=200, verbose_name="organisation of the sender"),
                ),
                (
                    "sender_name",
                    models.CharField(blank=True, max_length=200, verbose_name="name of the sender"),
                ),
                (
                    "sender_country",
                    models.CharField(
                        blank=True,
                        help_text="Empty: an international organisation.",
                        max_length=2,
                        verbose_name="country",
                    ),
                ),
                (
                    "reference",
                    models.CharField(blank=True, max_length=100, verbose_name="number of their letter"),
                ),
                ("dated_on", models.DateField(blank=True, null=True, verbose_name="dated")),
                (
                    "original_text",
                    models.TextField(blank=True, max_length=200000, verbose_name="text of the original"),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "passed_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="office.agency",
                        verbose_name="passed to",
                    ),
                ),
            ],
            options={
                "verbose_name": "foreign document",
                "verbose_name_plural": "foreign documents",
                "indexes": [
                    models.Index(fields=["is_unclosed", "matter"], name="foreign_unclosed"),
                    models.Index(fields=["state", "matter"], name="foreign_state"),
                    models.Index(fields=["document_kind", "matter"], name="foreign_kind"),
                    models.Index(fields=["sender_country", "matter"], name="foreign_country"),
                    models.Index(fields=["language", "matter"], name="foreign_language"),
                    models.Index(fields=["outcome", "matter"], name="foreign_outcome"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "received",
                                    "translating",
                                    "summarising",
                                    "checking",
                                    "on_desk",
                                    "ordered",
                                    "settled",
                                    "closed",
                                ],
                            )
                        ),
                        name="foreign_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sender_organisation", ""), _negated=True),
                            models.Q(("sender_name", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="foreign_sent_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), _negated=True),
                            models.Q(("outcome", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="foreign_closed_with_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("screening", "passed_on"), _negated=True),
                            ("passed_to__isnull", False),
                            _connector="OR",
                        ),
                        name="foreign_passed_on_to_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "answered"), _negated=True),
                            ("answered_on__isnull", False),
                            _connector="OR",
                        ),
                        name="foreign_answered_some_day",
                    ),
                ],
            },
            bases=(django_fsm.FSMModelMixin, "office.matter"),
        ),
        migrations.CreateModel(
            name="MediaOutlet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=160, verbose_name="name")),
                ("sort_name", models.CharField(editable=False, max_length=340)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("tv", "Television"),
                            ("radio", "Radio"),
                            ("newspaper", "Newspaper"),
                            ("online", "Online medium"),
                            ("agency", "News agency"),
                        ],
                        max_length=20,
                        verbose_name="kind of medium",
                    ),
                ),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="e-mail of its news desk"),
                ),
                (
                    "telephone",
                    models.CharField(blank=True, max_length=60, verbose_name="telephone of its news desk"),
                ),
                ("fax", models.CharField(blank=True, max_length=60, verbose_name="fax")),
                ("line_id", models.CharField(blank=True, max_length=60, verbose_name="LINE")),
                ("website", models.URLField(blank=True, verbose_name="website")),
                ("note", models.TextField(blank=True, max_length=2000, verbose_name="note")),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                (
                    "merged_into",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="doubles",
                        to="publicrelations.mediaoutlet",
                        verbose_name="merged into",
                    ),
                ),
            ],
            options={
                "verbose_name": "media outlet",
                "verbose_name_plural": "media outlets",
                "ordering": ["sort_name", "pk"],
                "indexes": [
                    models.Index(fields=["sort_name", "id"], name="media_outlet_by_name"),
                    models.Index(fields=["kind", "sort_name", "id"], name="media_outlet_kind_name"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("merged_into__isnull", True)),
                        fields=("name",),
                        name="media_outlet_once",
                        violation_error_message="An outlet of this name is there already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("merged_into__isnull", True), ("is_active", False), _connector="OR"
                        ),
                        name="media_outlet_double_is_off",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PressConference",
            fields=[
                (
                    "matter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="office.matter",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned, media to be invited"),
                            ("invited", "Media invited"),
                            ("held", "Held, waiting for the coverage"),
                            ("covered", "Coverage recorded, to be closed"),
                            ("postponed", "Postponed, no new date yet"),
                            ("cancelled", "Cancelled"),
                            ("closed", "Closed"),
                        ],
                        default="planned",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "is_unclosed",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(state__in=["closed", "cancelled"], then=models.Value(False)),
                            default=models.Value(True),
                        ),
                        output_field=models.BooleanField(),
                    ),
                ),
                (
                    "occasion",
                    models.CharField(
                        choices=[("weekly", "Weekly"), ("mission", "By the minister's work")],
                        max_length=10,
                        verbose_name="occasion",
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="begins at")),
                (
                    "began_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="began in fact at"
                    ),
                ),
                ("ends_at", models.DateTimeField(blank=True, null=True, verbose_name="ends at")),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="place")),
                (
                    "spokespersons",
                    models.TextField(
                        blank=True,
                        help_text="One a line: name and position.",
                        max_length=1000,
                        verbose_name="spokespersons",
                    ),
                ),
                (
                    "brief",
                    models.TextField(
                        blank=True,
                        help_text="Stands in the invitation and, if public, on the site.",
                        max_length=4000,
                        verbose_name="what it is about",
                    ),
                ),
                ("is_public", models.BooleanField(default=False, verbose_name="shown on the public site")),
                (
                    "reported",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Reported"), ("nobody", "Nobody reported")],
                        editable=False,
                        max_length=10,
                        verbose_name="reported",
                    ),
                ),
                (
                    "follows",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="followed_by",
                        to="publicrelations.pressconference",
                        verbose_name="follows in the series",
                    ),
                ),
            ],
            options={
                "verbose_name": "press conference",
                "verbose_name_plural": "press conferences",
                "indexes": [
                    models.Index(fields=["starts_at", "matter"], name="press_starts"),
                    models.Index(
                        condition=models.Q(("is_public", True)),
                        fields=["starts_at", "matter"],
                        name="press_public_starts",
                    ),
                    models.Index(fields=["is_unclosed", "matter"], name="press_unclosed"),
                    models.Index(fields=["state", "matter"], name="press_state"),
                    models.Index(fields=["occasion", "matter"], name="press_occasion"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["planned", "invited", "held", "covered", "postponed", "cancelled", "closed"],
                            )
                        ),
                        name="press_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_at__isnull", True),
                            models.Q(("began_at__isnull", True), ("ends_at__gt", models.F("starts_at"))),
                            models.Q(("began_at__isnull", False), ("ends_at__gt", models.F("began_at"))),
                            _connector="OR",
                        ),
                        name="press_ends_after_it_begins",
                        violation_error_message="It ends before it begins.",
                    ),
                ],
            },
            bases=(django_fsm.FSMModelMixin, "office.matter"),
        ),
        migrations.CreateModel(
            name="Coverage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reported_on", models.DateField(verbose_name="reported on")),
                ("headline", models.CharField(blank=True, max_length=300, verbose_name="headline")),
                (
                    "link",
                    models.URLField(
                        blank=True,
                        max_length=500,
                        validators=[django.core.validators.URLValidator(schemes=["https", "http"])],
                        verbose_name="link",
                    ),
                ),
                (
                    "tone",
                    models.CharField(
                        choices=[("positive", "Positive"), ("neutral", "Neutral"), ("negative", "Negative")],
                        max_length=10,
                        verbose_name="tone",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                ("noted_at", models.DateTimeField(verbose_name="recorded at")),
                (
                    "clipping",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="office.document",
                        verbose_name="clipping",
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "outlet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="coverage",
                        to="publicrelations.mediaoutlet",
                        verbose_name="media outlet",
                    ),
                ),
                (
                    "conference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="coverage",
                        to="publicrelations.pressconference",
                    ),
                ),
            ],
            options={
                "verbose_name": "coverage",
                "verbose_name_plural": "coverage",
                "ordering": ["conference", "reported_on", "pk"],
                "indexes": [models.Index(fields=["outlet", "reported_on", "id"], name="coverage_of_outlet")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("link", ""), _negated=True),
                            ("clipping__isnull", False),
                            models.Q(("note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="coverage_shown_somehow",
                        violation_error_message="Give a link, a clipping, or a note of where it was reported.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("link", ""), _negated=True),
                        fields=("conference", "link"),
                        name="coverage_link_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecipientGroup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, unique=True, verbose_name="name")),
                ("order", models.PositiveSmallIntegerField(unique=True, verbose_name="order")),
                (
                    "default_copies",
                    models.PositiveSmallIntegerField(
                        default=1,
                        help_text="For new recipients of the group.",
                        verbose_name="copies for each, unless said otherwise",
                    ),
                ),
            ],
            options={
                "verbose_name": "group of recipients",
                "verbose_name_plural": "groups of recipients",
                "ordering": ["order"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("default_copies__gte", 1)), name="recipient_group_copies_positive"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Recipient",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("sort_name", models.CharField(editable=False, max_length=400)),
                ("copies", models.PositiveSmallIntegerField(verbose_name="copies")),
                (
                    "attention",
                    models.CharField(
                        blank=True,
                        help_text="The first line of the label: the director.",
                        max_length=200,
                        verbose_name="addressed to",
                    ),
                ),
                ("address", models.TextField(max_length=500, verbose_name="postal address")),
                ("postcode", models.CharField(max_length=5, verbose_name="postcode")),
                ("contact_name", models.CharField(blank=True, max_length=200, verbose_name="contact person")),
                ("telephone", models.CharField(blank=True, max_length=60, verbose_name="telephone")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("since_on", models.DateField(verbose_name="is sent it since")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="is sent it until")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                (
                    "returned_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="mail came back on"),
                ),
                (
                    "return_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("moved", "Moved, address unknown"),
                            ("no_such_address", "No such address"),
                            ("no_such_name", "Nobody of that name"),
                            ("not_collected", "Not collected in time"),
                            ("refused", "Not accepted"),
                            ("dissolved", "The body was merged or dissolved"),
                            ("other", "Other"),
                        ],
                        editable=False,
                        max_length=20,
                        verbose_name="why it came back",
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="journal_recipients",
                        to="office.agency",
                        verbose_name="agency of the network",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="journal_recipients",
                        to="office.educationarea",
                        verbose_name="education area",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recipients",
                        to="publicrelations.recipientgroup",
                        verbose_name="group",
                    ),
                ),
            ],
            options={
                "verbose_name": "recipient of the journal",
                "verbose_name_plural": "recipients of the journal",
                "indexes": [
                    models.Index(fields=["group", "sort_name", "id"], name="recipient_of_group"),
                    models.Index(
                        condition=models.Q(("returned_on__isnull", False)),
                        fields=["returned_on"],
                        name="recipient_returned",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("copies__gte", 1)), name="recipient_copies_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on__isnull", True),
                            ("until_on__gte", models.F("since_on")),
                            _connector="OR",
                        ),
                        name="recipient_until_after_since",
                        violation_error_message="The last day lies before the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("returned_on__isnull", True),
                            models.Q(("return_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="recipient_returned_why",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until_on__isnull", True)),
                        fields=("name",),
                        name="recipient_once",
                        violation_error_message="This recipient is on the list already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecipientImport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file_name", models.CharField(max_length=200, verbose_name="file")),
                ("header", models.JSONField(help_text="The headings as the file has them.")),
                (
                    "fields",
                    models.JSONField(help_text="Which field stands in each column, in the file's order."),
                ),
                ("rows", models.JSONField(help_text="The number of the line and its cells, row by row.")),
                (
                    "plan",
                    models.JSONField(help_text="What was shown: new, changed, wrong, and how many stay."),
                ),
                ("uploaded_at", models.DateTimeField(verbose_name="uploaded at")),
                ("applied_at", models.DateTimeField(null=True, verbose_name="confirmed at")),
                (
                    "since_on",
                    models.DateField(
                        help_text="Of new rows that do not say it themselves.",
                        verbose_name="is sent it since",
                    ),
                ),
                (
                    "is_whole",
                    models.BooleanField(
                        default=False,
                        help_text="Whoever is missing in it is taken off the list.",
                        verbose_name="the whole list",
                    ),
                ),
                (
                    "applied_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "import of recipients",
                "verbose_name_plural": "imports of recipients",
                "ordering": ["-pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RelationsTally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "matter_kind",
                    models.CharField(
                        choices=[
                            ("petition", "Petition"),
                            ("related", "Related matter"),
                            ("meeting", "Meeting"),
                            ("interpellation", "Interpellation"),
                            ("motion", "Motion"),
                            ("bill", "Bill"),
                            ("consultation", "Consultation"),
                            ("follow_up", "Follow-up of a meeting"),
                            ("engagement", "Engagement of the minister"),
                            ("article", "News article"),
                            ("journal", "Journal"),
                            ("press_conference", "Press conference"),
                            ("foreign_document", "Foreign document"),
                            ("brief", "Situation brief"),
                        ],
                        max_length=20,
                        verbose_name="kind of matter",
                    ),
                ),
                ("month", models.DateField(verbose_name="first day of the month")),
                ("counted_at", models.DateTimeField(null=True)),
                ("holds_until", models.DateTimeField(null=True)),
                ("is_stale", models.BooleanField(default=True)),
            ],
            options={
                "verbose_name": "month's tally of public relations",
                "verbose_name_plural": "months' tallies of public relations",
                "constraints": [
                    models.UniqueConstraint(fields=("matter_kind", "month"), name="relations_tally_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="RelationsLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("dimension", models.CharField(max_length=20)),
                (
                    "key",
                    models.CharField(
                        blank=True, help_text="The value's code or key; empty for “not given”.", max_length=40
                    ),
                ),
                ("received", models.PositiveIntegerField(default=0)),
                ("in_time", models.PositiveIntegerField(default=0)),
                ("late", models.PositiveIntegerField(default=0)),
                ("pending", models.PositiveIntegerField(default=0)),
                ("unclosed", models.PositiveIntegerField(default=0)),
                (
                    "tally",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="publicrelations.relationstally",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of a tally of public relations",
                "verbose_name_plural": "lines of tallies of public relations",
                "constraints": [
                    models.UniqueConstraint(fields=("tally", "dimension", "key"), name="relations_line_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "received__gte",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("in_time"), "+", models.F("late")
                                    ),
                                    "+",
                                    models.F("pending"),
                                ),
                            )
                        ),
                        name="relations_line_adds_up",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reporter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=160, verbose_name="name and surname")),
                ("sort_name", models.CharField(editable=False, max_length=340)),
                (
                    "beat",
                    models.CharField(
                        blank=True,
                        help_text="What this person writes about: education.",
                        max_length=120,
                        verbose_name="beat",
                    ),
                ),
                ("telephone", models.CharField(blank=True, max_length=60, verbose_name="telephone")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("line_id", models.CharField(blank=True, max_length=60, verbose_name="LINE")),
                ("since_on", models.DateField(blank=True, null=True, verbose_name="there since")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="there until")),
                (
                    "confirmed_on",
                    models.DateField(
                        blank=True,
                        help_text="When somebody last made sure that this is right.",
                        null=True,
                        verbose_name="last confirmed",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="doubles",
                        to="publicrelations.reporter",
                        verbose_name="merged into",
                    ),
                ),
                (
                    "outlet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reporters",
                        to="publicrelations.mediaoutlet",
                        verbose_name="media outlet",
                    ),
                ),
            ],
            options={
                "verbose_name": "reporter",
                "verbose_name_plural": "reporters",
                "ordering": ["sort_name", "pk"],
                "indexes": [
                    models.Index(fields=["sort_name", "id"], name="reporter_by_name"),
                    models.Index(fields=["outlet", "sort_name", "id"], name="reporter_of_outlet"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("merged_into__isnull", True)),
                        fields=("outlet", "name"),
                        name="reporter_once_at_an_outlet",
                        violation_error_message="This reporter is written down with this outlet already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on__isnull", True),
                            ("since_on__isnull", True),
                            ("until_on__gte", models.F("since_on")),
                            _connector="OR",
                        ),
                        name="reporter_since_until",
                        violation_error_message="The last day is before the first.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("email", "E-mail from the system"),
                            ("telephone", "Telephone"),
                            ("line", "LINE"),
                            ("fax", "Fax"),
                            ("letter", "Letter"),
                            ("in_person", "In person"),
                        ],
                        max_length=20,
                        verbose_name="how",
                    ),
                ),
                ("message", models.TextField(blank=True, max_length=4000, verbose_name="what they are told")),
                ("mail_at", models.DateTimeField(null=True, verbose_name="letter written at")),
                ("invited_at", models.DateTimeField(null=True, verbose_name="invited at")),
                ("reminded_at", models.DateTimeField(null=True, verbose_name="reminded at")),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Comes"), ("no", "Does not come")],
                        max_length=10,
                        verbose_name="answer",
                    ),
                ),
                ("answered_at", models.DateTimeField(null=True, verbose_name="answered at")),
                (
                    "people",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="how many come"),
                ),
                (
                    "withdrawn_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="withdrawn at"),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "outlet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="publicrelations.mediaoutlet",
                        verbose_name="media outlet",
                    ),
                ),
                (
                    "conference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="publicrelations.pressconference",
                    ),
                ),
                (
                    "reporter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="publicrelations.reporter",
                        verbose_name="reporter",
                    ),
                ),
            ],
            options={
                "verbose_name": "invitation of the press",
                "verbose_name_plural": "invitations of the press",
                "ordering": ["conference", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("invited_at__isnull", True), ("mail_at__isnull", False)),
                        fields=["mail_at"],
                        name="invitation_mail_waits",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("reporter__isnull", True)),
                        fields=("conference", "outlet"),
                        name="invitation_outlet_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("reporter__isnull", False)),
                        fields=("conference", "reporter"),
                        name="invitation_reporter_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("invited_at__isnull", True),
                            models.Q(("way", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="invitation_invited_somehow",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at__isnull", True)),
                            models.Q(models.Q(("answer", ""), _negated=True), ("answered_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="invitation_answered_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at__isnull", True),
                            ("mail_at__isnull", False),
                            ("invited_at__isnull", False),
                            _connector="OR",
                        ),
                        name="invitation_withdrawn_once_told",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Handout",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="name for the press")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "conference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="handouts",
                        to="publicrelations.pressconference",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="office.document"
                    ),
                ),
            ],
            options={
                "verbose_name": "paper for the press",
                "verbose_name_plural": "papers for the press",
                "ordering": ["conference", "position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("conference", "document"), name="handout_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="InvitationLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("salt", models.CharField(max_length=32)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("issued_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "invitation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="publicrelations.invitation",
                    ),
                ),
            ],
            options={
                "verbose_name": "link of an invitation",
                "verbose_name_plural": "links of invitations",
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outlet_name",
                    models.CharField(blank=True, max_length=160, verbose_name="outlet, if not in the list"),
                ),
                ("name", models.CharField(blank=True, max_length=160, verbose_name="name")),
                ("came_at", models.DateTimeField(verbose_name="came at")),
                (
                    "noted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "invitation",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="attendance",
                        to="publicrelations.invitation",
                    ),
                ),
                (
                    "outlet",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="publicrelations.mediaoutlet",
                        verbose_name="media outlet",
                    ),
                ),
                (
                    "conference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attendances",
                        to="publicrelations.pressconference",
                    ),
                ),
                (
                    "reporter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="publicrelations.reporter",
                        verbose_name="reporter",
                    ),
                ),
            ],
            options={
                "verbose_name": "attendance of the press",
                "verbose_name_plural": "attendances of the press",
                "ordering": ["conference", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outlet__isnull", False),
                            models.Q(("outlet_name", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="attendance_of_an_outlet",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SiteEdition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveBigIntegerField(default=0, verbose_name="edition")),
            ],
            options={
                "verbose_name": "edition of the public site",
                "verbose_name_plural": "editions of the public site",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="site_edition_only_one")
                ],
            },
        ),
        migrations.CreateModel(
            name="Translation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(verbose_name="version")),
                ("text", models.TextField(max_length=200000, verbose_name="translation")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="what was changed")),
                ("written_at", models.DateTimeField()),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="translations",
                        to="publicrelations.foreigndocument",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "translation",
                "verbose_name_plural": "translations",
                "ordering": ["document", "version"],
                "constraints": [
                    models.UniqueConstraint(fields=("document", "version"), name="translation_version_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="BriefOption",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="number")),
                ("text", models.CharField(max_length=500, verbose_name="option")),
                ("reasons_for", models.TextField(blank=True, max_length=2000, verbose_name="for it")),
                ("reasons_against", models.TextField(blank=True, max_length=2000, verbose_name="against it")),
            ],
            options={
                "verbose_name": "option of a brief",
                "verbose_name_plural": "options of briefs",
                "ordering": ["brief", "position"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("position__gte", 1)), name="brief_option_from_one"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SituationBrief",
            fields=[
                (
                    "matter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="office.matter",
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[("order", "Ordered"), ("note", "Noted")],
                        max_length=10,
                        verbose_name="decision",
                    ),
                ),
                ("order_text", models.TextField(blank=True, max_length=4000, verbose_name="order")),
                ("decided_at", models.DateTimeField(editable=False, null=True, verbose_name="decided at")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("writing", "Being written"),
                            ("checking", "Waiting for the head's check"),
                            ("on_desk", "On the minister's desk"),
                            ("ordered", "Decided, to be closed"),
                            ("closed", "Closed"),
                        ],
                        default="writing",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "is_unclosed",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(state="closed", then=models.Value(False)), default=models.Value(True)
                        ),
                        output_field=models.BooleanField(),
                    ),
                ),
                ("since_on", models.DateField(blank=True, null=True, verbose_name="situation since")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="situation until")),
                ("situation", models.TextField(blank=True, max_length=20000, verbose_name="situation")),
                (
                    "meaning",
                    models.TextField(
                        blank=True, max_length=20000, verbose_name="what it means for education"
                    ),
                ),
                ("opinion", models.TextField(blank=True, max_length=10000, verbose_name="opinion")),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True, verbose_name="given up at")),
                (
                    "chosen",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="publicrelations.briefoption",
                        verbose_name="chosen option",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "situation brief",
                "verbose_name_plural": "situation briefs",
                "indexes": [
                    models.Index(fields=["is_unclosed", "matter"], name="brief_unclosed"),
                    models.Index(fields=["state", "matter"], name="brief_state"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["writing", "checking", "on_desk", "ordered", "closed"])
                        ),
                        name="brief_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("since_on__isnull", True),
                            ("until_on__isnull", True),
                            ("until_on__gte", models.F("since_on")),
                            _connector="OR",
                        ),
                        name="brief_period_forwards",
                    ),
                ],
            },
            bases=(django_fsm.FSMModelMixin, "office.matter"),
        ),
        migrations.CreateModel(
            name="BriefSource",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="number")),
                ("title", models.CharField(max_length=300, verbose_name="source")),
                (
                    "link",
                    models.URLField(
                        blank=True,
                        max_length=500,
                        validators=[django.core.validators.URLValidator(schemes=["http", "https"])],
                        verbose_name="address",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="office.document",
                        verbose_name="document",
                    ),
                ),
                (
                    "brief",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sources",
                        to="publicrelations.situationbrief",
                    ),
                ),
            ],
            options={
                "verbose_name": "source of a brief",
                "verbose_name_plural": "sources of briefs",
                "ordering": ["brief", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("brief", "position"), name="brief_source_once"),
                    models.CheckConstraint(
                        condition=models.Q(("link", ""), ("document__isnull", True), _connector="OR"),
                        name="brief_source_link_or_document",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("link", ""),
                            ("link__startswith", "https://"),
                            ("link__startswith", "http://"),
                            _connector="OR",
                        ),
                        name="brief_source_link_safe",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Journal",
            fields=[
                (
                    "matter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="office.matter",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned, content being gathered"),
                            ("content_closed", "Content closed, proof to be made"),
                            ("proof", "Proof with the head"),
                            ("approved", "Approved, to be printed"),
                            ("printed", "Printed, to be mailed"),
                            ("mailed", "Mailed"),
                            ("archived", "Archived"),
                        ],
                        default="planned",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("month", models.DateField(editable=False, help_text="Its first day.", verbose_name="month")),
                ("content_due_on", models.DateField(editable=False, verbose_name="content to be closed by")),
                (
                    "proof_due_on",
                    models.DateField(editable=False, verbose_name="proof to be with the head by"),
                ),
                ("approval_due_on", models.DateField(editable=False, verbose_name="to be approved by")),
                ("printing_due_on", models.DateField(editable=False, verbose_name="to be printed by")),
                ("mailing_due_on", models.DateField(editable=False, verbose_name="to be mailed by")),
                (
                    "cover_line",
                    models.CharField(blank=True, max_length=200, verbose_name="words on the cover"),
                ),
                (
                    "cover_alt",
                    models.CharField(blank=True, max_length=300, verbose_name="what the picture shows"),
                ),
                (
                    "cover_credit",
                    models.CharField(blank=True, max_length=120, verbose_name="by whom the picture is"),
                ),
                (
                    "editorial_title",
                    models.CharField(blank=True, max_length=200, verbose_name="heading of the editorial"),
                ),
                ("editorial", models.TextField(blank=True, max_length=8000, verbose_name="editorial")),
                (
                    "editorial_by",
                    models.CharField(blank=True, max_length=120, verbose_name="by whom the editorial is"),
                ),
                ("content_version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "print_run",
                    models.PositiveIntegerField(
                        help_text="Copies, as the plan has it.", verbose_name="print run"
                    ),
                ),
                (
                    "copies_printed",
                    models.PositiveIntegerField(
                        blank=True, editable=False, null=True, verbose_name="copies printed"
                    ),
                ),
                (
                    "printed_on",
                    models.DateField(
                        blank=True, editable=False, null=True, verbose_name="delivered by the printer on"
                    ),
                ),
                (
                    "printer",
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="printer"),
                ),
                (
                    "printing_cost",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        editable=False,
                        max_digits=12,
                        null=True,
                        verbose_name="cost of printing in baht",
                    ),
                ),
                (
                    "printing_note",
                    models.CharField(
                        blank=True, editable=False, max_length=300, verbose_name="note on price and delivery"
                    ),
                ),
                (
                    "stock",
                    models.PositiveIntegerField(
                        default=0, editable=False, verbose_name="stock kept in the office"
                    ),
                ),
                (
                    "list_closed_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="mailing list closed at"
                    ),
                ),
                (
                    "mailed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="mailed at"),
                ),
                (
                    "posting_note",
                    models.CharField(
                        blank=True, editable=False, max_length=300, verbose_name="note of the post office"
                    ),
                ),
                (
                    "is_unclosed",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(state="archived", then=models.Value(False)),
                            default=models.Value(True),
                        ),
                        output_field=models.BooleanField(),
                    ),
                ),
                ("issue", models.PositiveIntegerField(editable=False, verbose_name="number of the issue")),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "cover",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="office.document",
                        verbose_name="picture of the cover",
                    ),
                ),
            ],
            options={
                "verbose_name": "journal",
                "verbose_name_plural": "journals",
                "indexes": [
                    models.Index(fields=["is_unclosed", "matter"], name="journal_unclosed"),
                    models.Index(fields=["state", "matter"], name="journal_state"),
                    models.Index(
                        condition=models.Q(("state__in", ["mailed", "archived"])),
                        fields=["month"],
                        name="journal_out_by_month",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("month",), name="journal_month_once"),
                    models.UniqueConstraint(fields=("issue",), name="journal_issue_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "planned",
                                    "content_closed",
                                    "proof",
                                    "approved",
                                    "printed",
                                    "mailed",
                                    "archived",
                                ],
                            )
                        ),
                        name="journal_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("month__day", 1)), name="journal_month_first_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("print_run__gte", 1)), name="journal_print_run_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["printed", "mailed", "archived"]), _negated=True),
                            models.Q(("copies_printed__isnull", False), ("printed_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="journal_printed_how_many",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["mailed", "archived"]), _negated=True),
                            models.Q(("list_closed_at__isnull", False), ("mailed_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="journal_mailed_by_list",
                    ),
                ],
            },
            bases=(django_fsm.FSMModelMixin, "office.matter"),
        ),
        migrations.CreateModel(
            name="JournalEdition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting to be made"),
                            ("making", "Being made"),
                            ("issued", "Issued"),
                            ("failed", "Could not be made"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("progress", models.PositiveSmallIntegerField(default=0, verbose_name="progress in percent")),
                ("asked_at", models.DateTimeField(verbose_name="asked for at")),
                ("held_until", models.DateTimeField(null=True)),
                ("sha256", models.CharField(blank=True, max_length=64, verbose_name="checksum")),
                ("issued_at", models.DateTimeField(null=True, verbose_name="issued at")),
                ("edition", models.PositiveSmallIntegerField(verbose_name="edition")),
                (
                    "fingerprint",
                    models.CharField(
                        blank=True,
                        help_text="Of all it was made from: articles, pictures, editorial, cover.",
                        max_length=64,
                    ),
                ),
                ("pages", models.PositiveSmallIntegerField(default=0, verbose_name="pages")),
                ("print_size", models.PositiveBigIntegerField(default=0, verbose_name="size in bytes")),
                (
                    "web_sha256",
                    models.CharField(blank=True, max_length=64, verbose_name="checksum of the web's file"),
                ),
                ("web_size", models.PositiveBigIntegerField(default=0, verbose_name="size in bytes")),
                (
                    "cover_sha256",
                    models.CharField(
                        blank=True, max_length=64, verbose_name="checksum of the cover's picture"
                    ),
                ),
                ("cover_size", models.PositiveBigIntegerField(default=0, verbose_name="size in bytes")),
                ("cover_width", models.PositiveSmallIntegerField(default=0)),
                ("cover_height", models.PositiveSmallIntegerField(default=0)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked for by",
                    ),
                ),
                (
                    "journal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="editions",
                        to="publicrelations.journal",
                    ),
                ),
            ],
            options={
                "verbose_name": "edition of a journal",
                "verbose_name_plural": "editions of journals",
                "ordering": ["journal", "-edition"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["waiting", "making"])),
                        fields=["asked_at"],
                        name="journal_edition_to_make",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("journal", "edition"), name="journal_edition_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "issued"), _negated=True),
                            models.Q(
                                ("issued_at__isnull", False),
                                models.Q(("sha256", ""), _negated=True),
                                models.Q(("web_sha256", ""), _negated=True),
                                models.Q(("cover_sha256", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="journal_edition_issued_is_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LabelPrint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting to be made"),
                            ("making", "Being made"),
                            ("issued", "Issued"),
                            ("failed", "Could not be made"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("progress", models.PositiveSmallIntegerField(default=0, verbose_name="progress in percent")),
                ("asked_at", models.DateTimeField(verbose_name="asked for at")),
                ("held_until", models.DateTimeField(null=True)),
                ("sha256", models.CharField(blank=True, max_length=64, verbose_name="checksum")),
                ("issued_at", models.DateTimeField(null=True, verbose_name="issued at")),
                (
                    "sheet",
                    models.CharField(
                        choices=[
                            ("3x8", "24 on a sheet, 70 × 37 mm (3 × 8)"),
                            ("2x7", "14 on a sheet, 99.1 × 38.1 mm (2 × 7)"),
                            ("3x7", "21 on a sheet, 63.5 × 38.1 mm (3 × 7)"),
                        ],
                        max_length=10,
                        verbose_name="sheet of labels",
                    ),
                ),
                (
                    "first",
                    models.PositiveSmallIntegerField(
                        help_text="From the left, line by line; 1: a new sheet.",
                        verbose_name="first free label of the sheet",
                    ),
                ),
                (
                    "has_frames",
                    models.BooleanField(
                        default=False,
                        help_text="On plain paper, to hold against a sheet.",
                        verbose_name="with frames",
                    ),
                ),
                (
                    "lines",
                    models.JSONField(default=list, help_text="Empty: all.", verbose_name="lines of the list"),
                ),
                ("labels", models.PositiveIntegerField(default=0, verbose_name="labels")),
                ("size", models.PositiveBigIntegerField(default=0, verbose_name="size in bytes")),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked for by",
                    ),
                ),
                (
                    "journal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="label_prints",
                        to="publicrelations.journal",
                    ),
                ),
            ],
            options={
                "verbose_name": "print of labels",
                "verbose_name_plural": "prints of labels",
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["waiting", "making"])),
                        fields=["asked_at"],
                        name="label_print_to_make",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("first__gte", 1)), name="label_print_first_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "issued"), _negated=True),
                            models.Q(("issued_at__isnull", False), models.Q(("sha256", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="label_print_made_is_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Consignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line", models.PositiveSmallIntegerField(verbose_name="line of the list")),
                ("group_name", models.CharField(max_length=100, verbose_name="group")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("attention", models.CharField(blank=True, max_length=200, verbose_name="addressed to")),
                ("address", models.TextField(max_length=500, verbose_name="postal address")),
                ("postcode", models.CharField(max_length=5, verbose_name="postcode")),
                ("copies", models.PositiveSmallIntegerField(verbose_name="copies")),
                ("returned_on", models.DateField(blank=True, null=True, verbose_name="came back on")),
                (
                    "return_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("moved", "Moved, address unknown"),
                            ("no_such_address", "No such address"),
                            ("no_such_name", "Nobody of that name"),
                            ("not_collected", "Not collected in time"),
                            ("refused", "Not accepted"),
                            ("dissolved", "The body was merged or dissolved"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                        verbose_name="why it came back",
                    ),
                ),
                ("return_note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                (
                    "journal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consignments",
                        to="publicrelations.journal",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consignments",
                        to="publicrelations.recipient",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of a mailing list",
                "verbose_name_plural": "lines of a mailing list",
                "ordering": ["journal", "line"],
                "constraints": [
                    models.UniqueConstraint(fields=("journal", "recipient"), name="consignment_once"),
                    models.UniqueConstraint(fields=("journal", "line"), name="consignment_line_once"),
                    models.CheckConstraint(
                        condition=models.Q(("copies__gte", 1)), name="consignment_copies_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("returned_on__isnull", True),
                            models.Q(("return_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="consignment_returned_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Article",
            fields=[
                (
                    "matter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="office.matter",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Being written"),
                            ("checking", "Waiting for the head's check"),
                            ("scheduled", "Approved, waiting for its time"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                            ("dropped", "Given up"),
                        ],
                        default="draft",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("th", "Thai"), ("en", "English")],
                        default="th",
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                ("lead", models.TextField(blank=True, max_length=1000, verbose_name="lead")),
                ("body", models.TextField(blank=True, max_length=200000, verbose_name="text")),
                (
                    "is_press_release",
                    models.BooleanField(
                        default=False,
                        help_text="Handed to the press as it stands.",
                        verbose_name="press release",
                    ),
                ),
                (
                    "video_url",
                    models.URLField(
                        blank=True,
                        help_text="Shown as a link, never inside the page: no foreign site learns who reads.",
                        max_length=300,
                        validators=[django.core.validators.URLValidator(schemes=["https"])],
                        verbose_name="video",
                    ),
                ),
                (
                    "slug",
                    models.CharField(
                        blank=True, editable=False, max_length=100, verbose_name="words of the address"
                    ),
                ),
                (
                    "publish_from",
                    models.DateTimeField(blank=True, null=True, verbose_name="to be published at"),
                ),
                ("approved_at", models.DateTimeField(editable=False, null=True, verbose_name="approved at")),
                (
                    "published_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="published at"),
                ),
                (
                    "corrected_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="corrected at"),
                ),
                (
                    "correction_note",
                    models.CharField(
                        blank=True,
                        help_text="Readers see it below the text.",
                        max_length=500,
                        verbose_name="what was corrected",
                    ),
                ),
                (
                    "withdrawn_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="withdrawn at"),
                ),
                (
                    "withdrawal_reason",
                    models.CharField(
                        blank=True,
                        help_text="Readers see it at its address.",
                        max_length=500,
                        verbose_name="why it was withdrawn",
                    ),
                ),
                (
                    "is_unclosed",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(
                                state__in=["published", "withdrawn", "dropped"], then=models.Value(False)
                            ),
                            default=models.Value(True),
                        ),
                        output_field=models.BooleanField(),
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "translation_of",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="english",
                        to="publicrelations.article",
                        verbose_name="English version of",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="articles",
                        to="publicrelations.category",
                        verbose_name="category",
                    ),
                ),
                (
                    "about_engagement",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="articles",
                        to="publicrelations.engagement",
                        verbose_name="engagement",
                    ),
                ),
                (
                    "press_conference",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="articles",
                        to="publicrelations.pressconference",
                        verbose_name="press conference",
                    ),
                ),
            ],
            options={
                "verbose_name": "news article",
                "verbose_name_plural": "news articles",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "published")),
                        fields=["language", "published_at", "matter"],
                        name="article_newest",
                    ),
                    models.Index(
                        condition=models.Q(("state", "published")),
                        fields=["category", "language", "published_at", "matter"],
                        name="article_newest_of_category",
                    ),
                    models.Index(
                        condition=models.Q(("state", "published")),
                        fields=["published_at", "matter"],
                        name="article_published",
                    ),
                    models.Index(
                        condition=models.Q(("state", "scheduled")),
                        fields=["publish_from"],
                        name="article_due",
                    ),
                    models.Index(fields=["is_unclosed", "matter"], name="article_unclosed"),
                    models.Index(fields=["state", "matter"], name="article_state"),
                    models.Index(fields=["category", "matter"], name="article_category"),
                    models.Index(fields=["language", "matter"], name="article_language"),
                    models.Index(
                        condition=models.Q(("about_engagement__isnull", False)),
                        fields=["about_engagement", "matter"],
                        name="article_engagement",
                    ),
                    models.Index(
                        condition=models.Q(("press_conference__isnull", False)),
                        fields=["press_conference", "matter"],
                        name="article_press_conference",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["draft", "checking", "scheduled", "published", "withdrawn", "dropped"],
                            )
                        ),
                        name="article_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ["th", "en"])), name="article_language_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("translation_of__isnull", True), ("language", "en"), _connector="OR"
                        ),
                        name="article_translation_english",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["published", "withdrawn"]), _negated=True),
                            models.Q(
                                ("published_at__isnull", False),
                                ("category__isnull", False),
                                models.Q(("slug", ""), _negated=True),
                                models.Q(("body", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="article_published_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "scheduled"), _negated=True),
                            ("publish_from__isnull", False),
                            _connector="OR",
                        ),
                        name="article_scheduled_for",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "withdrawn"),
                                ("withdrawn_at__isnull", False),
                                models.Q(("withdrawal_reason", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "withdrawn"), _negated=True),
                                ("withdrawn_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="article_withdrawn_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("corrected_at__isnull", True), ("correction_note", "")),
                            models.Q(
                                ("corrected_at__isnull", False),
                                ("published_at__isnull", False),
                                models.Q(("correction_note", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="article_corrected_note",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("video_url", ""), ("video_url__startswith", "https://"), _connector="OR"
                        ),
                        name="article_video_https",
                    ),
                ],
            },
            bases=(django_fsm.FSMModelMixin, "office.matter"),
        ),
        migrations.CreateModel(
            name="ArticleVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(verbose_name="version")),
                ("title", models.CharField(max_length=200, verbose_name="headline")),
                ("lead", models.TextField(blank=True, max_length=1000, verbose_name="lead")),
                ("body", models.TextField(blank=True, max_length=200000, verbose_name="text")),
                ("captions", models.TextField(blank=True, verbose_name="words of the pictures")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="what was changed")),
                ("written_at", models.DateTimeField()),
                ("released_at", models.DateTimeField(null=True, verbose_name="released at")),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="publicrelations.article",
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "version of an article",
                "verbose_name_plural": "versions of articles",
                "ordering": ["article", "version"],
                "constraints": [
                    models.UniqueConstraint(fields=("article", "version"), name="article_version_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ArticleRemark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("text", models.TextField(max_length=4000, verbose_name="remark")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="remarks",
                        to="publicrelations.articleversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "remark on an article",
                "verbose_name_plural": "remarks on articles",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="JournalEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(verbose_name="order")),
                ("section", models.CharField(blank=True, max_length=80, verbose_name="section")),
                (
                    "heading",
                    models.CharField(blank=True, max_length=200, verbose_name="heading in the issue"),
                ),
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="journal_entry",
                        to="publicrelations.article",
                    ),
                ),
                (
                    "journal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to="publicrelations.journal",
                    ),
                ),
            ],
            options={
                "verbose_name": "article of a journal",
                "verbose_name_plural": "articles of journals",
                "ordering": ["journal", "order"],
                "constraints": [
                    models.UniqueConstraint(fields=("journal", "order"), name="journal_entry_order_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Picture",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting to be made"),
                            ("making", "Being made"),
                            ("issued", "Issued"),
                            ("failed", "Could not be made"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("progress", models.PositiveSmallIntegerField(default=0, verbose_name="progress in percent")),
                ("asked_at", models.DateTimeField(verbose_name="asked for at")),
                ("held_until", models.DateTimeField(null=True)),
                ("sha256", models.CharField(blank=True, max_length=64, verbose_name="checksum")),
                ("issued_at", models.DateTimeField(null=True, verbose_name="issued at")),
                ("position", models.PositiveSmallIntegerField(verbose_name="order")),
                (
                    "alternative_text",
                    models.CharField(
                        blank=True,
                        help_text="Read aloud to those who do not see the picture. Needed before the article can be published.",
                        max_length=300,
                        verbose_name="what is to be seen",
                    ),
                ),
                ("caption", models.CharField(blank=True, max_length=500, verbose_name="caption")),
                ("credit", models.CharField(blank=True, max_length=120, verbose_name="photograph by")),
                (
                    "focus_x",
                    models.PositiveSmallIntegerField(
                        default=50,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="focus from the left, in percent",
                    ),
                ),
                (
                    "focus_y",
                    models.PositiveSmallIntegerField(
                        default=50,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="focus from the top, in percent",
                    ),
                ),
                (
                    "width",
                    models.PositiveIntegerField(
                        help_text="Of the original, upright.", verbose_name="width in pixels"
                    ),
                ),
                (
                    "height",
                    models.PositiveIntegerField(
                        help_text="Of the original, upright.", verbose_name="height in pixels"
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pictures",
                        to="publicrelations.article",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked for by",
                    ),
                ),
                (
                    "original",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="office.document",
                        verbose_name="original",
                    ),
                ),
            ],
            options={
                "verbose_name": "picture of an article",
                "verbose_name_plural": "pictures of articles",
                "ordering": ["article", "position", "pk"],
                "indexes": [
                    models.Index(fields=["article", "position"], name="picture_order"),
                    models.Index(
                        condition=models.Q(("sha256", ""), _negated=True),
                        fields=["sha256"],
                        name="picture_checksum",
                    ),
                    models.Index(
                        condition=models.Q(("state__in", ["waiting", "making"])),
                        fields=["asked_at"],
                        name="picture_to_make",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("focus_x__lte", 100), ("focus_y__lte", 100)),
                        name="picture_focus_inside",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("height__gt", 0), ("width__gt", 0)), name="picture_has_size"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "issued"), _negated=True),
                            models.Q(("issued_at__isnull", False), models.Q(("sha256", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="picture_made_is_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PreviewLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("salt", models.CharField(max_length=32)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("issued_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                ("to_whom", models.CharField(blank=True, max_length=120, verbose_name="for whom")),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="preview_links",
                        to="publicrelations.article",
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "link to a preview",
                "verbose_name_plural": "links to previews",
            },
        ),
        migrations.CreateModel(
            name="Tagging",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(choices=[("th", "Thai"), ("en", "English")], max_length=2)),
                ("published_at", models.DateTimeField(help_text="Empty: readers do not see it.", null=True)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="taggings",
                        to="publicrelations.article",
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="taggings",
                        to="publicrelations.tag",
                    ),
                ),
            ],
            options={
                "verbose_name": "tag of an article",
                "verbose_name_plural": "tags of articles",
                "indexes": [
                    models.Index(fields=["tag", "language", "published_at", "article"], name="tagging_newest")
                ],
                "constraints": [models.UniqueConstraint(fields=("article", "tag"), name="tagging_once")],
            },
        ),
        migrations.CreateModel(
            name="UnsavedText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="headline")),
                ("lead", models.TextField(blank=True, max_length=1000, verbose_name="lead")),
                ("body", models.TextField(blank=True, max_length=200000, verbose_name="text")),
                ("kept_at", models.DateTimeField()),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="unsaved_texts",
                        to="publicrelations.article",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "unsaved text",
                "verbose_name_plural": "unsaved texts",
                "constraints": [
                    models.UniqueConstraint(fields=("article", "user"), name="unsaved_text_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ArticleFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="name for readers")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="publicrelations.article",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="office.document"
                    ),
                ),
            ],
            options={
                "verbose_name": "file of an article",
                "verbose_name_plural": "files of articles",
                "ordering": ["article", "position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("article", "document"), name="article_file_once")
                ],
            },
        ),
        migrations.AddField(
            model_name="briefoption",
            name="brief",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="options",
                to="publicrelations.situationbrief",
            ),
        ),
        migrations.AddField(
            model_name="journal",
            name="approved_edition",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="publicrelations.journaledition",
                verbose_name="edition approved for printing",
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="proposal",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="publicrelations.articleversion",
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="cover",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="publicrelations.picture",
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="tags",
            field=models.ManyToManyField(
                blank=True,
                related_name="articles",
                through="publicrelations.Tagging",
                to="publicrelations.tag",
                verbose_name="tags",
            ),
        ),
        migrations.AddConstraint(
            model_name="journal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["approved", "printed", "mailed", "archived"]), _negated=True),
                    ("approved_edition__isnull", False),
                    _connector="OR",
                ),
                name="journal_approved_edition",
            ),
        ),
        migrations.AddConstraint(
            model_name="briefoption",
            constraint=models.UniqueConstraint(fields=("brief", "position"), name="brief_option_once"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("proposal__isnull", False)),
                fields=["matter"],
                name="article_correction_waits",
            ),
        ),
    ]
