"""Mails about appraisals: where they go, and the way they show. Nothing that is sealed is ever put into one."""

from django.conf import settings
from django.utils.translation import gettext as _

from goldenthread.council.models import Person
from goldenthread.council.sign_in import may_sign_in
from goldenthread.web.links import full_address


def address_of(person: Person) -> str:
    """Where the person's mail goes: the address they sign in with, else the one on record."""
    if person.user is not None:
        return person.user.email if may_sign_in(person.user) else ""
    return person.email


def led(said: str, page: str, key: int) -> str:
    """What is said, and below it the link to the page, where the site's address is known."""
    address = full_address(page, key)
    return f"{said}\n  {address}" if address else said


def letter(person: Person, parts: list[str], way: str) -> str:
    """The whole text; ``way`` leads on in words where no link does."""
    hello = _("Hello %s,") % person.name
    on = _("Sign in to open it.") if settings.SITE_ADDRESS else way
    end = " ".join([on, _("What is written in appraisals is never put into a mail.")])
    return "\n\n".join([hello, *parts, end]) + "\n"
