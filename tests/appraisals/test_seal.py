"""The seal: what the database holds, what opens it, keys changed and lost."""

from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.appraisals import services
from goldenthread.appraisals.content import content_of, text_of
from goldenthread.appraisals.models import Appraisal, Sealed
from goldenthread.appraisals.seal import NONCE, SealedShut, new_key, open_sealed, seal
from goldenthread.config import environment
from tests.appraisals.waste import MARKER

NEW = {"2027": bytes(range(1, 33))}


@given(st.text(), st.text())
def test_what_is_sealed_opens_where_it_belongs_and_nowhere_else(text: str, place: str) -> None:
    key, content = seal(text, bound_to=place)

    assert open_sealed(key, content, bound_to=place) == text
    with pytest.raises(SealedShut):
        open_sealed(key, content, bound_to=place + "!")


def test_lengths_tell_nothing_and_the_same_text_never_looks_the_same() -> None:
    contents = [seal(text, bound_to="")[1] for text in ("1", "Outstanding", "x" * 200, "1")]

    assert len({len(content) for content in contents}) == 1
    assert len(set(contents)) == 4
    assert len({content[:NONCE] for content in contents}) == 4


def test_a_content_tampered_with_does_not_open() -> None:
    key, content = seal("Good", bound_to="row")

    with pytest.raises(SealedShut, match="not as it was sealed"):
        open_sealed(key, content[:-1] + bytes([content[-1] ^ 1]), bound_to="row")


def test_a_content_moved_to_another_row_does_not_open(written: Appraisal) -> None:
    first, second = Sealed.objects.filter(kind="rating")
    first.content, first.key = second.content, second.key

    with pytest.raises(SealedShut):
        text_of(first)


def test_no_table_holds_what_was_written(written: Appraisal) -> None:
    with connection.cursor() as cursor:
        held = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            held[table] = b"".join(_bytes(value) for row in cursor.fetchall() for value in row)

    assert len(held["appraisals_sealed"]) > 3_000
    assert [table for table, content in held.items() if MARKER.encode() in content] == []


def _bytes(value: Any) -> bytes:
    return bytes(value) if isinstance(value, (bytes, memoryview)) else str(value).encode()


def test_a_change_says_that_and_never_what(written: Appraisal) -> None:
    from goldenthread.history.models import Change

    changes = Change.objects.filter(object=f"appraisal {written.pk}")
    assert set(changes.values_list("verb", "reason", "source")) == {
        ("write_appraisal", "", ""),
        ("reach_objectives", "", ""),
        ("reach_mid_year", "", ""),
        ("reach_year_end", "", ""),
    }


def test_without_a_key_nothing_opens_and_nothing_is_written(written: Appraisal, council: Any, settings: Any) -> None:
    settings.APPRAISAL_KEYS = {}

    with pytest.raises(SealedShut, match="is missing"):
        content_of(written, reader=council.officer)
    before = Sealed.objects.count()
    with pytest.raises(SealedShut, match="not set"):
        services.add_note(by=council.officer, appraisal=written.pk, text="In the clear?")
    assert Sealed.objects.count() == before


def test_a_key_is_changed_row_by_row_and_the_old_one_can_go(written: Appraisal, council: Any, settings: Any) -> None:
    settings.APPRAISAL_KEYS = NEW | settings.APPRAISAL_KEYS
    said = StringIO()

    call_command("reseal", stdout=said)

    settings.APPRAISAL_KEYS = NEW
    rows = Sealed.objects.count()
    assert said.getvalue() == f"{rows} rows sealed anew.\n2027: {rows} rows\n"
    assert content_of(written, reader=council.officer).all_of("note")[0].said["text"] == f"{MARKER} note"
    assert services.reseal() == 0


def test_a_lost_key_is_said_and_keeps_everything_as_it_is(written: Appraisal, settings: Any) -> None:
    before = list(Sealed.objects.order_by("pk").values_list("key", flat=True))
    settings.APPRAISAL_KEYS = NEW

    with pytest.raises(CommandError, match="is missing, so that it cannot be opened"):
        call_command("reseal")

    assert list(Sealed.objects.order_by("pk").values_list("key", flat=True)) == before


def test_a_new_key_is_what_the_setting_wants(monkeypatch: pytest.MonkeyPatch) -> None:
    said = StringIO()
    call_command("reseal", "--new-key", stdout=said)

    monkeypatch.setenv("APPRAISAL_KEYS", f"a:{said.getvalue().strip()},b:{new_key()}")

    assert [(name, len(key)) for name, key in environment.keys("APPRAISAL_KEYS").items()] == [("a", 32), ("b", 32)]


@pytest.mark.parametrize("given", ["justakey", "a:tooshort", "a:!!!", "a b:" + "A" * 43 + "=", ":" + "A" * 43 + "="])
def test_a_bad_key_is_refused_at_start_and_not_shown(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("APPRAISAL_KEYS", given)

    with pytest.raises(Exception, match="APPRAISAL_KEYS cannot be read") as refused:
        environment.keys("APPRAISAL_KEYS")

    assert given.partition(":")[2][:6] not in str(refused.value) or not given.partition(":")[2]


def test_the_demonstration_has_a_key_of_its_own() -> None:
    assert list(settings.APPRAISAL_KEYS) == ["demonstration"]
