"""What people write and rate: the only rows that hold it, and it is encrypted before it reaches them."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from goldenthread.appraisals.models.appraisal import Appraisal, Objective
from goldenthread.council.models import Person
from goldenthread.history.models import Said


class Side(models.TextChoices):
    """From which side somebody reads or writes. A colleague who was asked writes, and reads nothing but that."""

    APPRAISEE = "appraisee", _("Appraisee")
    APPRAISER = "appraiser", _("Appraiser")
    MANAGER = "manager", _("Appraiser's manager")
    ASKED = "asked", _("Colleague asked for feedback")
    PANEL = "panel", _("Moderation panel")


class Sealed(Said):
    """Something written or rated. The last of a kind, objective, topic and side counts; evidence and notes all do."""

    class Kind(models.TextChoices):
        OBJECTIVE = "objective"
        EVIDENCE = "evidence"
        NOTE = "note"
        RATING = "rating"
        COMPETENCY = "competency"
        OVERALL = "overall"
        COMMENT = "comment"
        DISAGREEMENT = "disagreement"
        ANSWER = "answer"
        NEED = "need"
        QUESTION = "question"
        FEEDBACK = "feedback"
        MODERATION = "moderation"

    identity = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    appraisal = models.ForeignKey(Appraisal, models.PROTECT, related_name="sealed")
    objective = models.ForeignKey(Objective, models.PROTECT, null=True, blank=True, related_name="sealed")
    kind = models.CharField(max_length=20, choices=Kind)
    topic = models.CharField(max_length=40, blank=True)
    side = models.CharField(max_length=20, choices=Side)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    key = models.CharField(max_length=40)
    content = models.BinaryField()

    class Meta:
        ordering = ["entered_at", "pk"]
        verbose_name_plural = "sealed"

    def __str__(self) -> str:
        return str(self.identity)

    @property
    def bound_to(self) -> str:
        """What the content is bound to: put into another row it does not open."""
        return f"{self.identity}|{self.appraisal_id}|{self.objective_id}|{self.kind}|{self.topic}|{self.side}"
