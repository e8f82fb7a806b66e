"""The places of the office: 77 provinces, 185 education service areas, loaded once."""

from collections import Counter

import pytest

from office import reference
from office.models import EducationArea, Province
from office.places import PROVINCES, education_areas

ALIAS = "default"


def test_there_are_77_provinces_with_names_in_two_languages() -> None:
    assert len(PROVINCES) == 77
    assert PROVINCES["10"] == ("กรุงเทพมหานคร", "Bangkok")
    assert PROVINCES["96"] == ("นราธิวาส", "Narathiwat")
    assert len({name for name, _name_en in PROVINCES.values()}) == 77
    assert len({name_en for _name, name_en in PROVINCES.values()}) == 77


def test_there_are_185_education_areas_as_in_the_plan_of_2553() -> None:
    areas = list(education_areas())
    assert len(areas) == 185
    assert len({name for _code, _number, name in areas}) == 185
    per_province = Counter(code for code, _number, _name in areas)
    assert (per_province["10"], per_province["30"], per_province["50"], per_province["38"]) == (3, 7, 6, 0)


def test_an_area_is_named_as_the_office_writes_it() -> None:
    names = {name for _code, _number, name in education_areas()}
    assert {"สพท.กทม. เขต ๓", "สพท.เชียงใหม่ เขต ๑", "สพท.ภูเก็ต"} <= names


@pytest.mark.django_db
def test_places_are_there_after_migrate_and_what_the_office_changed_stays() -> None:
    assert (Province.objects.count(), EducationArea.objects.count()) == (77, 185)
    EducationArea.objects.filter(name="สพท.ภูเก็ต").delete()
    Province.objects.filter(code="83").update(name_en="Phuket Island")
    reference.load(ALIAS)
    assert EducationArea.objects.count() == 184
    assert Province.objects.get(code="83").name_en == "Phuket Island"
