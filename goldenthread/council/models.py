"""The council: its units, posts and people, the bodies they sit on, and the roles granted to them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from goldenthread.history.constraints import unique_from_day


class UnitKind(models.TextChoices):
    COUNCIL = "council", _("Council")
    PARTNER = "partner", _("Partner organisation")
    DIRECTORATE = "directorate", _("Directorate")
    SERVICE = "service", _("Service")
    TEAM = "team", _("Team")


class Unit(models.Model):
    """A council, partner, directorate, service or team: one dated tree."""

    code = models.CharField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=UnitKind, default=UnitKind.SERVICE)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    area = models.CharField(_("area"), max_length=60, blank=True)
    starts = models.DateField(_("starts"), null=True, blank=True)
    ends = models.DateField(_("ends"), null=True, blank=True)
    succeeded_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")
    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A job in a unit. Duties belong to posts, since people leave."""

    code = models.CharField(_("code"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=200)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    tier = models.CharField(_("tier"), max_length=40, blank=True)
    reports_to = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="reports")
    history = HistoricalRecords()

    class Meta:
        ordering = ["title", "code"]

    def __str__(self) -> str:
        return self.title


class Person(models.Model):
    """Somebody who holds posts, and may have a sign-in."""

    code = models.CharField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail address"), blank=True)
    employee_number = models.CharField(_("employee number"), max_length=40, blank=True)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="person")
    history = HistoricalRecords()

    class Meta:
        ordering = ["name", "code"]

    def __str__(self) -> str:
        return self.name


class AppointmentKind(models.TextChoices):
    SUBSTANTIVE = "substantive", _("Substantive")
    ACTING = "acting", _("Acting")
    JOB_SHARE = "job_share", _("Job share")
    INTERIM = "interim", _("Interim")


class Appointment(models.Model):
    """A person in a post, from a day to a day."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="appointments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    kind = models.CharField(max_length=20, choices=AppointmentKind, default=AppointmentKind.SUBSTANTIVE)
    fte = models.CharField(max_length=20, blank=True)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = [models.F("starts").asc(nulls_first=True), "pk"]
        constraints = [unique_from_day("post", "person", name="one_appointment_per_start")]

    def __str__(self) -> str:
        return f"{self.person}, {self.post}"


class BodyKind(models.TextChoices):
    COUNCIL = "council", _("Full council")
    CABINET = "cabinet", _("Cabinet")
    COMMISSION = "commission", _("Scrutiny commission")
    COMMITTEE = "committee", _("Committee")
    BOARD = "board", _("Board")
    TEAM = "team", _("Management team")


class Body(models.Model):
    """Full council, cabinet, a commission or a board: people who meet."""

    code = models.CharField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=BodyKind, default=BodyKind.COMMITTEE)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="bodies")
    starts = models.DateField(_("starts"), null=True, blank=True)
    ends = models.DateField(_("ends"), null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "bodies"

    def __str__(self) -> str:
        return self.name


class Seat(models.Model):
    """A place on a body and who sits in it, from a day to a day: a person, or whoever holds a post."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="seats")
    code = models.CharField(_("seat"), max_length=60)
    role = models.CharField(_("role"), max_length=200, blank=True)
    group = models.CharField(_("political group"), max_length=100, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="seats")
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="seats")
    order = models.PositiveIntegerField(default=0)
    starts = models.DateField(_("starts"), null=True, blank=True)
    ends = models.DateField(_("ends"), null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["body", "order", "code", models.F("starts").asc(nulls_first=True)]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=True) | models.Q(post__isnull=True), name="seat_has_one_holder"
            ),
            unique_from_day("body", "code", name="one_seat_holding_per_start"),
        ]

    def __str__(self) -> str:
        return f"{self.body}: {self.role or self.code}"


class Role(models.TextChoices):
    ADMINISTRATOR = "administrator", _("Administrator")
    PERFORMANCE_OFFICER = "performance_officer", _("Performance officer")
    HEAD_OF_SERVICE = "head_of_service", _("Head of service")
    MEASURE_OWNER = "measure_owner", _("Measure owner")
    SUPPLIER = "supplier", _("Data supplier")
    HUMAN_RESOURCES = "human_resources", _("Human resources")
    MEMBER = "member", _("Member")
    AUDITOR = "auditor", _("Auditor")
    VIEWER = "viewer", _("Viewer")


class Grant(models.Model):
    """A role given to a post or a person, for a unit and all below it (none: everywhere), from a day to a day."""

    role = models.CharField(max_length=30, choices=Role)
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="grants")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="grants")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="grants")
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["role", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(post__isnull=False, person__isnull=True)
                | models.Q(post__isnull=True, person__isnull=False),
                name="grant_has_one_holder",
            ),
            unique_from_day(
                "role", "post", "person", "unit", name="one_grant_per_start", nullable=("post", "person", "unit")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.post or self.person}"
