"""The words of appraisals as a reader sees them."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from goldenthread.appraisals.models import Appraisal, Sealed, Side, Template
from goldenthread.domain.appraisals import OverallRule, Stage, Standing

#: What comes next.
NEXT = {
    Stage.OBJECTIVES: _("Agree objectives"),
    Stage.MID_YEAR: _("Mid-year review"),
    Stage.YEAR_END: _("Year-end review"),
    Stage.SIGNING: _("Sign"),
    Stage.SIGNED: _("Signed by both"),
    Stage.CLOSED: _("Closed"),
}
#: The same, as the one who is appraised has to do it.
FOR_APPRAISEE = NEXT | {
    Stage.OBJECTIVES: _("Set your objectives"),
    Stage.MID_YEAR: _("Get ready for the mid-year review"),
    Stage.YEAR_END: _("Rate your year"),
    Stage.SIGNING: _("Read and sign"),
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
    Side.PANEL: _("moderation panel"),
}
#: What a row of somebody's own copy is.
KINDS = {
    Sealed.Kind.OBJECTIVE: _("Objective"),
    Sealed.Kind.EVIDENCE: _("Evidence"),
    Sealed.Kind.NOTE: _("Note of a one-to-one"),
    Sealed.Kind.RATING: _("Rating of an objective"),
    Sealed.Kind.COMPETENCY: _("Rating of a competency"),
    Sealed.Kind.OVERALL: _("Rating of the year as a whole"),
    Sealed.Kind.COMMENT: _("Comment"),
    Sealed.Kind.DISAGREEMENT: _("Disagreement"),
    Sealed.Kind.ANSWER: _("Answer to the disagreement"),
    Sealed.Kind.NEED: _("Need for development"),
    Sealed.Kind.QUESTION: _("Question to a colleague"),
    Sealed.Kind.FEEDBACK: _("Feedback"),
    Sealed.Kind.MODERATION: _("Rating suggested by the panel"),
}
RULES = {
    OverallRule.WEIGHTED_MEAN: _("The overall rating is the mean of the objectives' ratings by their weights."),
    OverallRule.LOWEST: _("The overall rating is the lowest of the objectives' ratings."),
    OverallRule.JUDGED: _("The overall rating is the appraiser's judgement of the year as a whole."),
}
_COUNTED = {
    OverallRule.WEIGHTED_MEAN: _(
        "Objectives make %(rest)s%% of the overall rating, by their weights; competencies make %(share)s%%, all alike."
    ),
    OverallRule.LOWEST: _("The overall rating is the lowest of all ratings, of objectives and of competencies."),
}


def done_at(appraisal: Appraisal, stands: Standing) -> tuple[str, int]:
    """The page on which the next step is taken, by its name and key."""
    return ("appraisals:sign" if stands.stage is Stage.SIGNING else "appraisals:appraisal"), appraisal.pk


def rule_words(template: Template) -> str:
    """How the overall rating follows from the others, and whether competencies count."""
    rule, share = template.overall_rule, template.competencies_share
    if share and rule in _COUNTED:
        return str(_COUNTED[rule]) % {"rest": 100 - share, "share": share}
    if template.framework_id is None:
        return str(RULES[rule])
    return " ".join([str(RULES[rule]), gettext("Competencies are rated beside it, and do not count.")])
