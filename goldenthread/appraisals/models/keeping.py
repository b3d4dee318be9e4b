"""Records opened to officers, held for the law, and removed when their time is up."""

from datetime import date, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from goldenthread.appraisals.models.appraisal import Appraisal
from goldenthread.council.models import Person
from goldenthread.history.models import Said


class Disclosure(Said):
    """One appraisal that an officer asked to have opened: what for, and for how many days once another grants it."""

    class Purpose(models.TextChoices):
        SUBJECT_ACCESS = "subject_access", _("Subject access request")
        GRIEVANCE = "grievance", _("Grievance")
        DISCIPLINARY = "disciplinary", _("Disciplinary case")
        COURT = "court", _("Court or tribunal")

    appraisal = models.ForeignKey(Appraisal, models.PROTECT, related_name="disclosures")
    purpose = models.CharField(_("what for"), max_length=20, choices=Purpose)
    reason = models.TextField(_("reason"))
    days = models.PositiveSmallIntegerField(_("days"))
    #: The appraisee is told from this day; none: from the day on which it was granted.
    tell_from = models.DateField(null=True, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["entered_at", "pk"]

    def __str__(self) -> str:
        return f"{self.appraisal_id}: {self.purpose}"

    def step(self, kind: str) -> "DisclosureStep | None":
        return next((one for one in self.steps.all() if one.kind == kind), None)

    @property
    def granted(self) -> "DisclosureStep | None":
        return self.step(DisclosureStep.Kind.GRANTED)

    @property
    def ended(self) -> "DisclosureStep | None":
        return self.step(DisclosureStep.Kind.ENDED)

    @property
    def openings(self) -> "list[DisclosureStep]":
        return [one for one in self.steps.all() if one.kind == DisclosureStep.Kind.OPENED]

    @property
    def starts(self) -> date | None:
        return timezone.localdate(self.granted.entered_at) if self.granted else None

    @property
    def until(self) -> date | None:
        """The last day on which it opens."""
        return self.starts + timedelta(days=self.days - 1) if self.starts else None

    def is_open(self, day: date) -> bool:
        return self.ended is None and self.until is not None and day <= self.until

    @property
    def waits(self) -> bool:
        """Whether it has neither been granted nor refused."""
        return self.granted is None and self.ended is None

    def is_told(self, day: date) -> bool:
        """Whether the appraisee is told of it."""
        return self.granted is not None and (self.tell_from is None or self.tell_from <= day)


class DisclosureStep(Said):
    """What became of it: granted by another officer, opened, ended before its time or refused."""

    class Kind(models.TextChoices):
        GRANTED = "granted", _("granted")
        OPENED = "opened", _("opened")
        ENDED = "ended", _("ended")

    disclosure = models.ForeignKey(Disclosure, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=Kind)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["entered_at", "pk"]

    def __str__(self) -> str:
        return f"{self.disclosure_id}: {self.kind}"


class LegalHold(Said):
    """An appraisal that is kept whatever its age, until the hold is lifted."""

    appraisal = models.ForeignKey(Appraisal, models.PROTECT, related_name="holds")
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    lifted_on = models.DateField(null=True, blank=True)
    lifted_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["entered_at", "pk"]

    def __str__(self) -> str:
        return f"{self.appraisal_id}"


class Removal(Said):
    """That what was written in an appraisal was removed when its time was up."""

    appraisal = models.OneToOneField(Appraisal, models.PROTECT, related_name="removal")

    class Meta:
        ordering = ["entered_at", "pk"]

    def __str__(self) -> str:
        return f"{self.appraisal_id}"
