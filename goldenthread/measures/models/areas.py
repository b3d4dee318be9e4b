"""Other places: areas, the groups they form, and their figures to compare with."""

from django.db import models

from goldenthread.history.constraints import unique_from_day
from goldenthread.history.fields import FigureField
from goldenthread.history.models import Change
from goldenthread.measures.models.definition import Measure, word_field


class Area(models.Model):
    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=60, blank=True)
    region = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class AreaGroup(models.Model):
    """Nearest neighbours, a family group, a region: whom a council compares itself with."""

    code = models.CharField(max_length=120, unique=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class AreaMembership(models.Model):
    group = models.ForeignKey(AreaGroup, models.PROTECT, related_name="memberships")
    area = models.ForeignKey(Area, models.PROTECT, related_name="memberships")
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [unique_from_day("group", "area", name="one_membership_per_start")]

    def __str__(self) -> str:
        return f"{self.group} {self.area}"


class Comparator(models.Model):
    """Another area's figure for a measure and period."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="comparators")
    area = models.ForeignKey(Area, models.PROTECT, related_name="comparators")
    period = models.CharField(max_length=40)
    category = models.CharField(max_length=400, blank=True)
    numerator = FigureField()
    denominator = FigureField()
    value = FigureField()
    source = models.TextField(blank=True)
    published_on = models.DateField(null=True, blank=True)
    change = models.ForeignKey(Change, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            unique_from_day(
                "measure", "period", "area", "category", name="one_comparator_per_publication", day="published_on"
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.area_id} {self.period}"


class Benchmark(models.Model):
    """A published line without members, such as “top quartile 59%”."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="benchmarks")
    group = models.ForeignKey(AreaGroup, models.PROTECT, related_name="benchmarks")
    period = models.CharField(max_length=40)
    statistic = word_field()
    value = FigureField()
    source = models.TextField(blank=True)
    published_on = models.DateField(null=True, blank=True)
    change = models.ForeignKey(Change, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            unique_from_day(
                "measure", "group", "period", "statistic", name="one_benchmark_per_publication", day="published_on"
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.group_id} {self.statistic}"
