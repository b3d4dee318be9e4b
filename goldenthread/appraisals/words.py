"""The words of appraisals as a reader sees them."""

from django.utils.translation import gettext_lazy as _

from goldenthread.appraisals.models import Side
from goldenthread.domain.appraisals import OverallRule, Stage

#: What comes next.
NEXT = {
    Stage.OBJECTIVES: _("Agree objectives"),
    Stage.MID_YEAR: _("Mid-year review"),
    Stage.YEAR_END: _("Year-end review"),
    Stage.SIGNING: _("Sign"),
    Stage.SIGNED: _("Signed by both"),
    Stage.CLOSED: _("Closed"),
}
#: The steps of a year, as the line across the page names them.
STEPS = (
    (Stage.OBJECTIVES, _("Objectives")),
    (Stage.MID_YEAR, _("Mid-year")),
    (Stage.YEAR_END, _("Year end")),
    (Stage.SIGNING, _("Signed")),
)
SIDES = {
    Side.APPRAISEE: _("appraisee"),
    Side.APPRAISER: _("appraiser"),
    Side.MANAGER: _("appraiser's manager"),
}
RULES = {
    OverallRule.WEIGHTED_MEAN: _("The overall rating is the mean of the objectives' ratings by their weights."),
    OverallRule.LOWEST: _("The overall rating is the lowest of the objectives' ratings."),
    OverallRule.JUDGED: _("The overall rating is the appraiser's judgement of the year as a whole."),
}
