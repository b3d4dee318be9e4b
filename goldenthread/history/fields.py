"""Fields that keep what was said: figures as canonical decimal text."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from goldenthread.domain.figures import canonical


class FigureField(models.CharField):
    """An exact ``Decimal`` in Python, its canonical text in the database, the same digits on every database."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 80)
        kwargs.setdefault("null", True)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Decimal | None:
        return None if value is None else Decimal(value)

    def to_python(self, value: Any) -> Decimal | None:
        if value is None or isinstance(value, Decimal):
            return value
        try:
            return Decimal(str(value))
        except InvalidOperation:
            raise ValidationError(_("“%(value)s” is not a number."), params={"value": value}) from None

    def get_prep_value(self, value: Any) -> str | None:
        number = self.to_python(value)
        return None if number is None else canonical(number)
