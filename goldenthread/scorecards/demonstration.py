"""The demonstration council, brought in as any council's data package is, and a sign-in for each role."""

import tempfile
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from goldenthread import demonstration
from goldenthread.accounts.models import User
from goldenthread.appraisals.demonstration import begin_the_demonstrations_appraisals
from goldenthread.council.demonstration import take_in_the_demonstrations_staff_list
from goldenthread.council.models import Person, Role, Unit
from goldenthread.history.models import Change
from goldenthread.history.services import write_change
from goldenthread.package.faults import Refused
from goldenthread.package.load import load
from goldenthread.package.terminal import progress
from goldenthread.web.context import SignIn

#: What there is to see as each.
ABOUT = {
    Role.ADMINISTRATOR: _("Looks after units, people and roles."),
    Role.PERFORMANCE_OFFICER: _("Runs the framework: definitions, targets, rules, every figure."),
    Role.HEAD_OF_SERVICE: _("Answers for the measures of a service."),
    Role.MEASURE_OWNER: _("Enters figures and explains them."),
    Role.SUPPLIER: _("Sends in one partner's figures and sees nothing else."),
    Role.HUMAN_RESOURCES: _("Runs the appraisal year, and reads no appraisal but their own team's."),
    Role.MEMBER: _("Sees what is released to councillors."),
    Role.AUDITOR: _("Reads everything and changes nothing."),
    Role.VIEWER: _("Reads the boards."),
}


def set_up_demonstration(*, scale: int = 1, quiet: bool = False) -> bool:
    """Load Wenlow City Council into an empty database and give its people sign-ins. Done before, it changes nothing.

    Says whether anything was loaded. Raises CommandError where the database holds another council, or in earnest use.
    """
    if not settings.DEMONSTRATION:
        raise CommandError("The demonstration has a known password: it runs only where GOLDENTHREAD_DEMONSTRATION=1.")
    with tempfile.TemporaryDirectory() as folder:
        package = Path(folder) / "wenlow"
        fresh = not Unit.objects.exists()
        if fresh:
            demonstration.write(package, scale=scale)
            _load(package, quiet=quiet)
        elif not _holds_the_demonstration():
            raise CommandError("This database holds another council: give the demonstration one of its own.")
    _give_sign_ins()
    begin_the_demonstrations_appraisals()
    take_in_the_demonstrations_staff_list()
    return fresh


def _load(package: Path, *, quiet: bool) -> None:
    try:
        with progress(shown=not quiet) as told:
            load(package, by_name="goldenthread demo", progress=told)
    except Refused as refused:
        raise CommandError("\n".join([*map(str, refused.faults), str(refused)])) from None


def sign_ins() -> list[SignIn]:
    """Who may sign in, for the sign-in page and for whoever started the demonstration."""
    names = dict(Person.objects.values_list("code", "name"))
    return [
        SignIn(
            role=str(Role(role).label),
            name=names[person],
            email=email,
            password=settings.DEMONSTRATION_PASSWORD,
            about=str(ABOUT[Role(role)]),
        )
        for role, person, email in demonstration.SIGN_INS
        if person in names
    ]


def _holds_the_demonstration() -> bool:
    ours = {person for _role, person, _email in demonstration.SIGN_INS}
    return Person.objects.filter(code__in=ours).count() == len(ours)


def _give_sign_ins() -> None:
    with transaction.atomic():
        change: Change | None = None
        for _role, code, email in demonstration.SIGN_INS:
            person = Person.objects.select_for_update().get(code=code)
            if person.user_id is not None:
                continue
            change = change or write_change(by=None, verb="give_sign_ins", object="demonstration")
            person.user = User.objects.filter(email=email).first() or User.objects.create_user(
                email, settings.DEMONSTRATION_PASSWORD, name=person.name
            )
            person._history_date = change.at
            person._change_reason = change.verb
            person.save()
