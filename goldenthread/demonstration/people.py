"""The people of Wenlow: who holds or held which post, in what way, and what each may do."""

import re
import unicodedata
from functools import cache

from goldenthread.demonstration.council import KIND, directorate_of
from goldenthread.demonstration.lines import read
from goldenthread.demonstration.members import NAMES
from goldenthread.demonstration.posts import POSTS

#: Who may sign in to the demonstration: the role, the person, and their e-mail address.
SIGN_INS = (
    ("administrator", "rory-macaskill", "rory.macaskill@wenlow.example"),
    ("performance_officer", "amara-okonjo", "amara.okonjo@wenlow.example"),
    ("head_of_service", "deborah-lockyer", "deborah.lockyer@wenlow.example"),
    ("measure_owner", "marcus-ellery", "marcus.ellery@wenlow.example"),
    ("supplier", "tania-szymanska", "tania.szymanska@wenlow.example"),
    ("human_resources", "teresa-monkhouse", "teresa.monkhouse@wenlow.example"),
    ("member", "hugh-merriman", "hugh.merriman@wenlow.example"),
    ("auditor", "verity-langstone", "verity.langstone@wenlow.example"),
    ("viewer", "jerome-pascal", "jerome.pascal@wenlow.example"),
)

#: People who hold no post, or held one before.
OTHERS = (
    "Cllr Hugh Merriman",
    "Cllr Beverley Quance",
    "Cllr Naseem Akhtar",
    "Verity Langstone",
    "Malcolm Pettifer",
    "Gwendolyn Sharrow",
    "Terence Obi",
    "Rebecca Thornley",
    "Bernard Castellane",
    "Harriet Longstaff",
    "Femi Adebayo",
    "Kasia Wrobel",
    "Len Hartshorne",
    "Rosa Delgado",
)

#: Appointments other than the one holder of a post all along; a post named here has only these.
CHANGES = read(
    """
GRO-DIR | Catrin Llewelyn-Price | substantive | 1 | 2019-05-01 | 2026-08-31
GRO-DIR | Jonathan Redfearn | acting | 1 | 2026-09-01 |
HNE-HEAD | Samina Iqbal | job_share | 0.6 | 2022-01-10 |
HNE-HEAD | Rebecca Thornley | job_share | 0.4 | 2022-01-10 |
WST-HEAD | Malcolm Pettifer | substantive | 1 | 2014-09-01 | 2023-06-30
WST-HEAD | Deborah Lockyer | substantive | 1 | 2023-07-10 |
HRO-HEAD | Gwendolyn Sharrow | substantive | 1 | 2016-02-01 | 2024-10-31
HRO-HEAD | Teresa Monkhouse | substantive | 1 | 2024-11-18 |
CUS-HEAD | Terence Obi | substantive | 1 | 2018-04-01 | 2024-03-31
CUS-HEAD | Dawn Holloway | substantive | 1 | 2024-04-01 |
AUD-MGR | Bernard Castellane | interim | 1 | 2026-10-05 | 2027-03-31
AUD-MGR | Usha Venkataraman | substantive | 1 | 2020-06-15 | 2026-09-30
LIB-DATA | Philippa Crane | substantive | 0.8 | 2021-03-01 | 2026-10-30
SGA-MGR | Harriet Longstaff | substantive | 1 | 2017-11-01 | 2025-12-31
SGA-MGR | Thomas Ainscough | acting | 1 | 2026-01-05 |
PRC-DATA | Hannah Moxley | substantive | 1 | 2022-08-22 | 2026-12-11
MASH-MGR | Yasmin Choudry | substantive | 1 | 2023-02-13 |
REV-MGR | Shireen Farooqi | substantive | 1 | 2020-09-01 |
LEI-MGR | Simone Baptiste | substantive | 0.8 | 2021-06-01 |
STR-SUP | Jerome Pascal | substantive | 0.6 | 2024-05-07 |
WST-HRC | Ailsa Drummond | substantive | 1 | 2016-10-03 |
WST-HRC | Femi Adebayo | substantive | 1 | 2019-04-08 |
WST-HRC | Kasia Wrobel | substantive | 0.6 | 2021-02-15 |
WST-HRC | Len Hartshorne | substantive | 1 | 2015-06-22 |
WST-HRC | Rosa Delgado | substantive | 0.8 | 2022-09-05 |
""",
    "post person kind fte starts ends",
)

HOLDERS_OF = {
    "administrator": ("POL-SYS",),
    "performance_officer": ("POL-HEAD", "POL-MGR", "POL-PERF", "POL-PERF2"),
    "human_resources": ("HRO-HEAD", "HRO-MGR"),
}
BY_PERSON = (("auditor", "Verity Langstone"),)
#: Whoever sits there is a member, whatever posts they hold besides.
BY_BODY = (("member", "FULL-COUNCIL"),)


def code_of(name: str) -> str:
    """How a person is known in tables: ``Dr Kwame Asante-Boateng`` is ``kwame-asante-boateng``."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"^(dr|cllr) ", "", plain).replace("'", "")
    return re.sub(r"[^a-z]+", "-", plain).strip("-")


def email_of(name: str) -> str:
    """The e-mail address: first and last name, a partner's and an auditor's at the council too."""
    first, _dash, last = code_of(name).partition("-")
    return f"{first}.{last}@wenlow.example"


@cache
def holder_of(post: str) -> str:
    """The name of who holds ``post`` today, or held it last."""
    held = [row["person"] for row in CHANGES if row["post"] == post and not row["ends"]]
    if held:
        return held[0]
    return next(row["holder"] for row in POSTS if row["post"] == post)


def tables() -> dict[str, list[dict[str, str]]]:
    """Posts, people, appointments and grants."""
    names = list(dict.fromkeys([*(row["holder"] for row in POSTS), *OTHERS, *NAMES]))
    people = [
        {
            "person": code_of(name),
            "name": name,
            "email": email_of(name),
            "employee_number": "" if name.startswith("Cllr") else f"W{40210 + 37 * place}",
        }
        for place, name in enumerate(names)
    ]
    posts = [{column: row[column] for column in ("post", "title", "unit", "tier", "reports_to")} for row in POSTS]
    return {"posts": posts, "people": people, "appointments": _appointments(), "grants": _grants()}


def _appointments() -> list[dict[str, str]]:
    changed = {row["post"] for row in CHANGES}
    usual = [
        {
            "person": code_of(row["holder"]),
            "post": row["post"],
            "kind": "substantive",
            "fte": "1",
            "starts": f"20{14 + place % 7:02}-{1 + place % 12:02}-01",
        }
        for place, row in enumerate(POSTS)
        if row["post"] not in changed
    ]
    return usual + [{**row, "person": code_of(row["person"])} for row in CHANGES]


def _grants() -> list[dict[str, str]]:
    grants = [{"role": role, "post": post} for role, posts in HOLDERS_OF.items() for post in posts]
    for row in POSTS:
        post, unit = row["post"], row["unit"]
        duty = post.partition("-")[2]
        if post.startswith(("CAB-", "SCR-")):
            grants.append({"role": "member", "post": post})
        elif duty == "DIR":
            grants.append({"role": "head_of_service", "post": post, "unit": directorate_of(unit)})
        elif duty == "HEAD":
            grants.append({"role": "head_of_service", "post": post, "unit": unit})
        elif duty == "MGR" and KIND[unit] != "partner" and unit != "POL":
            grants.append({"role": "measure_owner", "post": post, "unit": unit})
        elif duty == "DATA" and post != "AUD-DATA":
            grants.append({"role": "supplier", "post": post, "unit": unit})
    grants += [
        {"role": "auditor", "post": "AUD-HEAD"},
        {"role": "auditor", "post": "AUD-MGR"},
        {"role": "viewer", "post": "CEO"},
        {"role": "viewer", "post": "STR-SUP"},
        {"role": "viewer", "post": "AUD-DATA"},
    ]
    grants += [{"role": role, "person": code_of(name)} for role, name in BY_PERSON]
    grants += [{"role": role, "body": body} for role, body in BY_BODY]
    return [{**grant, "starts": "2021-04-01"} for grant in grants]
