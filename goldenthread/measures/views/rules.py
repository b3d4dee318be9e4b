"""The settings of rules: each rule and its versions, whom it rates, and the rule of each tier."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from goldenthread.domain.periods import Period
from goldenthread.domain.words import Frequency
from goldenthread.history.clock import today
from goldenthread.measures.forms.rule import AssignForm
from goldenthread.measures.forms.rules import READ_BY, RuleForm
from goldenthread.measures.models import Measure, Rule, RuleAssignment
from goldenthread.measures.models.definition import Tier
from goldenthread.measures.queries.duties import duties_of, other_officers
from goldenthread.measures.queries.preview import Moved
from goldenthread.measures.queries.rating import Given, changes, given_on, rule_choices, rule_lines, trial_over
from goldenthread.measures.said import rule as version_of
from goldenthread.measures.services import Refused, assign_rule, correct_rule, set_rule
from goldenthread.measures.wording import Wording
from goldenthread.web import render
from goldenthread.web.permission import requires


@requires("council.view_settings", navigation="settings")
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule, what it does and whom it rates."""
    return render.page(request, "measures/rules.html", {"lines": rule_lines(today()), "shown": Wording()})


@requires("council.view_settings", navigation="settings")
def named_rule(request: HttpRequest, code: str) -> HttpResponse:
    """One rule: its versions, and the measures that it rates."""
    choice = next((one for one in rule_choices(today()) if one.code == code), None)
    if choice is None:
        raise Http404
    given = given_on(today())
    entered = entered_by(request) if request.user.has_perm("measures.change_rule") else frozenset()
    own = sorted(measure.code for measure in given.rated_by(code) if measure.pk in entered)[:6]
    context = {
        "choice": choice,
        "versions": Rule.objects.filter(code=code)
        .select_related("change")
        .order_by(F("starts").desc(nulls_last=True), "-entered_at", "-pk"),
        "measures": given.rated_by(code),
        "changes": not own and request.user.has_perm("measures.change_rule"),
        "why_not": f"{own_words(own)} {ask_words(request)}" if own else "",
        "of_measure": given.of_measure,
        "version_of": version_of,
        "shown": Wording(),
    }
    return render.page(request, "measures/named_rule.html", context)


@requires("measures.change_rule", navigation="settings")
def new_rule(request: HttpRequest) -> HttpResponse:
    """A new rule, tried on a tier's measures before it is given to any."""
    trying = _trying(request)
    form = RuleForm(request.POST or None, trying=trying)
    tried: Sequence[Moved] | None = None
    if request.method == "POST" and form.is_valid():
        version, title = form.version(), form.cleaned_data["title"]
        if Rule.objects.filter(code__iexact=version.code).exists():
            form.add_error("code", _("%s is in use already: choose another code.") % version.code)
        elif trying:
            tried = trial_over(_on(form.cleaned_data["on"], given_on(today()), ""), version)
        elif _kept(form, set_rule, by=request.user, rule=version, title=title):
            messages.success(request, _("The rule is there. Give it to a tier or to a measure next."))
            return redirect("measures:named-rule", version.code)
    return _edit(request, form, tried, {"choice": None})


@requires("measures.change_rule", navigation="settings")
def change_rule(request: HttpRequest, code: str) -> HttpResponse:
    """A rule's next version, or its standing one corrected, after seeing whose colour would change."""
    choice = next((one for one in rule_choices(today()) if one.code == code), None)
    if choice is None:
        raise Http404
    given = given_on(today())
    refuse_own(request, given.rated_by(code))
    trying = _trying(request)
    form = RuleForm(request.POST or None, existing=choice.version, title=choice.title, trying=trying)
    tried: Sequence[Moved] | None = None
    if request.method == "POST" and form.is_valid():
        version, said = form.version(), form.cleaned_data
        if trying:
            tried = trial_over(_on(said["on"], given, code), version)
        elif _kept(
            form,
            correct_rule if form.corrects else set_rule,
            by=request.user,
            rule=version,
            title=said["title"],
            **({"reason": said["reason"]} if form.corrects else {}),
        ):
            messages.success(
                request, _("The rule is corrected.") if form.corrects else _("The rule has a new version.")
            )
            return redirect("measures:named-rule", code)
    return _edit(request, form, tried, {"choice": choice})


@requires("council.view_settings", navigation="settings")
def tiers(request: HttpRequest) -> HttpResponse:
    """Each tier, the rule of its measures, and how many follow it."""
    given, titles = given_on(today()), {one.code: one for one in rule_choices(today())}
    entered = entered_by(request)
    rows = [
        {
            "tier": tier,
            "label": label,
            "given": given.of_tier.get(tier),
            "rule": titles.get(given.of_tier[tier].rule) if tier in given.of_tier else None,
            "following": len(given.by_default(tier)),
            "changes": may_change(request, given.by_default(tier), entered),
            "all": sum(1 for measure in given.measures.values() if measure.tier == tier),
        }
        for tier, label in Tier.choices
    ]
    without = [code for code, measure in given.measures.items() if not measure.tier and given.of_measure[code] is None]
    return render.page(request, "measures/tiers.html", {"rows": rows, "without": without, "shown": Wording()})


@requires("measures.change_rule", navigation="settings")
def tier_rule(request: HttpRequest, tier: str) -> HttpResponse:
    """Another rule for a tier from a day on, after seeing what it would say of its measures' last figures."""
    if tier not in Tier.values:
        raise Http404
    given, choices = given_on(today()), rule_choices(today())
    following = given.by_default(tier)
    refuse_own(request, following)
    trying = _trying(request)
    initial = {"starts": Period.of(Frequency.YEAR, today()).next().start}
    form = AssignForm(request.POST or None, choices=choices, trying=trying, initial=initial)
    tried: Sequence[Moved] | None = None
    if request.method == "POST" and form.is_valid():
        chosen = next(one for one in choices if one.code == form.cleaned_data["rule"])
        if trying:
            tried = trial_over(following, chosen.version)
        elif _kept(form, assign_rule, by=request.user, tier=tier, **form.cleaned_data):
            messages.success(request, _("The tier has another rule. Earlier periods keep their statuses."))
            return redirect("measures:tiers")
    context = {
        "tier": tier,
        "label": str(Tier(tier).label),
        "form": form,
        "choices": choices,
        "titles": {one.code: one.title for one in choices},
        "assignments": RuleAssignment.objects.filter(tier=tier, measure__isnull=True).order_by("-entered_at", "-pk"),
        "following": following,
        **_tried(tried, given),
        "shown": Wording(),
    }
    return render.page(request, "measures/tier_rule.html", context)


def refuse_own(request: HttpRequest, rated: Sequence[Measure]) -> None:
    """Nobody changes the rule of measures whose figures they enter. Raises PermissionDenied."""
    entered = entered_by(request)
    codes = sorted(measure.code for measure in rated if measure.pk in entered)[:6]
    if codes:
        raise PermissionDenied(f"{own_words(codes)} {ask_words(request)}")


def own_words(codes: Sequence[str]) -> str:
    """Why somebody may not change the rule of measures of theirs."""
    said = _(
        "It rates measures whose figures you enter (%s), and whoever enters a figure does not say how it is rated."
    )
    return said % ", ".join(codes)


def ask_words(request: HttpRequest) -> str:
    """Who may do it instead."""
    names = other_officers(request.user)
    if not names:
        return _("Ask an administrator to give the performance officer's role to somebody else.")
    return _("Ask %s to change it.") % _(" or ").join(names)


def may_change(request: HttpRequest, rated: Sequence[Measure], entered: frozenset[int]) -> bool:
    """Whether the reader may change the rule of ``rated``, of which they enter ``entered``."""
    return request.user.has_perm("measures.change_rule") and not any(measure.pk in entered for measure in rated)


def entered_by(request: HttpRequest) -> frozenset[int]:
    """The measures whose figures the reader enters, where that keeps them from changing a rule."""
    if not settings.SEPARATE_ENTRY_FROM_TARGETS:
        return frozenset()
    return frozenset(Measure.objects.filter(duties_of(request.user).enters).values_list("pk", flat=True))


def _trying(request: HttpRequest) -> bool:
    return request.method == "POST" and request.POST.get("act") != "save"


def _on(asked: str, given: Given, code: str) -> list[Measure]:
    """The measures on which a rule is tried."""
    if asked == "*":
        return list(given.measures.values())
    return given.by_default(asked) if asked else given.rated_by(code)


def _kept(form: Any, verb: Any, **said: Any) -> bool:
    """Whether the verb was done; what it refuses is put by its field."""
    try:
        verb(**said)
    except Refused as fault:
        form.refuse(fault.faults)
        return False
    return True


def _tried(tried: Sequence[Moved] | None, given: Given) -> dict[str, Any]:
    if tried is None:
        return {"tried": None}
    recoloured = [moved for moved in tried if moved.recoloured]
    return {"tried": tried, "recoloured": recoloured, "changes": changes(tried), "rated": given.measures}


def _edit(request: HttpRequest, form: RuleForm, tried: Sequence[Moved] | None, context: dict[str, Any]) -> HttpResponse:
    read_by = {name: " ".join(families) for name, families in READ_BY.items()}
    values = {"form": form, **_tried(tried, given_on(today())), "read_by": read_by, "shown": Wording()}
    return render.page(request, "measures/edit_rule.html", {**values, **context})
