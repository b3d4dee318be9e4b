"""Sign-ins: opened for a person by an administrator, and closed."""

from django.utils.translation import gettext as _

from goldenthread.accounts.models import User
from goldenthread.council.checks import found
from goldenthread.council.models import Person
from goldenthread.council.sign_in import may_sign_in
from goldenthread.history.acts import Refused, acting, keep


def open_account(*, by: User | None, person: str, reason: str = "") -> User:
    """Let somebody sign in with their e-mail address; they choose a password by a link sent to it.

    Raises Refused without an address, or where it is another person's sign-in.
    """
    with acting(by=by, verb="open_account", object=f"person {person}", reason=reason) as change:
        row = found(Person, "person", person)
        if not row.email:
            raise Refused({"": _("There is no e-mail address: add one first.")})
        user = row.user or User.objects.filter(email__iexact=row.email).first()
        if user is not None and Person.objects.filter(user=user).exclude(pk=row.pk).exists():
            raise Refused({"": _("That e-mail address is another person's sign-in.")})
        if user is None:
            user = User.objects.create_user(row.email, name=row.name)
        user.is_active, user.last_day = True, None
        user.save(update_fields=["is_active", "last_day"])
        row.user = user
        keep(row, change)
        return user


def close_account(*, by: User | None, person: str, reason: str = "") -> None:
    """Stop somebody from signing in, from this moment. What they did stays theirs."""
    with acting(by=by, verb="close_account", object=f"person {person}", reason=reason):
        row = found(Person, "person", person)
        if row.user is None or not may_sign_in(row.user):
            raise Refused({"": _("There is no sign-in to close.")})
        if by is not None and row.user.pk == by.pk:
            raise Refused({"": _("You cannot close your own sign-in: ask another administrator.")})
        row.user.is_active = False
        row.user.save(update_fields=["is_active"])
