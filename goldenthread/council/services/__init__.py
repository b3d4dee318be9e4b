"""The verbs of the council: units, posts, people, what each may do, and who may sign in."""

from goldenthread.council.services.accounts import close_account, open_account
from goldenthread.council.services.extract import (
    apply_extract_row,
    refuse_extract_row,
    release_extract,
    set_extract_aside,
    take_in_extract,
)
from goldenthread.council.services.grants import end_grant, grant_role
from goldenthread.council.services.people import add_person, appoint, change_person, end_appointment
from goldenthread.council.services.structure import add_post, add_unit, change_post, change_unit, end_unit

__all__ = [
    "add_person",
    "add_post",
    "add_unit",
    "apply_extract_row",
    "appoint",
    "change_person",
    "change_post",
    "change_unit",
    "close_account",
    "end_appointment",
    "end_grant",
    "end_unit",
    "grant_role",
    "open_account",
    "refuse_extract_row",
    "release_extract",
    "set_extract_aside",
    "take_in_extract",
]
