"""How a settings form is saved: by its verb, with what it refuses put by the field it is about."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest

from goldenthread.council.forms import SettingsForm
from goldenthread.history.acts import Refused


def saved(request: HttpRequest, form: SettingsForm, verb: Callable[..., Any], said: str, **more: Any) -> bool:
    """Whether the posted form was valid and its verb done; then ``said`` is told on the next page."""
    if not form.is_valid():
        return False
    try:
        verb(by=request.user, **more, **form.cleaned_data)
    except Refused as refused:
        form.take(refused)
        return False
    messages.success(request, said)
    return True
