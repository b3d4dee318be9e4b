"""What to open to see every page: each address with arguments that show something, and other ways of opening it.

Addresses come from the URL configuration; one that takes arguments finds them here by the parameter's name.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.urls import NoReverseMatch, reverse

from tests.house.addresses import Address, every_address

#: What a parameter stands for, by its name, or by its name at one address: "measures:board code".
ARGUMENTS = {
    "code": "HW-05",
    "period": "2026/27 Q2",
    "measures:result code": "WS-01",
    "measures:enter code": "CS-04",
    "measures:restate code": "CS-03",
    "measures:restate period": "2026-09",
    "measures:end-part code": "CH-01",
    "measures:entered change": "1",
    "key": "1",
    "kind": "element",
    "above": "CIT-A2",
    "measure": "WS-01",
    "milestone": "M3",
    **{f"plans:{name} code": "WST-26" for name in ("change-plan", "plan-step", "new-element")},
    **{f"scorecards:{name} code": "WST-26" for name in ("plan", "plan-page", "succeed")},
    **{
        f"plans:{name} code": "WST-2" for name in ("change-element", "link", "weigh-link", "unlink", "comment", "judge")
    },
    **{f"scorecards:{name} code": "WST-2" for name in ("element", "link-measure", "weigh-measure", "unlink-measure")},
    **{
        f"plans:{name} code": "WST-2-A1"
        for name in (
            "action",
            "change-action",
            "report",
            "complete",
            "cancel",
            "reschedule",
            "new-milestone",
            "reach",
        )
    },
    "plans:decide code": "WST-3-A1",
    "scorecards:thread code": "P4",
    "scorecards:serve code": "DG-01",
    "scorecards:line code": "WS-01",
    "part": "1",
    "tier": "directorate",
    "measures:named-rule code": "CORP-STRATEGIC",
    "measures:change-rule code": "CLOSE-POINTS",
    "council:unit code": "CUS",
    "scorecards:unit code": "WST",
    "council:post code": "CUS-HEAD",
    **{f"council:{name} code": "marcus-ellery" for name in ("person", "change-person", "appoint", "grant")},
    "council:account code": "dawn-holloway",
    "objective": "1",
    **{f"appraisals:{name} key": "2" for name in ("framework", "next-version")},
    **{
        f"appraisals:{name} key": "3"
        for name in ("levels", "adopt-framework", "new-competency", "competency", "drop-competency")
    },
    "appraisals:template key": "1",
    **{f"appraisals:{name} key": "2" for name in ("year", "begin", "dates", "people", "new-template", "new-window")},
    "competency": "10",
    "asked": "1",
    "need": "1",
    "appraisal": "100",
    "appraisals:name-panel key": "7",
}

#: Other ways of opening an address: what to call each, its arguments if they differ, and its query.
WAYS: dict[str, list[tuple[str, dict[str, str], str]]] = {
    "measures:board": [
        ("exceptions", {}, "exceptions=on"),
        ("as-at", {}, "as-at=2026-10-01"),
        ("nothing-found", {}, "q=unicorns"),
        ("wrong-filter", {}, "period=Q9&as-at=yesterday"),
    ],
    "measures:measure": [
        ("good", {"code": "HN-02"}, ""),
        ("sum", {"code": "HR-01"}, ""),
        ("profile", {"code": "CT-01"}, ""),
        ("survey", {"code": "SA-02"}, ""),
        ("range", {"code": "HR-02"}, ""),
        ("yes-no", {"code": "PL-05"}, ""),
        ("breakdown", {"code": "ST-01"}, ""),
        ("amended", {"code": "SA-05"}, ""),
        ("restated", {"code": "WS-01"}, ""),
        ("forecast", {"code": "FI-03"}, ""),
        ("judged", {"code": "CL-05"}, ""),
        ("retired", {"code": "CS-01"}, ""),
        ("overdue", {"code": "HN-03"}, ""),
        ("stale", {"code": "HW-06"}, ""),
        ("derived", {"code": "HN-06"}, ""),
        ("by-year", {}, "by=year"),
        ("as-at", {}, "as-at=2026-10-01"),
    ],
    "measures:enter": [
        ("partner", {"code": "LE-01"}, ""),
        ("survey", {"code": "CS-08"}, ""),
        ("earlier", {}, "period=2026/27 Q1"),
    ],
    "plans:plans": [("every-year", {}, "year=all"), ("nothing-found", {}, "q=unicorns")],
    "plans:actions": [("late", {}, "status=late"), ("mine", {}, "mine=on"), ("nothing-found", {}, "q=unicorns")],
    "plans:timeline": [("of-a-unit", {}, "unit=CIT")],
    "plans:action": [("put-off", {"code": "HWY-3-A1"}, ""), ("complete", {"code": "WST-1-A1"}, "")],
    "scorecards:plan": [
        ("council", {"code": "CP25"}, ""),
        ("over", {"code": "CP21"}, ""),
        ("programme", {"code": "PIP26"}, ""),
        ("empty", {"code": "LEG-26"}, ""),
    ],
    "scorecards:plan-page": [("council", {"code": "CP25"}, "")],
    "scorecards:element": [("priority", {"code": "P4"}, ""), ("judged", {"code": "PIP"}, "")],
    "scorecards:explore": [("found", {}, "q=bins"), ("nothing-found", {}, "q=unicorns")],
    "scorecards:thread": [
        ("vision", {"code": "V"}, ""),
        ("measure", {"kind": "measure", "code": "WS-01"}, ""),
        ("action", {"kind": "action", "code": "WST-2-A1"}, ""),
        ("unit", {"kind": "unit", "code": "WST"}, ""),
        ("person", {"kind": "person", "code": "deborah-lockyer"}, ""),
        ("before", {"code": "WT-V"}, "on=2024-11-01"),
    ],
    "council:structure": [("before", {}, "on=2024-01-01")],
    "scorecards:map": [("of-a-priority", {}, "from=P4"), ("everything", {}, "to=Workstream")],
    "scorecards:gaps": [("of-a-directorate", {}, "unit=CIT")],
    "appraisals:framework": [("being-written", {"key": "3"}, "")],
    "measures:targets": [("profile", {"code": "CT-01"}, ""), ("amended", {"code": "SA-05"}, "")],
}

#: allauth's pages that a person can come to here: the rest need a mail, a code or another way of signing in.
ACCOUNT_PAGES = (
    "account_login",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_inactive",
    "account_reauthenticate",
    "account_change_password",
    "account_logout",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_generate_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "usersessions_list",
)


class Visit(NamedTuple):
    """A page to open: its address's name, what sets this way of opening it apart, and the path."""

    name: str
    way: str
    path: str

    @property
    def label(self) -> str:
        """``measures-board-as-at``: a name for a file."""
        return re.sub(r"[^a-z0-9]+", "-", f"{self.name} {self.way}".lower()).strip("-")


def opened(page: Any, address: str) -> Any:
    """The answer of a browser's ``page`` sent to ``address``; None where there is no page to see."""
    try:
        answer = page.goto(address)
    except Exception as fault:
        if "ERR_HTTP_RESPONSE_CODE_FAILURE" in str(fault) or "Download is starting" in str(fault):
            return None
        raise
    is_page = answer is not None and str(answer.headers.get("content-type", "")).startswith("text/html")
    return answer if is_page else None


def visits() -> list[Visit]:
    """Every page of the site that we or allauth show here, our own first."""
    known = {address.name: address for address in every_address()}
    ours = [address for address in known.values() if not address.path.startswith("accounts/")]
    theirs = [known[name] for name in ACCOUNT_PAGES]
    return [visit for address in [*ours, *theirs] for visit in _visits_of(address)]


def parameters_of(address: Address) -> list[str]:
    return re.findall(r"<(?:\w+:)?(\w+)>", address.path)


def argument(address: str, parameter: str) -> str | None:
    """What to give ``parameter`` of the address called so; None where ARGUMENTS has nothing."""
    return ARGUMENTS.get(f"{address} {parameter}", ARGUMENTS.get(parameter))


def _visits_of(address: Address) -> Iterator[Visit]:
    usual = {name: argument(address.name, name) for name in parameters_of(address)}
    for way, arguments, query in [("", {}, ""), *WAYS.get(address.name, [])]:
        try:
            path = reverse(address.name, kwargs={**usual, **arguments})
        except NoReverseMatch:
            continue
        yield Visit(address.name, way, f"{path}?{query}" if query else path)
