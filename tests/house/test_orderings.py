"""What is empty sorts first on one database and last on the other, unless the ordering says which."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, Model

PACKAGE = Path(__file__).parents[2] / "goldenthread"
OURS = [model for model in apps.get_models() if model.__module__.startswith("goldenthread.")]
BY_NAME: dict[str, list[type[Model]]] = {}
for model in OURS:
    BY_NAME.setdefault(model.__name__, []).append(model)


def fields_on(model: type[Model], path: str) -> Iterator[Field]:
    """The fields that a path such as ``plan__starts`` passes through."""
    for name in path.split("__"):
        if name == "pk":
            return
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:
            return
        if isinstance(field, Field):
            yield field
        if field.related_model is None or not isinstance(field.related_model, type):
            return
        model = field.related_model


def may_be_empty(model: type[Model], path: str) -> bool:
    """Whether what is sorted by may be empty: a figure or a day does without, a link at most where it is the end."""
    fields = list(fields_on(model, path.lstrip("-")))
    return any(field.null for field in fields)


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_a_model_s_own_order_says_where_what_is_empty_stands(model: type[Model]) -> None:
    assert [name for name in model._meta.ordering if isinstance(name, str) and may_be_empty(model, name)] == []


#: A model at the head of a query: Measure.objects, Prefetch(queryset=Milestone.objects).
HEAD = re.compile(r"\b([A-Z]\w+)\.(?:objects|history)\b")


def faults_in(text: str) -> Iterator[str]:
    for call in ast.walk(ast.parse(text)):
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "order_by"):
            continue
        head = HEAD.search(ast.unparse(call.func))
        models = BY_NAME.get(head[1], []) if head else []
        for argument in call.args:
            if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str)):
                continue
            path = argument.value
            # Of a query begun elsewhere, only the name is known: a name that may be empty anywhere has to say.
            suspects = models or [one for one in OURS if list(fields_on(one, path.lstrip("-")))]
            days = [one for one in suspects if may_be_empty(one, path) and (models or _is_day(one, path))]
            if days:
                yield f"{call.lineno}: order_by({path!r}): {days[0].__name__}"


def _is_day(model: type[Model], path: str) -> bool:
    return list(fields_on(model, path.lstrip("-")))[-1].get_internal_type() in ("DateField", "DateTimeField")


def test_the_check_finds_what_it_is_for() -> None:
    assert list(faults_in('Rule.objects.filter(code="TEN").order_by("-starts")')) == ["1: order_by('-starts'): Rule"]
    assert list(faults_in('rows.order_by("starts", "pk")')) != []
    assert list(faults_in('Rule.objects.order_by("code", F("starts").asc(nulls_first=True), "entered_at")')) == []


def test_queries_say_where_what_is_empty_stands() -> None:
    found = [
        f"{path.relative_to(PACKAGE)}:{fault}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if "migrations" not in path.parts
        for fault in faults_in(path.read_text(encoding="utf-8"))
    ]
    assert found == []
