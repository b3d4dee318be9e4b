"""Long absence: from when to when, and never why. The staff list says it, or whoever looks after appraisals."""

from datetime import date, timedelta

from goldenthread.council.models import Absence, Person
from goldenthread.council.roles import running
from goldenthread.history.acts import keep
from goldenthread.history.clock import today
from goldenthread.history.models import Change


def say_absent(change: Change, person: Person, *, absent: bool, until: date | None = None) -> None:
    """Within an act: somebody is absent today, until a day where one is known; or is not, and was until yesterday."""
    now = Absence.objects.select_for_update().filter(running(today()), person=person).first()
    if now is None and absent:
        keep(Absence(person=person, starts=today(), ends=until), change)
    elif now is not None and (not absent or now.ends != until):
        now.ends = until if absent else today() - timedelta(days=1)
        keep(now, change)
