"""What is done to the databases themselves: statistics by night, and migrations that write no table anew."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, migrations, models, transaction
from django.db.migrations.state import ModelState, ProjectState

from office import search_keys
from office.database import count_anew, install
from office.models import Matter, Subgroup, User
from office.schema import AddBlankText, GiveUpKeyIndex, WidenCheck
from office.search import find
from office.tasks import count_tables_anew
from tests import cast

only_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL counts by itself")


@only_sqlite
@pytest.mark.django_db
def test_the_night_counts_what_stands_in_the_tables() -> None:
    for number in range(3):
        cast.make_petition(title=f"ขอทุนการศึกษา {number}")
    count_tables_anew()
    with connection.cursor() as cursor:
        cursor.execute("SELECT stat FROM sqlite_stat1 WHERE idx = 'petition_unclosed'")
        (counted,) = cursor.fetchone()
    assert counted.split()[0] == "3"


@only_sqlite
@pytest.mark.django_db
def test_what_was_committed_has_reached_the_disk() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT * FROM pragma_synchronous())")
        (level,) = cursor.fetchone()
    assert level == 2  # FULL


@pytest.mark.django_db
def test_counting_twice_changes_nothing_else() -> None:
    made = cast.make_petition()
    count_anew(connection)
    count_anew(connection)
    made.refresh_from_db()


# ── A column and a check of a table of many rows ────────────────────────────────────────────

LETTERS = models.Q(state__in=["a", "b"])
MORE_LETTERS = models.Q(state__in=["a", "b", "c"])


def known(condition: models.Q) -> models.CheckConstraint:
    return models.CheckConstraint(condition=condition, name="paper_state_known")


@pytest.fixture
def paper(transactional_db: None) -> ProjectState:
    """A table as an earlier release made it, with one row."""
    fields = [("id", models.BigAutoField(primary_key=True)), ("state", models.CharField(max_length=1))]
    state = ProjectState()
    state.add_model(ModelState("office", "Paper", fields, {"constraints": [known(LETTERS)], "indexes": []}))
    with connection.schema_editor() as editor:
        editor.create_model(state.apps.get_model("office", "Paper"))
    state.apps.get_model("office", "Paper").objects.create(state="a")
    yield state
    with connection.schema_editor() as editor:
        editor.delete_model(state.apps.get_model("office", "Paper"))


def carried_out(operation: migrations.operations.base.Operation, before: ProjectState) -> ProjectState:
    after = before.clone()
    operation.state_forwards("office", after)
    with connection.schema_editor() as editor:
        operation.database_forwards("office", editor, before, after)
    return after


def taken_back(
    operation: migrations.operations.base.Operation, before: ProjectState, after: ProjectState
) -> None:
    with connection.schema_editor() as editor:
        operation.database_backwards("office", editor, after, before)


def is_allowed(state: ProjectState, letter: str) -> bool:
    try:
        with transaction.atomic():
            state.apps.get_model("office", "Paper").objects.create(state=letter)
            transaction.set_rollback(True)
    except IntegrityError:
        return False
    return True


def test_a_widened_check_lets_in_what_is_new_and_nothing_else(paper: ProjectState) -> None:
    assert not is_allowed(paper, "c")
    widened = WidenCheck("paper", known(MORE_LETTERS))
    after = carried_out(widened, paper)
    assert (is_allowed(after, "b"), is_allowed(after, "c"), is_allowed(after, "d")) == (True, True, False)
    taken_back(widened, paper, after)
    assert (is_allowed(paper, "b"), is_allowed(paper, "c")) == (True, False)


def test_a_widened_check_is_still_there_after_the_next_change(paper: ProjectState) -> None:
    after = carried_out(WidenCheck("paper", known(MORE_LETTERS)), paper)
    field = models.CharField(max_length=20, blank=True)
    after = carried_out(AddBlankText("paper", "text_key", field), after)
    assert (is_allowed(after, "c"), is_allowed(after, "d")) == (True, False)


def test_a_new_text_column_is_blank_in_every_row(paper: ProjectState) -> None:
    field = models.CharField(max_length=20, blank=True)
    adding = AddBlankText("paper", "text_key", field)
    after = carried_out(adding, paper)
    rows = after.apps.get_model("office", "Paper").objects
    rows.create(state="b", text_key="new")
    assert list(rows.order_by("pk").values_list("text_key", flat=True)) == ["", "new"]
    taken_back(adding, paper, after)
    assert list(paper.apps.get_model("office", "Paper").objects.values_list("state", flat=True)) == ["a", "b"]


def test_a_key_gives_up_its_own_index_and_no_other(paper: ProjectState) -> None:
    def indexes(state: ProjectState) -> list[list[str]]:
        table = state.apps.get_model("office", "Paper")._meta.db_table
        with connection.cursor() as cursor:
            found = connection.introspection.get_constraints(cursor, table)
        return [one["columns"] for one in found.values() if one["index"] and not one["unique"]]

    key = models.ForeignKey("office.paper", models.PROTECT, null=True)
    after = carried_out(migrations.AddField("paper", "copied_from", key), paper)
    both = models.Index(fields=["copied_from", "id"], name="paper_copied_from")
    after = carried_out(migrations.AddIndex("paper", both), after)
    without = models.ForeignKey("office.paper", models.PROTECT, null=True, db_index=False)
    giving_up = GiveUpKeyIndex("paper", "copied_from", without)
    before, after = after, carried_out(giving_up, after)
    assert indexes(after) == [["copied_from_id", "id"]]
    taken_back(giving_up, before, after)
    assert sorted(indexes(before)) == [["copied_from_id"], ["copied_from_id", "id"]]


# ── The search index of SQLite ──────────────────────────────────────────────────────────────


@only_sqlite
@pytest.mark.django_db
def test_a_search_index_of_an_earlier_making_is_made_anew(
    head: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_keys, "FEW_ROWS", 0)
    made = cast.make_petition(title="ขอทุนการศึกษา")
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE matter_search")
        cursor.execute("CREATE VIRTUAL TABLE matter_search USING fts5(search_text, tokenize='trigram')")
    install(connection)
    cast.make_petition(title="ขอทุนอาหารกลางวัน")
    assert [row.title for row in find(head, "ขอทุน").rows] == ["ขอทุนอาหารกลางวัน", made.title]


@pytest.mark.django_db
def test_a_matter_of_another_subgroup_is_searched_there(head: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_keys, "FEW_ROWS", 0)
    made = cast.make_petition(title="ขอทุนการศึกษา")
    politics = cast.make_head("montri", subgroup=Subgroup.Code.POLITICS)
    assert find(politics, "ขอทุน").rows == []
    Matter.objects.filter(pk=made.pk).update(subgroup=politics.subgroup)
    assert [row.pk for row in find(politics, "ขอทุน").rows] == [made.pk]
    assert find(head, "ขอทุน").rows == []


only_postgresql = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite looks it up as a word"
)


@only_postgresql
@pytest.mark.django_db
def test_postgresqls_index_looks_the_subgroup_up_with_the_words(
    head: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast.make_petition(title="ขอทุนการศึกษา")
    asked: list[tuple[str, list[object]]] = []
    monkeypatch.setattr(search_keys, "_keys", lambda sql, params: asked.append((sql, list(params))) or [])
    find(head, "ทุนการศึกษา")
    sql, params = next(one for one in asked if "LIKE (SELECT" in one[0])
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX matter_subgroup")  # so few rows are cheaper by it
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_indexscan = off")
        cursor.execute(f"EXPLAIN {sql}", params)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    looked_up = next(line for line in plan.splitlines() if "Index Cond" in line)
    assert "matter_search" in plan
    assert "subgroup_id" in looked_up
    assert "search_text" in looked_up
