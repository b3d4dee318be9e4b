"""What the council expects of its people: competencies, and the behaviours that show each at every level."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Framework(models.Model):
    """One version of a competency framework. As soon as a template uses it, it is fixed: the next version copies it."""

    title = models.CharField(_("title"), max_length=200)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    adopted_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["title", "version"]
        constraints = [models.UniqueConstraint(fields=["title", "version"], name="one_framework_per_version")]

    def __str__(self) -> str:
        return str(_("%(title)s, version %(version)s") % {"title": self.title, "version": self.version})

    @property
    def is_fixed(self) -> bool:
        return self.templates.exists()


class Level(models.Model):
    """How much is expected: of everybody, of those who lead others, of those who lead the council."""

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="levels")
    order = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=100)

    class Meta:
        ordering = ["framework", "order"]
        constraints = [models.UniqueConstraint(fields=["framework", "order"], name="one_level_per_place")]

    def __str__(self) -> str:
        return self.title


class Competency(models.Model):
    """Something that everybody is expected to do well."""

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="competencies")
    order = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("title"), max_length=200)
    about = models.TextField(blank=True)

    class Meta:
        ordering = ["framework", "order", "pk"]
        verbose_name_plural = "competencies"

    def __str__(self) -> str:
        return self.title


class Behaviours(models.Model):
    """What shows a competency at a level, one behaviour to a line."""

    competency = models.ForeignKey(Competency, models.CASCADE, related_name="behaviours")
    level = models.ForeignKey(Level, models.CASCADE, related_name="behaviours")
    text = models.TextField()

    class Meta:
        ordering = ["competency", "level"]
        verbose_name_plural = "behaviours"
        constraints = [models.UniqueConstraint(fields=["competency", "level"], name="one_text_per_level")]

    def __str__(self) -> str:
        return f"{self.competency}, {self.level}"

    @property
    def lines(self) -> list[str]:
        return [line.strip() for line in self.text.splitlines() if line.strip()]
