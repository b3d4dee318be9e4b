"""The words of the field as a reader sees them, in the reader's language."""

from django.utils.translation import gettext_lazy as _

from goldenthread.domain.words import Direction, Signal, State, Status

STATUS_WORDS = {
    Status.BLUE: _("Blue"),
    Status.GREEN: _("Green"),
    Status.GREEN_AMBER: _("Green-amber"),
    Status.AMBER: _("Amber"),
    Status.RED_AMBER: _("Red-amber"),
    Status.RED: _("Red"),
    Status.NOT_RATED: _("Not rated"),
    Status.NO_TARGET: _("No target"),
    Status.NOT_DUE: _("Not due"),
    Status.AWAITED: _("Awaited"),
    Status.OVERDUE: _("Overdue"),
    Status.NOT_APPLICABLE: _("Not applicable"),
    Status.CANNOT_COMPUTE: _("Cannot compute"),
}
DIRECTION_WORDS = {
    Direction.BETTER: _("Better"),
    Direction.SAME: _("Same"),
    Direction.WORSE: _("Worse"),
    Direction.NONE: _("No direction"),
}
SIGNAL_WORDS = {
    Signal.IMPROVING: _("Improving"),
    Signal.WORSENING: _("Worsening"),
    Signal.NO_CHANGE: _("No change"),
    Signal.TOO_FEW: _("Too few points"),
    Signal.NOT_APPLICABLE: _("Not applicable"),
}
#: The marks that stand on a status beside its word; "final" is not worth saying.
STATE_WORDS = {
    State.ESTIMATE: _("estimate"),
    State.PROVISIONAL: _("provisional"),
    State.RESTATED: _("restated"),
}
