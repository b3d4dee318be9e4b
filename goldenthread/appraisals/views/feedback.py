"""Feedback: asked from an appraisal, and answered by a colleague on a page that shows nothing else of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from goldenthread.appraisals import services
from goldenthread.appraisals.content import asked_of
from goldenthread.appraisals.forms import AskForm, TextForm
from goldenthread.appraisals.models import Asked
from goldenthread.appraisals.queries.feedback import asked_of_me
from goldenthread.appraisals.views.appraisal import readable
from goldenthread.appraisals.views.sealed import sealed
from goldenthread.history.acts import Refused
from goldenthread.web.permission import requires, signed_in
from goldenthread.web.posting import posted
from goldenthread.web.render import page


@requires("appraisals.take_part", navigation="appraisals")
@sealed
def my_feedback(request: HttpRequest) -> HttpResponse:
    """What colleagues ask of the reader, what waits for an answer first."""
    return page(request, "appraisals/my_feedback.html", {"asked": asked_of_me(request.user)})


@requires("appraisals.take_part", navigation="appraisals")
@sealed
def give(request: HttpRequest, key: int) -> HttpResponse:
    """The question, and the reader's own answer."""
    row = get_object_or_404(Asked.objects.select_related("appraisal__person", "appraisal__year", "by"), pk=key)
    found = asked_of(row, reader=request.user)
    label = _("Your answer")
    hint = _("%s, their appraiser and the appraiser's manager read it, with your name.") % row.appraisal.person.name
    form = TextForm(
        request.POST if request.method == "POST" else None, label=label, hint=hint, initial={"text": found.answer}
    )
    if form.is_bound and form.is_valid():
        try:
            services.give_feedback(by=signed_in(request), asked=key, **form.cleaned_data)
        except Refused as refused:
            form.take(refused)
        else:
            messages.success(request, _("Thank you: your feedback is given."))
            return redirect("appraisals:my-feedback")
    return page(request, "appraisals/give_feedback.html", {"asked": row, "found": found, "form": form})


@requires("appraisals.take_part", navigation="appraisals")
@sealed
def ask(request: HttpRequest, key: int) -> HttpResponse:
    row = readable(request, key, "appraisals.write_objectives")
    form = AskForm(request.POST if request.method == "POST" else None, appraisal=row)
    if form.is_bound and form.is_valid():
        try:
            asked = services.ask_for_feedback(by=signed_in(request), appraisal=key, **form.cleaned_data)
        except Refused as refused:
            form.take(refused)
        else:
            messages.success(request, _("%s is asked, and sees nothing but your question.") % asked.person.name)
            if not services.mail_asked(asked):
                said = _("The mail to %s could not be sent: tell them that it waits under Appraisals, Feedback.")
                messages.error(request, said % asked.person.name)
            return redirect("appraisals:appraisal", key)
    context = {"appraisal": row, "form": form, "title": _("Ask a colleague for feedback"), "save": _("Ask them")}
    return page(request, "appraisals/form.html", context)


@requires("appraisals.take_part", navigation="appraisals")
@sealed
@posted(form_at="appraisals:appraisal")
def withdraw(request: HttpRequest, key: int, asked: int) -> HttpResponse:
    readable(request, key, "appraisals.write_objectives")
    try:
        row = services.withdraw_feedback(by=signed_in(request), appraisal=key, asked=asked)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("%s is asked no longer.") % row.person.name)
    return redirect("appraisals:appraisal", key)
