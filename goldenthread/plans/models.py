"""Plans, what they say, how it hangs together, and what is done about it."""

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from goldenthread.council.models import Post, Unit
from goldenthread.domain import words
from goldenthread.history.constraints import unique_from_day
from goldenthread.history.fields import FigureField
from goldenthread.history.models import Said


class Plan(models.Model):
    """A council plan, service plan or the like: what a unit means to achieve from a day to a day."""

    code = models.CharField(_("code"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=60, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="plans")
    purpose = models.TextField(_("what it is for"), blank=True)
    budget = models.TextField(_("budget headline"), blank=True)
    starts = models.DateField(_("starts"), null=True, blank=True)
    ends = models.DateField(_("ends"), null=True, blank=True)
    succeeds = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="successors")
    state = models.CharField(_("state"), max_length=20, default=words.PlanState.DRAFT)
    history = HistoricalRecords()

    class Meta:
        ordering = [models.F("starts").asc(nulls_first=True), "code"]

    def __str__(self) -> str:
        return self.title


class ElementKind(models.Model):
    """The council's own word for a kind of element, such as Pledge, and what it counts as."""

    code = models.CharField(_("code"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=100)
    counts_as = models.CharField(_("counts as"), max_length=20, blank=True)
    order = models.PositiveIntegerField(default=0)
    history = HistoricalRecords()

    class Meta:
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.title


class Element(models.Model):
    """One thing that a plan says. Never deleted: it ends, and may be succeeded by an element of the next plan."""

    code = models.CharField(_("code"), max_length=60, unique=True)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="elements")
    kind = models.ForeignKey(ElementKind, models.PROTECT, related_name="elements")
    title = models.CharField(_("title"), max_length=400)
    description = models.TextField(_("description"), blank=True)
    owner = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="elements")
    roll_up = models.CharField(_("roll-up"), max_length=20, default=words.RollUp.COUNTS)
    order = models.PositiveIntegerField(default=0)
    starts = models.DateField(_("starts"), null=True, blank=True)
    ends = models.DateField(_("ends"), null=True, blank=True)
    succeeded_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")
    #: Counts the savings, so that two people editing at once are told (services.change_element).
    edition = models.PositiveIntegerField(default=1)
    history = HistoricalRecords(excluded_fields=["edition"])

    class Meta:
        ordering = ["plan", "order", "code"]

    def __str__(self) -> str:
        return self.title


class Link(models.Model):
    """``below`` serves ``above``, with a weight, from a day to a day."""

    above = models.ForeignKey(Element, models.PROTECT, related_name="links_down")
    below = models.ForeignKey(Element, models.PROTECT, related_name="links_up")
    weight = FigureField(null=False, default=Decimal(1))
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["above", "below", models.F("starts").asc(nulls_first=True)]
        constraints = [
            models.CheckConstraint(condition=~models.Q(above=models.F("below")), name="link_joins_two_elements"),
            unique_from_day("above", "below", name="one_link_per_start"),
        ]

    def __str__(self) -> str:
        return f"{self.below_id} → {self.above_id}"


class Action(models.Model):
    """Something to be done for an element. ``original_due`` never changes; ``due`` is the date as last approved."""

    code = models.CharField(_("code"), max_length=60, unique=True)
    element = models.ForeignKey(Element, models.PROTECT, related_name="actions")
    title = models.CharField(_("title"), max_length=400)
    owner = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="actions")
    starts = models.DateField(_("starts"), null=True, blank=True)
    original_due = models.DateField(_("original due date"), null=True, blank=True)
    due = models.DateField(_("due"), null=True, blank=True)
    progress = models.PositiveSmallIntegerField(_("progress"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=20, default=words.ActionState.PLANNED)
    completed_on = models.DateField(_("completed on"), null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = [models.F("due").asc(nulls_last=True), "code"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether there is still something to do: it is neither completed nor given up."""
        return self.state in (words.ActionState.PLANNED, words.ActionState.UNDER_WAY)


class Milestone(models.Model):
    """A step of an action, with its date and the day on which it was reached."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="milestones")
    code = models.CharField(_("code"), max_length=60)
    title = models.CharField(_("title"), max_length=400)
    due = models.DateField(_("due"), null=True, blank=True)
    reached_on = models.DateField(_("reached on"), null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = [models.F("due").asc(nulls_last=True), "code"]
        constraints = [models.UniqueConstraint(fields=["action", "code"], name="one_milestone_per_code")]

    def __str__(self) -> str:
        return self.title


class ActionProgress(Said):
    """How far an action had come, as its owner said."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="reports")
    progress = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(max_length=20, default=words.ActionState.UNDER_WAY)
    note = models.TextField(blank=True)
    by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["entered_at", "pk"]
        verbose_name_plural = "action progress"
        constraints = [models.UniqueConstraint(fields=["action", "entered_at"], name="one_progress_per_moment")]

    def __str__(self) -> str:
        return f"{self.action_id}: {self.progress}%"


class Rescheduling(Said):
    """A later date, asked for; then approved or refused by somebody else. The last row of an action counts."""

    class Step(models.TextChoices):
        ASKED = "asked", _("Asked for")
        APPROVED = "approved", _("Approved")
        REFUSED = "refused", _("Refused")

    action = models.ForeignKey(Action, models.PROTECT, related_name="reschedulings")
    step = models.CharField(max_length=20, choices=Step)
    due = models.DateField()
    reason = models.TextField(blank=True)
    by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["entered_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["action", "entered_at"], name="one_rescheduling_per_moment")]

    def __str__(self) -> str:
        return f"{self.action_id}: {self.step} {self.due}"


class ElementJudgement(Said):
    """A status that a person gives an element, with a reason and an expiry."""

    element = models.ForeignKey(Element, models.PROTECT, related_name="judgements")
    period = models.CharField(max_length=40)
    status = models.CharField(max_length=30)
    reason = models.TextField(blank=True)
    by_name = models.CharField(max_length=200, blank=True)
    expires = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["entered_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["element", "period", "entered_at"], name="one_element_judgement_per_moment")
        ]

    def __str__(self) -> str:
        return f"{self.element_id} {self.period}: {self.status}"


class ElementCommentary(Said):
    """What an element's owner wrote about a period."""

    element = models.ForeignKey(Element, models.PROTECT, related_name="commentary")
    period = models.CharField(max_length=40)
    comment = models.TextField()
    by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["entered_at", "pk"]
        verbose_name_plural = "element commentary"
        constraints = [
            models.UniqueConstraint(
                fields=["element", "period", "entered_at"], name="one_element_commentary_per_moment"
            )
        ]

    def __str__(self) -> str:
        return f"{self.element_id} {self.period}"
