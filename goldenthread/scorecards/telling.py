"""What happened lately, in words."""

from dataclasses import dataclass

from django.utils.translation import gettext

from goldenthread.domain.words import State
from goldenthread.measures.wording import Wording
from goldenthread.scorecards.queries.home import Event


@dataclass(frozen=True, slots=True)
class Telling(Wording):
    """How one reader is told of events; the measure's name follows."""

    def event(self, event: Event) -> str:
        row, period = event.row, self.period(event.row.period)
        if event.kind == "words":
            return gettext("Commentary on %(period)s:") % {"period": period}
        if event.kind == "target":
            value = self.amount(event.line.definition, row.value) or self.span(event.line.definition, row.low, row.high)
            said = {"period": period, "value": value}
            if row.amends:
                return gettext("Target of %(period)s amended to %(value)s:") % said
            if row.corrects:
                return gettext("Target of %(period)s corrected to %(value)s:") % said
            return gettext("Target of %(period)s set at %(value)s:") % said
        value = self.amount(event.line.definition, row.value)
        if not value:
            return gettext("No figure for %(period)s, and why:") % {"period": period}
        said = {"period": period, "value": value}
        if row.state == State.RESTATED:
            return gettext("%(period)s restated to %(value)s:") % said
        return gettext("%(value)s for %(period)s:") % said
