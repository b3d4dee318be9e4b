"""goldenthread demo: the demonstration council."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from goldenthread.council.models import Person, Unit
from goldenthread.measures.models import Actual, Measure, Result
from goldenthread.scorecards.demonstration import set_up_demonstration, sign_ins


class Command(BaseCommand):
    help = "Load the demonstration council into an empty database, with a sign-in for each role. Again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--scale", type=int, default=1, metavar="N", help="so many times as many measures")
        parser.add_argument("--format", choices=["table", "json"], default="table", help="default %(default)s")

    def handle(self, *, scale: int, format: str, verbosity: int, **options: Any) -> None:
        if scale < 1:
            self.stderr.write("--scale should be 1 or more.")
            raise SystemExit(2)
        loaded = set_up_demonstration(scale=scale, quiet=format == "json" or verbosity == 0)
        people = [{"role": one.role, "name": one.name, "email": one.email} for one in sign_ins()]
        if format == "json":
            told = {"loaded": loaded, "password": settings.DEMONSTRATION_PASSWORD, "sign_ins": people}
            self.stdout.write(json.dumps(told, indent=2))
            return
        self.stdout.write(f"The demonstration council is {'loaded' if loaded else 'there already'}: {counted()}.")
        self.stdout.write(f"Sign in with the password {settings.DEMONSTRATION_PASSWORD} as")
        for person in people:
            self.stdout.write("  {role:<20}  {email:<40}  {name}".format(**person))


def counted() -> str:
    numbers = {"units": Unit, "people": Person, "measures": Measure, "figures": Actual, "results": Result}
    return ", ".join(f"{kind.objects.count():,} {name}" for name, kind in numbers.items())
