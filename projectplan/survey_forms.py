"""What is typed about a survey: itself with its questions, those asked by hand, an answer by link or from paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.calendar import OFFICE_TZ, fiscal_year_of
from office.fields import ThaiDateField
from office.figures import figures
from office.form_fields import Box, OfficeForm
from office.select import FastSelect
from projectplan.level_field import LevelField
from projectplan.models import Question, Seminar, Survey
from projectplan.models.survey import COMMENT_LETTERS
from projectplan.seen import SeenForm
from projectplan.surveying import questions_for

MOST_QUESTIONS: Final = 30
MOST_ASKED: Final = 500
QUESTION_LETTERS: Final = 300


class SurveyForm(SeenForm):
    """A survey and its questions, one a line; once it is open only its closing day can be changed."""

    closes_on = ThaiDateField(
        label=gettext_lazy("Last day to answer"), help_text=gettext_lazy("Until midnight of this day.")
    )
    questions = forms.CharField(
        label=gettext_lazy("Questions, one a line"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("Each is answered from 1 (least) to 5 (most)."),
        max_length=MOST_QUESTIONS * (QUESTION_LETTERS + 2),
    )

    year = forms.TypedChoiceField(
        label=gettext_lazy("Counts for the fiscal year"), coerce=int, widget=FastSelect
    )

    class Meta:
        model = Survey
        fields = ["title", "introduction", "threshold"]
        widgets = {"introduction": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        survey: Survey = self.instance
        self.fields["closes_on"].min_date = today  # type: ignore[attr-defined]
        if survey.seminar_id:
            del self.fields["year"]  # the seminar's own
        else:
            this = survey.fiscal_year or fiscal_year_of(today)
            self.fields["year"].choices = [(year, figures(year)) for year in (this, this - 1)]  # type: ignore[attr-defined]
        if survey.pk:
            self.fields["closes_on"].initial = last_day(survey)
            self.fields["questions"].initial = "\n".join(survey.questions.values_list("text", flat=True))
        else:
            self.fields["questions"].initial = "\n".join(questions_for(survey.kind))
            self.fields["closes_on"].initial = today + timedelta(days=14)
        if survey.opened_at:
            for name in ("questions", "threshold"):
                del self.fields[name]

    def own_rows(self) -> list[list[forms.BoundField]]:
        """The fields as they stand side by side."""
        rows = [["title"], ["introduction"], ["questions"], ["closes_on", "threshold", "year"], ["seen"]]
        return [[self[name] for name in names if name in self.fields] for names in rows]

    def clean_questions(self) -> list[str]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["questions"].splitlines()]
        found = list(dict.fromkeys(line for line in lines if line))
        if len(found) > MOST_QUESTIONS:
            raise ValidationError(_("At most %(number)s questions.") % {"number": figures(MOST_QUESTIONS)})
        if any(len(line) > QUESTION_LETTERS for line in found):
            raise ValidationError(
                _("A question has at most %(number)s letters.") % {"number": figures(QUESTION_LETTERS)}
            )
        return found

    def save(self, commit: bool = True) -> Survey:
        survey: Survey = self.instance
        survey.closes_at = midnight_after(self.cleaned_data["closes_on"])
        if survey.seminar:
            survey.fiscal_year = survey.seminar.fiscal_year
        else:
            survey.fiscal_year = self.cleaned_data["year"]
        super().save()
        if "questions" in self.fields:
            survey.questions.all().delete()
            Question.objects.bulk_create(
                Question(survey=survey, number=number, text=text)
                for number, text in enumerate(self.cleaned_data["questions"], 1)
            )
        return survey


class NewSurveyForm(forms.Form):
    """Of what: a seminar, or the executives' satisfaction with public relations."""

    error_css_class = "is-invalid"
    seminar = forms.ModelChoiceField(
        Seminar.objects.all(),
        label=gettext_lazy("Of the seminar"),
        required=False,
        empty_label=gettext_lazy("None: the executives' satisfaction with public relations"),
        widget=FastSelect,
    )


def midnight_after(day: date) -> datetime:
    """The moment at which a day ends in Bangkok."""
    return datetime.combine(day + timedelta(days=1), time(0), OFFICE_TZ)


def last_day(survey: Survey) -> date:
    """The last day on which one can answer."""
    return (survey.closes_at - timedelta(seconds=1)).astimezone(OFFICE_TZ).date()


class AskForm(forms.Form):
    """People to be asked, one a line: name, address, group."""

    error_css_class = "is-invalid"
    people = forms.CharField(
        label=gettext_lazy("Those who are asked, one a line"),
        help_text=gettext_lazy(
            "Name, e-mail address, group; with commas between. The group may be left out."
        ),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=100_000,
    )

    def clean_people(self) -> list[tuple[str, str, str]]:
        """Name, address and group of each; every line that cannot be read is named."""
        found: list[tuple[str, str, str]] = []
        faults = []
        for number, line in enumerate(self.cleaned_data["people"].splitlines(), 1):
            cells = [" ".join(cell.split()) for cell in line.split(",")]
            if not any(cells):
                continue
            name, email, group = (*cells, "", "")[:3]
            try:
                validate_email(email)
            except ValidationError:
                faults.append(
                    _("Line %(line)s: write name, e-mail address, group.") % {"line": figures(number)}
                )
                continue
            found.append((name[:160] or email, email, group[:120]))
        if len(found) > MOST_ASKED:
            faults.append(_("At most %(number)s people at a time.") % {"number": figures(MOST_ASKED)})
        if faults:
            raise ValidationError(faults)
        return found


class AnswerForm(OfficeForm):
    """A survey's questions, each from 1 to 5, and room for a comment."""

    must_answer = True

    comment = forms.CharField(
        label=gettext_lazy("Comments and suggestions"),
        help_text=gettext_lazy("Write no names: comments are read by the office."),
        max_length=COMMENT_LETTERS,
        required=False,
        widget=Box(4),
    )

    def __init__(self, *args: Any, questions: Sequence[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        self.optional = frozenset({"comment"})
        for question in questions:
            label = f"{figures(question.number)}. {question.text}"
            self.fields[f"q{question.pk}"] = LevelField(label=label, required=self.must_answer)
        self.order_fields([*(f"q{question.pk}" for question in questions), "comment"])

    @property
    def levels(self) -> dict[int, int]:
        """The level given to each question, by its key."""
        given = {question.pk: self.cleaned_data.get(f"q{question.pk}") for question in self.questions}
        return {key: level for key, level in given.items() if level}

    @property
    def asked(self) -> list[forms.BoundField]:
        return [self[f"q{question.pk}"] for question in self.questions]


class PaperForm(AnswerForm):
    """One form of a stack: what was left open stays open."""

    must_answer = False

    group = forms.ChoiceField(label=gettext_lazy("Group"), required=False, widget=FastSelect)

    def __init__(self, *args: Any, groups: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].choices = [("", _("Not known")), *((one, one) for one in groups)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors and not self.levels:
            raise ValidationError(_("Nothing is ticked on this form: choose at least one level."))
        return given
