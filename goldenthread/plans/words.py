"""The words of plans as a reader sees them."""

from django.utils.translation import gettext_lazy as _

from goldenthread.domain.words import PlanState, RollUp

PLAN_STATES = {
    PlanState.DRAFT: _("Draft"),
    PlanState.CONSULTED: _("Out to consultation"),
    PlanState.ADOPTED: _("Adopted"),
    PlanState.CLOSED: _("Closed"),
}
ROLL_UPS = {
    RollUp.COUNTS: _("Counted: how many of the measures beneath it are on target, and no colour of its own"),
    RollUp.WEIGHTED_MEAN: _("The weighted mean of what serves it"),
    RollUp.WORST_OF: _("The worst of what serves it"),
    RollUp.JUDGED: _("Judged by its owner, with a reason and until a day"),
}
