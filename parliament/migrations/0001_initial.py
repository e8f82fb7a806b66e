import django.db.models.deletion
import django.db.models.expressions
import django_fsm
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("office", "0004_counted_from_indexes"),
        ("office", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="ConstitutionalBody",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, unique=True, verbose_name="name")),
                ("short_name", models.CharField(blank=True, max_length=60, verbose_name="short name")),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
            ],
            options={
                "verbose_name": "constitutional organisation",
                "verbose_name_plural": "constitutional organisations",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Party",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="name")),
                ("short_name", models.CharField(blank=True, max_length=20, verbose_name="short name")),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
            ],
            options={
                "verbose_name": "party",
                "verbose_name_plural": "parties",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="AgencyRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "round",
                    models.PositiveSmallIntegerField(
                        default=1,
                        help_text="Which time the matter's agencies were asked; offers of one round compete.",
                    ),
                ),
                (
                    "is_offer",
                    models.BooleanField(
                        default=False,
                        help_text="Else each one asked is to answer.",
                        verbose_name="whoever accepts first answers",
                    ),
                ),
                ("asked", models.TextField(max_length=4000, verbose_name="what is asked")),
                ("sent_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("answer", models.TextField(blank=True, max_length=20000, verbose_name="facts given")),
                ("declined_at", models.DateTimeField(null=True)),
                (
                    "decline_reason",
                    models.TextField(blank=True, max_length=2000, verbose_name="why it is not theirs"),
                ),
                ("passed_over_at", models.DateTimeField(null=True)),
                ("chased_count", models.PositiveSmallIntegerField(default=0)),
                ("last_chased_at", models.DateTimeField(null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="office.agency",
                        verbose_name="agency",
                    ),
                ),
                (
                    "deadline",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agency_request",
                        to="office.deadline",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="agency_requests",
                        to="office.matter",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "request to an agency",
                "verbose_name_plural": "requests to agencies",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("accepted_at__isnull", False), ("is_offer", True)),
                        fields=("matter", "round"),
                        name="request_accepted_by_one",
                    ),
                    models.UniqueConstraint(
                        fields=("matter", "round", "agency"), name="request_once_a_round"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_at__isnull", True), ("declined_at__isnull", True), _connector="OR"
                        ),
                        name="request_answered_or_declined",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("passed_over_at__isnull", True), ("accepted_at__isnull", True), _connector="OR"
                        ),
                        name="request_passed_over_or_accepted",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AnswerDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(verbose_name="version")),
                ("text", models.TextField(max_length=100000, verbose_name="text")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="what was changed")),
                ("written_at", models.DateTimeField()),
                ("approved_at", models.DateTimeField(null=True, verbose_name="approved at")),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="drafts", to="office.matter"
                    ),
                ),
                (
                    "reused_from",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parliament.answerdraft",
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
                "verbose_name": "draft of an answer",
                "verbose_name_plural": "drafts of answers",
                "ordering": ["matter", "version"],
                "constraints": [
                    models.UniqueConstraint(fields=("matter", "version"), name="draft_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("approved_at__isnull", False)),
                        fields=("matter",),
                        name="draft_approved_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BusinessTally",
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
                            ("foreign_document", "Foreign document"),
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
                "verbose_name": "month's tally of parliament",
                "verbose_name_plural": "months' tallies of parliament",
                "constraints": [
                    models.UniqueConstraint(fields=("matter_kind", "month"), name="business_tally_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="BusinessLine",
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
                        to="parliament.businesstally",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of a tally of parliament",
                "verbose_name_plural": "lines of tallies of parliament",
                "constraints": [
                    models.UniqueConstraint(fields=("tally", "dimension", "key"), name="business_line_once"),
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
                        name="business_line_adds_up",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DraftRemark",
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
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="remarks",
                        to="parliament.answerdraft",
                    ),
                ),
            ],
            options={
                "verbose_name": "remark on a draft",
                "verbose_name_plural": "remarks on drafts",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "chamber",
                    models.CharField(
                        choices=[("house", "House of Representatives"), ("senate", "Senate")],
                        max_length=10,
                        verbose_name="chamber",
                    ),
                ),
                ("parliament_number", models.PositiveSmallIntegerField(verbose_name="parliament no.")),
                ("title", models.CharField(blank=True, max_length=40, verbose_name="title before the name")),
                ("name", models.CharField(max_length=160, verbose_name="name and surname")),
                ("sort_name", models.CharField(editable=False, max_length=340)),
                (
                    "seat",
                    models.CharField(
                        choices=[
                            ("constituency", "Constituency"),
                            ("party_list", "Party list"),
                            ("elected_senator", "Elected senator"),
                            ("selected_senator", "Selected senator"),
                        ],
                        max_length=20,
                        verbose_name="kind of seat",
                    ),
                ),
                (
                    "constituency",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="constituency no."),
                ),
                (
                    "list_group",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="party-list group or selecting body"
                    ),
                ),
                ("telephone", models.CharField(blank=True, max_length=60, verbose_name="telephone")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("since_on", models.DateField(verbose_name="has the seat since")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="had the seat until")),
                (
                    "continues",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="continued_by",
                        to="parliament.member",
                        verbose_name="the same person before",
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="office.province",
                        verbose_name="province",
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="parliament.party",
                        verbose_name="party",
                    ),
                ),
            ],
            options={
                "verbose_name": "member of parliament",
                "verbose_name_plural": "members of parliament",
                "ordering": ["sort_name", "pk"],
                "indexes": [
                    models.Index(fields=["sort_name", "id"], name="member_by_name"),
                    models.Index(fields=["chamber", "sort_name", "id"], name="member_chamber_name"),
                    models.Index(fields=["party", "sort_name", "id"], name="member_party_name"),
                    models.Index(fields=["province", "sort_name", "id"], name="member_province_name"),
                    models.Index(fields=["name"], name="member_name"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("chamber", "parliament_number", "name"), name="member_once_a_parliament"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on__isnull", True),
                            ("until_on__gte", models.F("since_on")),
                            _connector="OR",
                        ),
                        name="member_since_until",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Bill",
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
                            ("registered", "Registered"),
                            ("agenda", "On the agenda"),
                            ("reading_1", "First reading, in principle"),
                            ("committee", "In committee"),
                            ("reading_2", "Second reading"),
                            ("reading_3", "Third reading"),
                            ("senate", "In the Senate"),
                            ("assent", "For royal assent"),
                            ("gazette", "To be printed in the Royal Gazette"),
                            ("ended", "Ended in parliament, to be closed"),
                            ("closed", "Closed"),
                        ],
                        default="registered",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("gazette_volume", models.CharField(blank=True, max_length=20, verbose_name="volume")),
                ("gazette_part", models.CharField(blank=True, max_length=40, verbose_name="part")),
                ("gazette_page", models.CharField(blank=True, max_length=20, verbose_name="page")),
                ("gazette_on", models.DateField(blank=True, null=True, verbose_name="printed on")),
                (
                    "ended_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="ended on"),
                ),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("enacted", "Enacted"),
                            ("rejected", "Rejected"),
                            ("withdrawn", "Withdrawn"),
                            ("lapsed", "Lapsed with the House"),
                        ],
                        max_length=20,
                        verbose_name="result",
                    ),
                ),
                (
                    "closing_note",
                    models.TextField(
                        blank=True, max_length=4000, verbose_name="what it means for the ministry"
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
                (
                    "proposer_kind",
                    models.CharField(
                        choices=[
                            ("cabinet", "The cabinet"),
                            ("members", "Members of the House"),
                            ("body", "A court or constitutional organisation"),
                            ("people", "The people by signatures"),
                        ],
                        max_length=20,
                        verbose_name="proposed by",
                    ),
                ),
                (
                    "proposer_text",
                    models.CharField(blank=True, max_length=200, verbose_name="proposer, if no member"),
                ),
                (
                    "ministry_part",
                    models.CharField(
                        choices=[
                            ("owner", "The ministry's own bill"),
                            ("concerned", "Concerns the ministry"),
                            ("watched", "Watched only"),
                        ],
                        max_length=20,
                        verbose_name="the ministry's part",
                    ),
                ),
                ("parliament_number", models.PositiveSmallIntegerField(verbose_name="parliament no.")),
                (
                    "bill_number",
                    models.CharField(blank=True, max_length=40, verbose_name="number of the bill"),
                ),
                (
                    "substance",
                    models.TextField(blank=True, max_length=40000, verbose_name="reasons and substance"),
                ),
                (
                    "proposer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bills",
                        to="parliament.member",
                        verbose_name="first proposer",
                    ),
                ),
            ],
            options={
                "verbose_name": "bill",
                "verbose_name_plural": "bills",
                "indexes": [
                    models.Index(fields=["is_unclosed", "matter"], name="bill_unclosed"),
                    models.Index(fields=["state", "matter"], name="bill_state"),
                    models.Index(fields=["ministry_part", "matter"], name="bill_ministry_part"),
                    models.Index(fields=["parliament_number", "matter"], name="bill_parliament"),
                    models.Index(fields=["proposer_kind", "matter"], name="bill_proposer_kind"),
                    models.Index(fields=["proposer", "matter"], name="bill_proposer"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "registered",
                                    "agenda",
                                    "reading_1",
                                    "committee",
                                    "reading_2",
                                    "reading_3",
                                    "senate",
                                    "assent",
                                    "gazette",
                                    "ended",
                                    "closed",
                                ],
                            )
                        ),
                        name="bill_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["ended", "closed"]), _negated=True),
                            models.Q(("result", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="bill_closed_with_result",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("proposer__isnull", True), ("proposer_kind", "members"), _connector="OR"
                        ),
                        name="bill_proposed_by_member",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("bill_number", ""), _negated=True),
                        fields=("parliament_number", "bill_number"),
                        name="bill_number_once",
                        violation_error_message="A bill of this parliament has this number already.",
                    ),
                ],
            },
            bases=(django_fsm.FSMModelMixin, "office.matter"),
        ),
        migrations.CreateModel(
            name="Committee",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "chamber",
                    models.CharField(
                        choices=[
                            ("house", "House of Representatives"),
                            ("senate", "Senate"),
                            ("joint", "National Assembly"),
                        ],
                        max_length=10,
                        verbose_name="chamber",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("standing", "Standing committee"),
                            ("ad_hoc", "Ad hoc committee"),
                            ("joint", "Joint committee"),
                            ("whips", "Whips"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("parliament_number", models.PositiveSmallIntegerField(verbose_name="parliament no.")),
                ("since_on", models.DateField(blank=True, null=True, verbose_name="since")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="until")),
            ],
            options={
                "verbose_name": "committee",
                "verbose_name_plural": "committees",
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("chamber", "parliament_number", "name"), name="committee_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BillStage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("agenda", "On the agenda"),
                            ("reading_1", "First reading, in principle"),
                            ("committee", "In committee"),
                            ("reading_2", "Second reading"),
                            ("reading_3", "Third reading"),
                            ("senate", "In the Senate"),
                            ("assent", "For royal assent"),
                            ("gazette", "To be printed in the Royal Gazette"),
                        ],
                        max_length=20,
                        verbose_name="stage",
                    ),
                ),
                ("began_on", models.DateField(verbose_name="began on")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="ended on")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("passed", "Passed"),
                            ("passed_amended", "Passed with amendments"),
                            ("sent_back", "Sent back"),
                            ("rejected", "Rejected"),
                            ("withdrawn", "Withdrawn"),
                            ("lapsed", "Lapsed with the House"),
                        ],
                        max_length=20,
                        verbose_name="outcome",
                    ),
                ),
                ("votes_for", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="for")),
                (
                    "votes_against",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="against"),
                ),
                (
                    "abstentions",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="abstained"),
                ),
                ("note", models.TextField(blank=True, max_length=4000, verbose_name="note")),
                (
                    "bill",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stages",
                        to="parliament.bill",
                    ),
                ),
            ],
            options={
                "verbose_name": "stage of a bill",
                "verbose_name_plural": "stages of bills",
                "ordering": ["bill", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("bill", "position"), name="bill_stage_position_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("outcome", "")), fields=("bill",), name="bill_stage_one_open"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True),
                            ("ended_on__gte", models.F("began_on")),
                            _connector="OR",
                        ),
                        name="bill_stage_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_on__isnull", True), ("outcome", "")),
                            models.Q(("ended_on__isnull", False), models.Q(("outcome", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="bill_stage_ends_with_outcome",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Consultation",
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
                            ("received", "To be screened"),
                            ("screened", "Screened, opinion to be written"),
                            ("asked", "Waiting for agencies"),
                            ("answered", "Answered, opinion to be written"),
                            ("checking", "Waiting for the head's check"),
                            ("on_desk", "On the minister's desk"),
                            ("ordered", "Decided, both to be told"),
                            ("told", "Both told, to be closed"),
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
                            ("accepted", "Accepted"),
                            ("not_ours", "Not ours"),
                            ("passed_on", "Passed on"),
                        ],
                        max_length=20,
                        verbose_name="screening",
                    ),
                ),
                ("passed_to", models.CharField(blank=True, max_length=200, verbose_name="passed on to")),
                ("decided_at", models.DateTimeField(editable=False, null=True, verbose_name="decided at")),
                (
                    "told_text",
                    models.TextField(blank=True, max_length=10000, verbose_name="what both are told"),
                ),
                ("summary", models.TextField(blank=True, max_length=10000, verbose_name="summary")),
                ("opinion", models.TextField(blank=True, max_length=10000, verbose_name="opinion")),
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
                (
                    "raiser_line",
                    models.CharField(blank=True, max_length=1000, verbose_name="a line for the raiser only"),
                ),
                (
                    "minister_line",
                    models.CharField(
                        blank=True, max_length=1000, verbose_name="a line for the minister only"
                    ),
                ),
                (
                    "raiser_mail_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="e-mail to the raiser written at"
                    ),
                ),
                (
                    "raiser_told_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="raiser told at"),
                ),
                (
                    "raiser_told_way",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("letter", "Letter"),
                            ("email", "E-mail"),
                            ("telephone", "Telephone"),
                            ("in_person", "In person"),
                            ("here", "In the system"),
                        ],
                        max_length=20,
                        verbose_name="raiser told by",
                    ),
                ),
                (
                    "raiser_told_note",
                    models.CharField(blank=True, max_length=300, verbose_name="evidence in words"),
                ),
                (
                    "minister_told_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="minister told at"),
                ),
                (
                    "minister_told_way",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("letter", "Letter"),
                            ("email", "E-mail"),
                            ("telephone", "Telephone"),
                            ("in_person", "In person"),
                            ("here", "In the system"),
                        ],
                        max_length=20,
                        verbose_name="minister told by",
                    ),
                ),
                (
                    "minister_told_note",
                    models.CharField(blank=True, max_length=300, verbose_name="evidence in words"),
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
                (
                    "chamber",
                    models.CharField(
                        blank=True,
                        choices=[("house", "House of Representatives"), ("senate", "Senate")],
                        help_text="Empty: by letter.",
                        max_length=10,
                        verbose_name="raised in",
                    ),
                ),
                ("raised_on", models.DateField(verbose_name="raised on")),
                (
                    "reference",
                    models.CharField(blank=True, max_length=100, verbose_name="number of their letter"),
                ),
                ("text", models.TextField(max_length=40000, verbose_name="what was raised")),
                (
                    "raiser_email",
                    models.EmailField(blank=True, max_length=254, verbose_name="e-mail of the raiser"),
                ),
                (
                    "who_is_told",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(
                                minister_told_at__isnull=False,
                                raiser_told_at__isnull=False,
                                then=models.Value("both"),
                            ),
                            models.When(raiser_told_at__isnull=False, then=models.Value("raiser")),
                            models.When(minister_told_at__isnull=False, then=models.Value("minister")),
                            default=models.Value("nobody"),
                        ),
                        output_field=models.CharField(
                            choices=[
                                ("nobody", "Nobody told yet"),
                                ("raiser", "Only the raiser told"),
                                ("minister", "Only the minister told"),
                                ("both", "Both told"),
                            ],
                            max_length=10,
                        ),
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("done", "Done as asked"),
                            ("partly", "Done in part"),
                            ("explained", "Explained"),
                            ("not_possible", "Not possible under the rules"),
                            ("elsewhere", "Passed to the body in charge"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=20,
                        verbose_name="result",
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consultations",
                        to="parliament.constitutionalbody",
                        verbose_name="raised by organisation",
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
                (
                    "minister_told_evidence",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="office.document",
                        verbose_name="evidence",
                    ),
                ),
                (
                    "raiser_told_evidence",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="office.document",
                        verbose_name="evidence",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consultations",
                        to="parliament.member",
                        verbose_name="raised by member",
                    ),
                ),
            ],
            options={
                "verbose_name": "consultation",
                "verbose_name_plural": "consultations",
                "indexes": [
                    models.Index(fields=["is_unclosed", "matter"], name="consultation_unclosed"),
                    models.Index(fields=["state", "matter"], name="consultation_state"),
                    models.Index(fields=["member", "matter"], name="consultation_member"),
                    models.Index(fields=["body", "matter"], name="consultation_body"),
                    models.Index(fields=["who_is_told", "matter"], name="consultation_who_is_told"),
                    models.Index(
                        condition=models.Q(("raiser_mail_at__isnull", False), ("raiser_told_at", None)),
                        fields=["raiser_mail_at"],
                        name="consultation_mail_on_its_way",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("body__isnull", True), ("member__isnull", False)),
                            models.Q(("body__isnull", False), ("member__isnull", True)),
                            _connector="OR",
                        ),
                        name="consultation_raised_by_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "received",
                                    "screened",
                                    "asked",
                                    "answered",
                                    "checking",
                                    "on_desk",
                                    "ordered",
                                    "told",
                                    "closed",
                                ],
                            )
                        ),
                        name="consultation_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), _negated=True),
                            models.Q(("result", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="consultation_closed_with_result",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("raiser_told_at__isnull", True),
                            models.Q(("raiser_told_way", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="consultation_raiser_told_somehow",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("minister_told_at__isnull", True),
                            models.Q(("minister_told_way", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="consultation_minister_told_somehow",
                    ),
                ],
            },
            bases=(django_fsm.FSMModelMixin, "office.matter"),
        ),
        migrations.CreateModel(
            name="CommitteeSeat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "office",
                    models.CharField(
                        choices=[
                            ("chair", "Chair"),
                            ("vice_chair", "Vice-chair"),
                            ("secretary", "Secretary"),
                            ("member", "Committee member"),
                        ],
                        default="member",
                        max_length=20,
                        verbose_name="office",
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="seats",
                        to="parliament.committee",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="committee_seats",
                        to="parliament.member",
                        verbose_name="member",
                    ),
                ),
            ],
            options={
                "verbose_name": "seat on a committee",
                "verbose_name_plural": "seats on a committee",
                "ordering": ["committee", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("committee", "member"), name="committee_seat_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="MemberImport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "chamber",
                    models.CharField(
                        choices=[("house", "House of Representatives"), ("senate", "Senate")],
                        max_length=10,
                        verbose_name="chamber",
                    ),
                ),
                ("parliament_number", models.PositiveSmallIntegerField(verbose_name="parliament no.")),
                (
                    "since_on",
                    models.DateField(
                        help_text="Of new rows that do not say it themselves.",
                        verbose_name="has the seat since",
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
                "verbose_name": "import of members",
                "verbose_name_plural": "imports of members",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Recess",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("begins_on", models.DateField(verbose_name="begins on")),
                (
                    "ends_on",
                    models.DateField(
                        blank=True, help_text="The last day; empty: open.", null=True, verbose_name="ends on"
                    ),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                ("declared_at", models.DateTimeField()),
                (
                    "declared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "recess",
                "verbose_name_plural": "recesses",
                "ordering": ["-begins_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("begins_on")),
                            _connector="OR",
                        ),
                        name="recess_ends_after_it_begins",
                    ),
                    models.UniqueConstraint(fields=("begins_on",), name="recess_begins_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RequestLink",
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
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="parliament.agencyrequest",
                    ),
                ),
            ],
            options={
                "verbose_name": "link of an agency",
                "verbose_name_plural": "links of agencies",
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "parliament_number",
                    models.PositiveSmallIntegerField(
                        help_text="The House that was elected, such as 23 (ชุดที่ ๒๓).",
                        verbose_name="parliament no.",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year of the term")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("general", "Ordinary session, general"),
                            ("legislative", "Ordinary session, legislative"),
                            ("extraordinary", "Extraordinary session"),
                        ],
                        max_length=20,
                        verbose_name="kind of session",
                    ),
                ),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        default=1,
                        help_text="Of extraordinary sessions: which of the year.",
                        verbose_name="number of the session",
                    ),
                ),
                ("begins_on", models.DateField(verbose_name="begins on")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="ends on")),
            ],
            options={
                "verbose_name": "session of parliament",
                "verbose_name_plural": "sessions of parliament",
                "ordering": ["-begins_on"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("parliament_number", "year", "kind", "number"), name="session_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("begins_on")),
                            _connector="OR",
                        ),
                        name="session_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
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
                            ("announced", "Agenda to be gone through"),
                            ("preparing", "Being prepared"),
                            ("ready", "Everything ready"),
                            ("held", "Held, waiting for the minutes"),
                            ("minuted", "Minutes kept, to be closed"),
                            ("postponed", "Postponed, no new date yet"),
                            ("cancelled", "Cancelled"),
                            ("closed", "Closed"),
                        ],
                        default="announced",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "agenda_checked_at",
                    models.DateTimeField(
                        editable=False,
                        help_text="What concerns us is marked.",
                        null=True,
                        verbose_name="agenda gone through at",
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
                    "meeting_kind",
                    models.CharField(
                        choices=[
                            ("house", "Sitting of the House"),
                            ("senate", "Sitting of the Senate"),
                            ("joint", "Joint sitting"),
                            ("committee", "Committee meeting"),
                            ("whips", "Meeting of the whips"),
                        ],
                        max_length=20,
                        verbose_name="kind of meeting",
                    ),
                ),
                (
                    "sitting_number",
                    models.CharField(
                        blank=True,
                        help_text="As its notice has it: 12/2553.",
                        max_length=20,
                        verbose_name="number of the meeting",
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="place")),
                ("begins_at", models.DateTimeField(verbose_name="begins at")),
                (
                    "began_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="began in fact at"
                    ),
                ),
                ("ends_at", models.DateTimeField(blank=True, null=True, verbose_name="ends at")),
                ("minutes", models.TextField(blank=True, max_length=40000, verbose_name="minutes")),
                (
                    "committee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="parliament.committee",
                        verbose_name="committee",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="parliament.session",
                        verbose_name="session",
                    ),
                ),
            ],
            options={
                "verbose_name": "meeting",
                "verbose_name_plural": "meetings",
                "indexes": [
                    models.Index(fields=["begins_at", "matter"], name="meeting_begins"),
                    models.Index(fields=["is_unclosed", "matter"], name="meeting_unclosed"),
                    models.Index(fields=["state", "matter"], name="meeting_state"),
                    models.Index(fields=["meeting_kind", "matter"], name="meeting_kind"),
                    models.Index(fields=["committee", "matter"], name="meeting_committee"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "announced",
                                    "preparing",
                                    "ready",
                                    "held",
                                    "minuted",
                                    "postponed",
                                    "cancelled",
                                    "closed",
                                ],
                            )
                        ),
                        name="meeting_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_at__isnull", True),
                            models.Q(("began_at__isnull", True), ("ends_at__gt", models.F("begins_at"))),
                            models.Q(("began_at__isnull", False), ("ends_at__gt", models.F("began_at"))),
                            _connector="OR",
                        ),
                        name="meeting_ends_after_it_begins",
                        violation_error_message="The meeting ends before it begins.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(("sitting_number", ""), _negated=True), ("committee__isnull", True)
                        ),
                        fields=("meeting_kind", "session", "sitting_number"),
                        name="meeting_sitting_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(("sitting_number", ""), _negated=True), ("committee__isnull", False)
                        ),
                        fields=("committee", "sitting_number"),
                        name="meeting_of_committee_once",
                    ),
                ],
            },
            bases=(django_fsm.FSMModelMixin, "office.matter"),
        ),
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                ("number", models.CharField(blank=True, max_length=20, verbose_name="agenda no.")),
                ("title", models.CharField(max_length=500, verbose_name="item")),
                ("concerns_us", models.BooleanField(default=False, verbose_name="concerns us")),
                ("resolution", models.TextField(blank=True, max_length=10000, verbose_name="resolution")),
                (
                    "about",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agenda_items",
                        to="office.matter",
                        verbose_name="matter it is about",
                    ),
                ),
                (
                    "documents",
                    models.ManyToManyField(blank=True, related_name="agenda_items", to="office.document"),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="parliament.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "agenda item",
                "verbose_name_plural": "agenda items",
                "ordering": ["meeting", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "position"), name="agenda_item_position_once"),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="agenda_item_has_title"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Binder",
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
                        help_text="Of all it was made from: agenda, answers, papers.",
                        max_length=64,
                    ),
                ),
                (
                    "matter_keys",
                    models.JSONField(default=list, help_text="The matters whose words or papers are in it."),
                ),
                (
                    "secrecy",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "Ordinary"), (1, "Confidential"), (2, "Secret"), (3, "Top secret")],
                        default=0,
                        verbose_name="highest secrecy in it",
                    ),
                ),
                ("contents", models.JSONField(default=list, help_text="What is in it, and on which page.")),
                (
                    "faults",
                    models.JSONField(default=list, help_text="Papers that could not be bound in, and why."),
                ),
                ("pages", models.PositiveIntegerField(default=0, verbose_name="pages")),
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
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="binders",
                        to="parliament.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "minister's binder",
                "verbose_name_plural": "minister's binders",
                "ordering": ["meeting", "-edition"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["waiting", "making"])),
                        fields=["asked_at"],
                        name="binder_to_make",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "edition"), name="binder_edition_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "issued"), _negated=True),
                            models.Q(("issued_at__isnull", False), models.Q(("sha256", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="binder_issued_is_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BinderDownload",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "binder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="downloads",
                        to="parliament.binder",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "copy taken of a binder",
                "verbose_name_plural": "copies taken of binders",
            },
        ),
        migrations.CreateModel(
            name="Consideration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("added_at", models.DateTimeField()),
                (
                    "known_at",
                    models.DateTimeField(
                        help_text="Since when the office knew that the meeting considers the bill."
                    ),
                ),
                (
                    "deadline",
                    models.OneToOneField(
                        help_text="Everyone told and everything ready before the meeting begins.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consideration",
                        to="office.deadline",
                    ),
                ),
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consideration",
                        to="parliament.agendaitem",
                        verbose_name="agenda item",
                    ),
                ),
                (
                    "stage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="considerations",
                        to="parliament.billstage",
                    ),
                ),
            ],
            options={
                "verbose_name": "consideration of a bill",
                "verbose_name_plural": "considerations of bills",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="FollowUp",
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
                        choices=[("open", "To be done"), ("closed", "Closed")],
                        default="open",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("wanted", models.TextField(max_length=10000, verbose_name="what is to be done")),
                ("outcome", models.TextField(blank=True, max_length=10000, verbose_name="what came of it")),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="office.agency",
                        verbose_name="agency concerned",
                    ),
                ),
                (
                    "from_item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follow_ups",
                        to="parliament.agendaitem",
                        verbose_name="agenda item",
                    ),
                ),
                (
                    "from_meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follow_ups",
                        to="parliament.meeting",
                        verbose_name="meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "follow-up of a meeting",
                "verbose_name_plural": "follow-ups of meetings",
                "indexes": [models.Index(fields=["state", "matter"], name="follow_up_state")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "closed"])), name="follow_up_state_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), _negated=True),
                            models.Q(("outcome", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="follow_up_closed_with_outcome",
                    ),
                ],
            },
            bases=(django_fsm.FSMModelMixin, "office.matter"),
        ),
        migrations.CreateModel(
            name="Need",
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
                        choices=[("paper", "Paper"), ("person", "Person")], max_length=10, verbose_name="kind"
                    ),
                ),
                ("what", models.CharField(max_length=300, verbose_name="what or who")),
                ("due_at", models.DateTimeField(verbose_name="to be ready by")),
                ("ready_at", models.DateTimeField(null=True, verbose_name="ready at")),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="office.agency",
                        verbose_name="from agency",
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
                        verbose_name="file",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="needs",
                        to="parliament.agendaitem",
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="seen to by",
                    ),
                ),
                (
                    "ready_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "need",
                "verbose_name_plural": "needs",
                "ordering": ["item", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Motion",
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
                            ("received", "To be asked of an agency"),
                            ("asked", "Waiting for the agency's facts"),
                            ("drafting", "Answer to be drafted"),
                            ("checking", "Waiting for the head's check"),
                            ("on_desk", "On the minister's desk"),
                            ("approved", "Approved, to be given"),
                            ("given", "Given, to be closed"),
                            ("printing", "Sent, waiting for the Royal Gazette"),
                            ("closed", "Closed"),
                        ],
                        default="received",
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
                ("parliament_number", models.PositiveSmallIntegerField(verbose_name="parliament no.")),
                ("text", models.TextField(max_length=40000, verbose_name="text as put to the chamber")),
                ("sitting_on", models.DateField(blank=True, null=True, verbose_name="sitting on")),
                ("answered_at", models.DateTimeField(editable=False, null=True, verbose_name="answered at")),
                ("answered_by", models.CharField(blank=True, max_length=200, verbose_name="answered by")),
                (
                    "transferred_to",
                    models.CharField(blank=True, max_length=200, verbose_name="transferred to"),
                ),
                (
                    "chamber",
                    models.CharField(
                        choices=[
                            ("house", "House of Representatives"),
                            ("senate", "Senate"),
                            ("joint", "National Assembly"),
                        ],
                        max_length=10,
                        verbose_name="chamber",
                    ),
                ),
                (
                    "motion_number",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="number of the motion"),
                ),
                (
                    "vote",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("passed", "Passed"),
                            ("rejected", "Rejected"),
                            ("no_vote", "Debated without a vote"),
                        ],
                        max_length=20,
                        verbose_name="result of the vote",
                    ),
                ),
                ("votes_for", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="for")),
                (
                    "votes_against",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="against"),
                ),
                (
                    "abstentions",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="abstained"),
                ),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("given", "Statement given"),
                            ("withdrawn", "Withdrawn by its proposer"),
                            ("transferred", "Transferred to another ministry"),
                            ("lapsed", "Lapsed with the House"),
                        ],
                        max_length=20,
                        verbose_name="result",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        help_text="One item of an agenda may be about several questions.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="%(class)ss",
                        to="parliament.agendaitem",
                        verbose_name="agenda item",
                    ),
                ),
                (
                    "proposer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="motions",
                        to="parliament.member",
                        verbose_name="proposed by",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="parliament.session",
                        verbose_name="session",
                    ),
                ),
            ],
            options={
                "verbose_name": "motion",
                "verbose_name_plural": "motions",
                "indexes": [
                    models.Index(fields=["is_unclosed", "matter"], name="motion_unclosed"),
                    models.Index(fields=["state", "matter"], name="motion_state"),
                    models.Index(fields=["chamber", "matter"], name="motion_chamber"),
                    models.Index(fields=["proposer", "matter"], name="motion_proposer"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("parliament_number", "chamber", "motion_number"), name="motion_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "received",
                                    "asked",
                                    "drafting",
                                    "checking",
                                    "on_desk",
                                    "approved",
                                    "given",
                                    "printing",
                                    "closed",
                                ],
                            )
                        ),
                        name="motion_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), _negated=True),
                            models.Q(("result", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="motion_closed_with_result",
                    ),
                ],
            },
            bases=(django_fsm.FSMModelMixin, "office.matter"),
        ),
        migrations.CreateModel(
            name="Interpellation",
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
                            ("received", "To be asked of an agency"),
                            ("asked", "Waiting for the agency's facts"),
                            ("drafting", "Answer to be drafted"),
                            ("checking", "Waiting for the head's check"),
                            ("on_desk", "On the minister's desk"),
                            ("approved", "Approved, to be given"),
                            ("given", "Given, to be closed"),
                            ("printing", "Sent, waiting for the Royal Gazette"),
                            ("closed", "Closed"),
                        ],
                        default="received",
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
                ("parliament_number", models.PositiveSmallIntegerField(verbose_name="parliament no.")),
                ("text", models.TextField(max_length=40000, verbose_name="text as put to the chamber")),
                ("sitting_on", models.DateField(blank=True, null=True, verbose_name="sitting on")),
                ("answered_at", models.DateTimeField(editable=False, null=True, verbose_name="answered at")),
                ("answered_by", models.CharField(blank=True, max_length=200, verbose_name="answered by")),
                (
                    "transferred_to",
                    models.CharField(blank=True, max_length=200, verbose_name="transferred to"),
                ),
                (
                    "interpellation_kind",
                    models.CharField(
                        choices=[
                            ("urgent", "Urgent oral"),
                            ("sitting", "Answered in the sitting"),
                            ("gazette", "Answered in the Royal Gazette"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "chamber",
                    models.CharField(
                        choices=[("house", "House of Representatives"), ("senate", "Senate")],
                        max_length=10,
                        verbose_name="chamber",
                    ),
                ),
                (
                    "question_number",
                    models.PositiveIntegerField(
                        help_text="The chamber's own; each kind is numbered for itself.",
                        verbose_name="number of the question",
                    ),
                ),
                ("gazette_volume", models.CharField(blank=True, max_length=20, verbose_name="volume")),
                ("gazette_part", models.CharField(blank=True, max_length=40, verbose_name="part")),
                ("gazette_page", models.CharField(blank=True, max_length=20, verbose_name="page")),
                ("gazette_on", models.DateField(blank=True, null=True, verbose_name="printed on")),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("answered", "Answered in the chamber"),
                            ("printed", "Printed in the Royal Gazette"),
                            ("withdrawn", "Withdrawn by the asker"),
                            ("transferred", "Transferred to another ministry"),
                            ("lapsed", "Lapsed with the House"),
                        ],
                        max_length=20,
                        verbose_name="result",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        help_text="One item of an agenda may be about several questions.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="%(class)ss",
                        to="parliament.agendaitem",
                        verbose_name="agenda item",
                    ),
                ),
                (
                    "asker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interpellations",
                        to="parliament.member",
                        verbose_name="asked by",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="parliament.session",
                        verbose_name="session",
                    ),
                ),
            ],
            options={
                "verbose_name": "interpellation",
                "verbose_name_plural": "interpellations",
                "indexes": [
                    models.Index(fields=["is_unclosed", "matter"], name="interpellation_unclosed"),
                    models.Index(fields=["state", "matter"], name="interpellation_state"),
                    models.Index(fields=["interpellation_kind", "matter"], name="interpellation_kind"),
                    models.Index(fields=["chamber", "matter"], name="interpellation_chamber"),
                    models.Index(fields=["asker", "matter"], name="interpellation_asker"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("parliament_number", "chamber", "interpellation_kind", "question_number"),
                        name="interpellation_number_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "received",
                                    "asked",
                                    "drafting",
                                    "checking",
                                    "on_desk",
                                    "approved",
                                    "given",
                                    "printing",
                                    "closed",
                                ],
                            )
                        ),
                        name="interpellation_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), _negated=True),
                            models.Q(("result", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="interpellation_closed_with_result",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["given", "printing"]), _negated=True),
                            ("answered_at__isnull", False),
                            _connector="OR",
                        ),
                        name="interpellation_given_at",
                    ),
                ],
            },
            bases=(django_fsm.FSMModelMixin, "office.matter"),
        ),
        migrations.CreateModel(
            name="SubQuestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("text", models.TextField(max_length=4000, verbose_name="question")),
                (
                    "interpellation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sub_questions",
                        to="parliament.interpellation",
                    ),
                ),
            ],
            options={
                "verbose_name": "sub-question",
                "verbose_name_plural": "sub-questions",
                "ordering": ["interpellation", "position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("interpellation", "position"), name="sub_question_position_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Telling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=200, verbose_name="name, if neither")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("message", models.TextField(blank=True, max_length=4000, verbose_name="what they are told")),
                ("due_at", models.DateTimeField(verbose_name="to be told by")),
                ("told_at", models.DateTimeField(null=True, verbose_name="told at")),
                (
                    "way",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("email", "E-mail from the system"),
                            ("letter", "Letter"),
                            ("telephone", "Telephone"),
                            ("in_person", "In person"),
                        ],
                        max_length=20,
                        verbose_name="how",
                    ),
                ),
                ("acknowledged_at", models.DateTimeField(null=True, verbose_name="acknowledged at")),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="office.agency",
                        verbose_name="agency",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tellings",
                        to="parliament.agendaitem",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="colleague",
                    ),
                ),
                (
                    "told_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "telling",
                "verbose_name_plural": "tellings",
                "ordering": ["item", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agency__isnull", False), ("name", ""), ("person__isnull", True)),
                            models.Q(("agency__isnull", True), ("name", ""), ("person__isnull", False)),
                            models.Q(
                                ("agency__isnull", True),
                                ("person__isnull", True),
                                models.Q(("name", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="telling_of_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("told_at__isnull", True), models.Q(("way", ""), _negated=True), _connector="OR"
                        ),
                        name="telling_told_somehow",
                    ),
                    models.UniqueConstraint(fields=("item", "agency"), name="telling_agency_once"),
                    models.UniqueConstraint(fields=("item", "person"), name="telling_person_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="TellingLink",
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
                    "telling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="parliament.telling",
                    ),
                ),
            ],
            options={
                "verbose_name": "link of a telling",
                "verbose_name_plural": "links of tellings",
            },
        ),
        migrations.AddField(
            model_name="committee",
            name="members",
            field=models.ManyToManyField(
                related_name="committees",
                through="parliament.CommitteeSeat",
                to="parliament.member",
                verbose_name="members",
            ),
        ),
    ]
