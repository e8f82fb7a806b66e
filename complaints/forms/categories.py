"""What an administrator gives to split a category or to join several."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.category_changes import Name
from complaints.models import Category
from office.fields import ThaiDateField
from office.figures import figures
from office.select import FastSelect

PARTS_MOST = 6


def changeable() -> QuerySet[Category]:
    """Categories in use that have no subcategories in use, each with its main category."""
    subs = Category.objects.filter(parent=OuterRef("pk"), is_active=True)
    rows = Category.objects.filter(~Exists(subs), is_active=True).select_related("parent")
    return rows.order_by("parent__rank", "parent_id", "rank", "pk")


def path_of(category: Category) -> str:
    """`การเงินสถานศึกษา › การจัดซื้อจัดจ้าง`."""
    return f"{category.parent} › {category}" if category.parent else str(category)


class CategoryField(forms.ModelChoiceField):
    def label_from_instance(self, category: Category) -> str:
        return path_of(category)


class CategoriesField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, category: Category) -> str:
        return path_of(category)


class ChangeForm(forms.Form):
    """From which day; each child says what becomes of what."""

    on = ThaiDateField(
        label=_("From the day"),
        help_text=_(
            "Within this fiscal year, today at the latest. Reports of the years before stay as they are."
        ),
    )

    @property
    def old_ones(self) -> list[Category]:
        """Those that go out of use."""
        raise NotImplementedError

    def given(self) -> dict[str, Any]:
        """What the change takes."""
        raise NotImplementedError


class SplitForm(ChangeForm):
    """One category, and the two to six that take its place."""

    old = CategoryField(label=_("Category to be split"), queryset=Category.objects.none(), widget=FastSelect)
    field_order = ["old", "on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old"].queryset = changeable()  # type: ignore[attr-defined]
        for number in range(1, PARTS_MOST + 1):
            self.fields[f"name_{number}"] = forms.CharField(
                label=_("New category %(number)s") % {"number": figures(number)},
                max_length=120,
                required=number <= 2,
            )
            self.fields[f"english_{number}"] = forms.CharField(
                label=_("in English"), max_length=120, required=False
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        names = [given.get(f"name_{number}") for number in range(1, PARTS_MOST + 1)]
        for number, name in enumerate(names, start=1):
            if name and name in names[: number - 1]:
                self.add_error(f"name_{number}", gettext("This name stands above already."))
            elif not name and given.get(f"english_{number}"):
                self.add_error(f"name_{number}", gettext("Write the Thai name too."))
        return given

    @property
    def old_ones(self) -> list[Category]:
        return [self.cleaned_data["old"]]

    def given(self) -> dict[str, Any]:
        given = self.cleaned_data
        names = [
            Name(given[f"name_{number}"], given[f"english_{number}"])
            for number in range(1, PARTS_MOST + 1)
            if given[f"name_{number}"]
        ]
        return {"old": given["old"], "names": names, "on": given["on"]}


class JoinForm(ChangeForm):
    """Several categories, and the one that goes on for them: one there is, or a new one."""

    olds = CategoriesField(
        label=_("Categories to be joined"),
        queryset=Category.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    into = CategoryField(
        label=_("Goes on as"),
        queryset=Category.objects.none(),
        required=False,
        widget=FastSelect,
        help_text=_("Leave empty for a new category."),
    )
    name = forms.CharField(label=_("Name of the new category"), max_length=120, required=False)
    english = forms.CharField(label=_("in English"), max_length=120, required=False)
    parent = CategoryField(
        label=_("The new one is part of"), queryset=Category.objects.none(), required=False, widget=FastSelect
    )
    field_order = ["olds", "into", "name", "english", "parent", "on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["olds"].queryset = changeable()  # type: ignore[attr-defined]
        self.fields["into"].queryset = changeable()  # type: ignore[attr-defined]
        self.fields["parent"].queryset = Category.objects.filter(parent=None, is_active=True)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not given.get("into") and not given.get("name"):
            self.add_error("into", gettext("Choose a category that goes on, or write the name of a new one."))
        elif given.get("into") and given.get("name"):
            self.add_error(
                "name", gettext("A category is chosen above: leave this empty, or take that back.")
            )
        return given

    def given(self) -> dict[str, Any]:
        given = self.cleaned_data
        into = given["into"] or Name(given["name"], given["english"])
        return {"olds": list(given["olds"]), "into": into, "parent": given["parent"], "on": given["on"]}

    @property
    def old_ones(self) -> list[Category]:
        return list(self.cleaned_data["olds"])
