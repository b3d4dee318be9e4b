"""The staff list: taken in from human resources or payroll, and its differences applied or refused row by row."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from goldenthread.council import services
from goldenthread.council.extract.shown import SHOWN, TITLES, decided, extracts_listed, sections, usual_map
from goldenthread.council.forms import SettingsForm
from goldenthread.council.models import Extract, ExtractRow
from goldenthread.council.roles import roles_of
from goldenthread.domain.staff import Kind
from goldenthread.history.acts import Refused
from goldenthread.history.clock import today
from goldenthread.package import faults as package
from goldenthread.web.forms import DayField
from goldenthread.web.permission import requires, signed_in
from goldenthread.web.posting import posted
from goldenthread.web.render import page
from goldenthread.web.sheets import TYPES, download

#: The largest file, in bytes, and how many faults are shown.
MOST_BYTES, FAULTS = 20 * 1024**2, 100
COLUMNS = [
    (gettext_lazy("Kind"), 26),
    (gettext_lazy("Who"), 26),
    (gettext_lazy("Employee number"), 18),
    (gettext_lazy("On record"), 44),
    (gettext_lazy("In the extract"), 60),
    (gettext_lazy("Line"), 8),
    (gettext_lazy("Decided"), 16),
    (gettext_lazy("Word"), 40),
]


class TakeForm(SettingsForm):
    file = forms.FileField(
        label=gettext_lazy("Staff list"),
        help_text=gettext_lazy("CSV or XLSX, with everybody who works here, a line for each post they hold."),
        error_messages={"required": gettext_lazy("Choose the file.")},
    )
    day = DayField(label=gettext_lazy("As it stood on"))
    map = forms.FileField(
        label=gettext_lazy("Map of its columns"),
        required=False,
        help_text=gettext_lazy("A .toml file. Left out: the one of the last time, or the usual columns."),
    )

    def clean_file(self) -> Any:
        return self._small(self.cleaned_data["file"])

    def clean_map(self) -> Any:
        return self._small(self.cleaned_data["map"])

    def _small(self, file: Any) -> Any:
        if file and file.size > MOST_BYTES:
            raise forms.ValidationError(_("This file is larger than 20 MB: choose another."))
        return file

    def map_text(self) -> str:
        """Raises package.faults.Refused where it is not text."""
        given = self.cleaned_data["map"]
        if not given:
            return usual_map()
        try:
            return str(given.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            faults = package.Faults()
            faults.add(given.name, 0, "", "is not UTF-8: save it as UTF-8")
            raise package.Refused(faults) from None


class ReleaseForm(SettingsForm):
    reason = forms.CharField(
        label=gettext_lazy("How you know that it is whole"),
        max_length=300,
        error_messages={"required": gettext_lazy("Say how you know that it is whole.")},
    )


@requires("council.take_extract", navigation="people")
def extracts(request: HttpRequest) -> HttpResponse:
    """Take a staff list in; those that were."""
    form = TakeForm(request.POST or None, request.FILES or None, initial={"day": today()})
    faults: package.Faults | None = None
    if request.method == "POST" and form.is_valid():
        file, given = form.cleaned_data["file"], form.cleaned_data["map"]
        try:
            taken = services.take_in_extract(
                by=signed_in(request),
                file=file.name,
                content=file.read(),
                map_text=form.map_text(),
                map_file=given.name if given else _("the map"),
                day=form.cleaned_data["day"],
            )
        except package.Refused as refused:
            faults = refused.faults
        else:
            return redirect("council:extract", taken.pk)
    context = {
        "form": form,
        "faults": list(faults)[:FAULTS] if faults else [],
        "number_of_faults": faults.total if faults else 0,
        "extracts": extracts_listed(),
        "map": usual_map(),
    }
    return page(request, "council/extracts.html", context)


@requires("council.take_extract", navigation="people")
def extract(request: HttpRequest, key: int) -> HttpResponse:
    """What a staff list says differs from the record, to apply or refuse."""
    found = _extract(key)
    if request.GET.get("format") in TYPES:
        return download(request.GET["format"], _("Staff list"), COLUMNS, _rows(found))
    return _page(request, found)


@requires("council.take_extract", navigation="people")
@posted(form_at="council:extract")
def decide(request: HttpRequest, key: int) -> HttpResponse:
    """Apply or refuse the rows that were chosen."""
    found = _extract(key)
    asked, word = request.POST.get("do", ""), request.POST.get("word", "")
    rows = found.rows.filter(state=ExtractRow.State.OPEN).order_by("order")
    if asked in list(Kind):
        chosen = list(rows.filter(kind=asked)[:SHOWN])
    else:
        chosen = list(found.rows.filter(pk__in=[one for one in request.POST.getlist("row") if one.isdigit()]))
    if not chosen:
        return _page(request, found, fault=("", _("Choose the rows first.")), word=word)
    if asked == "refuse" and not word.strip():
        kept = {row.pk for row in chosen}
        return _page(request, found, fault=("#word", _("Write a word on why they are refused.")), kept=kept)
    _decide(request, sorted(chosen, key=lambda row: row.order), word if asked == "refuse" else None)
    return redirect("council:extract", key)


def _decide(request: HttpRequest, chosen: list[ExtractRow], word: str | None) -> None:
    """Each row by itself: what one of them is refused for keeps nobody from the next."""
    done, already, refused = 0, 0, []
    for row in chosen:
        try:
            if word is not None:
                row = services.refuse_extract_row(by=signed_in(request), row=row.pk, word=word)
            else:
                row = services.apply_extract_row(by=signed_in(request), row=row.pk)
        except Refused as fault:
            refused.append(f"{row.name or row.post}: {fault}")
        else:
            already += row.state == ExtractRow.State.ALREADY
            done += row.state != ExtractRow.State.ALREADY
    if done and word is not None:
        messages.success(request, ngettext("%(n)d row refused.", "%(n)d rows refused.", done) % {"n": done})
    elif done:
        messages.success(request, ngettext("%(n)d row applied.", "%(n)d rows applied.", done) % {"n": done})
    if already:
        text = ngettext("%(n)d was true already.", "%(n)d were true already.", already)
        messages.success(request, text % {"n": already})
    for said in refused[:5]:
        messages.error(request, said)
    if len(refused) > 5:
        messages.error(request, _("And %d more could not be applied.") % (len(refused) - 5))


@requires("council.take_extract", navigation="people")
@posted(form_at="council:extract")
def release(request: HttpRequest, key: int) -> HttpResponse:
    """Say that an extract held back is whole."""
    found, form = _extract(key), ReleaseForm(request.POST)
    if form.is_valid():
        try:
            services.release_extract(by=signed_in(request), extract=key, reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.take(refused)
        else:
            messages.success(request, _("Its rows can be decided now."))
            return redirect("council:extract", key)
    return _page(request, found, release=form)


@requires("council.take_extract", navigation="people")
@posted(form_at="council:extract")
def set_aside(request: HttpRequest, key: int) -> HttpResponse:
    """Take an extract out of use."""
    _extract(key)
    try:
        services.set_extract_aside(by=signed_in(request), extract=key)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("council:extract", key)
    messages.success(request, _("The staff list is set aside. What was applied stays applied."))
    return redirect("council:extracts")


def _extract(key: int) -> Extract:
    return get_object_or_404(Extract.objects.select_related("change"), pk=key)


def _page(
    request: HttpRequest,
    found: Extract,
    *,
    release: ReleaseForm | None = None,
    fault: tuple[str, str] | None = None,
    kept: set[int] | None = None,
    word: str = "",
) -> HttpResponse:
    person = roles_of(request.user).person
    context = {
        "extract": found,
        "sections": sections(found, own=person.code if person else ""),
        "decided": decided(found),
        "release": release or ReleaseForm(),
        "fault": fault,
        "kept": kept or set(),
        "word": word,
        "most": SHOWN,
        "open": found.state == Extract.State.OPEN,
    }
    return page(request, "council/extract.html", context)


def _rows(found: Extract) -> list[list[Any]]:
    return [
        [
            str(TITLES[section.kind]),
            one.who,
            one.row.number,
            one.before,
            one.after,
            one.row.line or None,
            str(one.row.get_state_display()),
            one.row.word,
        ]
        for section in sections(found, everything=True)
        for one in section.rows
    ]
