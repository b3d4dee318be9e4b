"""The council's tables of the data package: units, posts, people, appointments, bodies, seats, grants and absences."""

from goldenthread.council.models import (
    Absence,
    Appointment,
    AppointmentKind,
    Body,
    BodyKind,
    Grant,
    Person,
    Post,
    Role,
    Seat,
    Unit,
    UnitKind,
)
from goldenthread.package.columns import Choice, Code, Day, Email, Text, Whole
from goldenthread.package.definitions import Definitions
from goldenthread.package.loading import Loading
from goldenthread.package.reading import Rows
from goldenthread.package.tables import Table

_STARTS = Day("starts", about="From this day; empty for from ever")
_ENDS = Day("ends", about="Until this day, included; empty for no end")

UNITS = Table(
    name="units",
    about="Councils, partners, directorates, services and teams: one dated tree",
    columns=(
        Code("unit", required=True, kept_as="code", page="council:unit"),
        Text("name", required=True, longest=200),
        Choice("kind", words=UnitKind, empty="service"),
        Code("parent", references=("units", "unit"), about="The unit it belongs to"),
        Code("area", about="The code of the area it serves"),
        _STARTS,
        _ENDS,
        Code("succeeded_by", references=("units", "unit"), about="The unit that took over from it"),
    ),
    key=("unit",),
    keep=Definitions(model=Unit),
    trees=("parent", "succeeded_by"),
)

POSTS = Table(
    name="posts",
    about="Jobs in units; duties belong to them, since people leave",
    columns=(
        Code("post", required=True, kept_as="code", page="council:post"),
        Text("title", required=True, longest=200),
        Code("unit", required=True, references=("units", "unit")),
        Code("tier", longest=40),
        Code("reports_to", references=("posts", "post"), about="The post of the line manager"),
    ),
    key=("post",),
    keep=Definitions(model=Post),
    trees=("reports_to",),
)

PEOPLE = Table(
    name="people",
    about="Those who hold posts",
    columns=(
        Code("person", required=True, kept_as="code", page="council:person"),
        Text("name", required=True, longest=200),
        Email("email"),
        Code("employee_number", longest=40),
    ),
    key=("person",),
    keep=Definitions(model=Person),
)

APPOINTMENTS = Table(
    name="appointments",
    about="Who holds which post, from when to when",
    columns=(
        Code("person", required=True, references=("people", "person")),
        Code("post", required=True, references=("posts", "post")),
        Choice("kind", words=AppointmentKind, empty="substantive"),
        Text("fte", longest=20, about="Full-time equivalent, such as 0.6"),
        _STARTS,
        _ENDS,
    ),
    key=("person", "post", "starts"),
    keep=Definitions(model=Appointment),
)


BODIES = Table(
    name="bodies",
    about="Full council, cabinet, commissions, committees and boards",
    columns=(
        Code("body", required=True, kept_as="code"),
        Text("name", required=True, longest=200),
        Choice("kind", words=BodyKind, empty="committee"),
        Code("unit", references=("units", "unit")),
        _STARTS,
        _ENDS,
    ),
    key=("body",),
    keep=Definitions(model=Body),
)


def _check_seats(loading: Loading, rows: Rows) -> None:
    for row, (person, post) in enumerate(zip(rows["person"], rows["post"], strict=True)):
        if person and post:
            rows.fault(row, "post", "a seat is held by a person or by whoever holds a post: leave one of the two empty")


SEATS = Table(
    name="seats",
    about="The places on each body, and who sits in them",
    columns=(
        Code("body", required=True, references=("bodies", "body")),
        Code("seat", required=True, kept_as="code"),
        Text("role", longest=200, about="Such as Chair, or One Cabinet Member"),
        Text("group", longest=100, about="The political group whose seat it is"),
        Code("person", references=("people", "person"), about="Empty: vacant, or held by the post"),
        Code("post", references=("posts", "post"), about="Whoever holds this post sits here"),
        Whole("order", most=2_147_483_647, numbered=True, about="Empty: as in the file"),
        _STARTS,
        _ENDS,
    ),
    key=("body", "seat", "starts"),
    keep=Definitions(model=Seat),
    checks=(_check_seats,),
)


def _check_holders(loading: Loading, rows: Rows) -> None:
    for row, holders in enumerate(zip(rows["post"], rows["person"], rows["body"], strict=True)):
        if sum(map(bool, holders)) != 1:
            rows.fault(row, "post", "a role is given to one post, person or body: fill in one of the three")
    for row, (seat, body) in enumerate(zip(rows["seat"], rows["body"], strict=True)):
        if seat and not body:
            rows.fault(row, "seat", "a seat is one of a body: fill in the body too")


GRANTS = Table(
    name="grants",
    about="Roles given to a post, a person or the seats of a body, for a unit and all below it",
    columns=(
        Choice("role", required=True, words=Role),
        Code("post", references=("posts", "post")),
        Code("person", references=("people", "person")),
        Code("body", references=("bodies", "body"), about="Whoever sits there has the role"),
        Code("seat", about="One seat of the body; empty: every seat of it"),
        Code("unit", references=("units", "unit"), about="Empty for everywhere"),
        _STARTS,
        _ENDS,
    ),
    key=("role", "post", "person", "body", "seat", "unit", "starts"),
    keep=Definitions(model=Grant),
    checks=(_check_holders,),
)

ABSENCES = Table(
    name="absences",
    about="Who is on long absence, from when to when; never why",
    columns=(
        Code("person", required=True, references=("people", "person")),
        Day("starts", required=True),
        _ENDS,
    ),
    key=("person", "starts"),
    keep=Definitions(model=Absence),
)

TABLES = (UNITS, POSTS, PEOPLE, APPOINTMENTS, BODIES, SEATS, GRANTS, ABSENCES)
