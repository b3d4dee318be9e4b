"""The council: its units, posts and people, the bodies they sit on, and the roles granted to them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from goldenthread.domain import staff
from goldenthread.history.constraints import unique_from_day
from goldenthread.history.models import Change


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
    """A role given to a post, a seat or a person, for a unit and all below it (none: everywhere), from a day to a day.

    A seat is named by its body and code, so that whoever sits there next has it; without a code, every seat of it.
    """

    role = models.CharField(max_length=30, choices=Role)
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="grants")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="grants")
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="grants")
    seat = models.CharField(max_length=60, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="grants")
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["role", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(post__isnull=False, person__isnull=True, body__isnull=True)
                | models.Q(post__isnull=True, person__isnull=False, body__isnull=True)
                | models.Q(post__isnull=True, person__isnull=True, body__isnull=False),
                name="grant_has_one_holder",
            ),
            models.CheckConstraint(
                condition=models.Q(seat="") | models.Q(body__isnull=False), name="granted_seat_has_a_body"
            ),
            unique_from_day(
                "role",
                "post",
                "person",
                "body",
                "seat",
                "unit",
                name="one_grant_per_start",
                nullable=("post", "person", "body", "unit"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.holder}"

    @property
    def holder(self) -> str:
        """Who or what has it: a person, a post, or a seat of a body."""
        return str(self.post or self.person or (f"{self.body}, {self.seat}" if self.seat else self.body))


class Absence(models.Model):
    """That somebody is on long absence, from a day to a day; never why."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="absences")
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["person", "starts"]
        constraints = [models.UniqueConstraint(fields=["person", "starts"], name="one_absence_per_start")]

    def __str__(self) -> str:
        return f"{self.person}, {self.starts}"


class Extract(models.Model):
    """A staff list that was taken in: what it said differs from the record stands in its rows. Never deleted."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        HELD = "held", _("Held back")
        SET_ASIDE = "set_aside", _("Set aside")

    file = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    day = models.DateField()
    map = models.TextField()
    lines = models.PositiveIntegerField()
    #: How many appointments were on record, how many of them it would end, and the share that the map allows.
    held = models.PositiveIntegerField()
    ending = models.PositiveIntegerField()
    most_ending = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=20, choices=State, default=State.OPEN)
    change = models.ForeignKey(Change, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.file


class ExtractRow(models.Model):
    """One difference, to be applied or refused. ``was`` and ``now`` are texts by name (domain.staff)."""

    class State(models.TextChoices):
        OPEN = "open", _("To decide")
        APPLIED = "applied", _("Applied")
        REFUSED = "refused", _("Refused")
        ALREADY = "already", _("True already")

    extract = models.ForeignKey(Extract, models.PROTECT, related_name="rows")
    order = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in staff.Kind])
    line = models.PositiveIntegerField(default=0)
    number = models.CharField(max_length=40, blank=True)
    person = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=200, blank=True)
    post = models.CharField(max_length=60, blank=True)
    was = models.JSONField(default=dict)
    now = models.JSONField(default=dict)
    key = models.CharField(max_length=400, db_index=True)
    state = models.CharField(max_length=20, choices=State, default=State.OPEN)
    word = models.CharField(max_length=300, blank=True)
    decided = models.ForeignKey(Change, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["extract", "order"]
        constraints = [models.UniqueConstraint(fields=["extract", "order"], name="one_extract_row_per_place")]

    def __str__(self) -> str:
        return f"{self.kind} {self.name or self.post}"
