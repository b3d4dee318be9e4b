"""Staff without an account: crews that share objectives, one-time codes, and how somebody confirmed on paper."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from goldenthread.appraisals.models.appraisal import Appraisal, Objective
from goldenthread.appraisals.models.years import AppraisalYear
from goldenthread.council.models import Person
from goldenthread.history.models import Said
from goldenthread.measures.models import Measure
from goldenthread.plans.models import Action, Element

#: How often a code may be mistyped.
TRIES = 5


class Crew(models.Model):
    """People who share objectives, in one year. Whoever appraises them writes the objectives once, for all."""

    year = models.ForeignKey(AppraisalYear, models.PROTECT, related_name="crews")
    name = models.CharField(_("name"), max_length=200)

    class Meta:
        ordering = ["year", "name", "pk"]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """Whose appraisal shares the crew's objectives; one crew at most."""

    crew = models.ForeignKey(Crew, models.CASCADE, related_name="memberships")
    appraisal = models.OneToOneField(Appraisal, models.PROTECT, related_name="membership")

    class Meta:
        ordering = ["crew", "pk"]

    def __str__(self) -> str:
        return f"{self.crew_id}: {self.appraisal_id}"


class CrewObjective(models.Model):
    """An objective that a crew shares: what it serves. Its words are sealed in each one's own appraisal."""

    crew = models.ForeignKey(Crew, models.CASCADE, related_name="objectives")
    order = models.PositiveSmallIntegerField(default=0)
    element = models.ForeignKey(Element, models.PROTECT, null=True, blank=True, related_name="+")
    measure = models.ForeignKey(Measure, models.PROTECT, null=True, blank=True, related_name="+")
    action = models.ForeignKey(Action, models.PROTECT, null=True, blank=True, related_name="+")
    dropped_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["crew", "order", "pk"]

    def __str__(self) -> str:
        return f"{self.crew_id}/{self.order}"


class Shared(models.Model):
    """A crew's objective as it stands in the appraisal of one of them."""

    of = models.ForeignKey(CrewObjective, models.CASCADE, related_name="copies")
    objective = models.OneToOneField(Objective, models.CASCADE, related_name="shared")

    class Meta:
        ordering = ["of", "pk"]

    def __str__(self) -> str:
        return f"{self.of_id}: {self.objective_id}"


class OneTimeCode(Said):
    """A code by which somebody without an account confirms an appraisal; kept as a hash, for some days, few tries."""

    appraisal = models.ForeignKey(Appraisal, models.PROTECT, related_name="codes")
    reference = models.CharField(max_length=8, unique=True)
    hashed = models.CharField(max_length=200)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    expires_on = models.DateField()
    tries_left = models.PositiveSmallIntegerField(default=TRIES)
    #: Used, or followed by a newer one.
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["entered_at", "pk"]

    def __str__(self) -> str:
        return self.reference


class Confirmation(Said):
    """How somebody without an account signed: by a one-time code, or on paper, and who holds the paper."""

    class How(models.TextChoices):
        CODE = "code", _("by a one-time code")
        PAPER = "paper", _("on paper")

    appraisal = models.ForeignKey(Appraisal, models.PROTECT, related_name="confirmations")
    how = models.CharField(max_length=10, choices=How)
    signed_on = models.DateField()
    held_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["entered_at", "pk"]

    def __str__(self) -> str:
        return f"{self.appraisal_id}: {self.how}"
