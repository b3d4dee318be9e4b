"""Changes: one row for each thing that a person, a file or a job did; and what every record of something said has."""

from django.conf import settings
from django.db import models


class Change(models.Model):
    """Who did what to which object, when, from what source and why. Never altered, never removed."""

    at = models.DateTimeField(db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    by_name = models.CharField(max_length=200, blank=True)
    verb = models.CharField(max_length=60)
    object = models.CharField(max_length=200, db_index=True)
    source = models.CharField(max_length=300, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.verb} {self.object}"


class Said(models.Model):
    """A row that is never overwritten: a later one of the same key supersedes it."""

    entered_at = models.DateTimeField()
    change = models.ForeignKey(Change, models.PROTECT, related_name="+")

    class Meta:
        abstract = True
