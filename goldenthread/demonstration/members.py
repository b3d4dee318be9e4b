"""The sixty members of Wenlow, by ward and political group, and the bodies on which they and chief officers sit.

The Programme Board is a named mix of seats: leaders, members from each side, and the officers whose work it is.
"""

from collections.abc import Callable

from goldenthread.demonstration.council import WARDS
from goldenthread.demonstration.lines import read

MEMBERS = read(
    """
abbey | Cllr Judith Hargrave | Labour
abbey | Cllr Tomasz Wieczorek | Labour
abbey | Cllr Philippa Stanhope | Conservative
abbey | Cllr Gillian Marsh | Labour
abbey | Cllr Ravi Chandran | Liberal Democrat
bridge-end | Cllr Pervez Anwar | Labour
bridge-end | Cllr Naseem Akhtar | Labour
bridge-end | Cllr Colette Ferris | Labour
bridge-end | Cllr Wayne Dutton | Labour
bridge-end | Cllr Sadia Rahman | Labour
castlegate | Cllr Megan Pritchard | Labour
castlegate | Cllr Alasdair Forbes | Liberal Democrat
castlegate | Cllr Yvonne Tetteh | Labour
castlegate | Cllr Rosalind Keane | Green
castlegate | Cllr Denzil Harcourt | Conservative
dunmoor | Cllr Desmond Achebe | Labour
dunmoor | Cllr Sheila Bannister | Labour
dunmoor | Cllr Kieran Mulvey | Labour
dunmoor | Cllr Joy Adeleke | Labour
dunmoor | Cllr Barry Thwaite | Independent
eastcliffe | Cllr Raymond Hollis | Conservative
eastcliffe | Cllr Margaret Sewell | Conservative
eastcliffe | Cllr Henry Oakeshott | Conservative
eastcliffe | Cllr Louise Kettering | Labour
eastcliffe | Cllr Stephen Barraclough | Liberal Democrat
fairfield | Cllr Beverley Quance | Liberal Democrat
fairfield | Cllr Jeremy Latimer | Conservative
fairfield | Cllr Caroline Ashdown | Conservative
fairfield | Cllr Piers Wetherby | Conservative
fairfield | Cllr Noor Siddiqui | Liberal Democrat
kingsmead | Cllr Rupert Allardyce | Conservative
kingsmead | Cllr Diana Fenwick | Conservative
kingsmead | Cllr Martin Escott | Liberal Democrat
kingsmead | Cllr Hilary Pomeroy | Green
kingsmead | Cllr Gordon Blythe | Conservative
larkhill | Cllr Oliver Standish | Labour
larkhill | Cllr Fatima Benali | Labour
larkhill | Cllr Trevor Nuttall | Labour
larkhill | Cllr Siân Maddocks | Green
larkhill | Cllr Edith Carmichael | Liberal Democrat
millbrook | Cllr Anita Bassi | Labour
millbrook | Cllr Hugh Merriman | Labour
millbrook | Cllr Lorraine Pickersgill | Labour
millbrook | Cllr Samuel Boateng | Labour
millbrook | Cllr Janice Rudd | Labour
northway | Cllr Derek Hallam | Labour
northway | Cllr Mariam Yusuf | Labour
northway | Cllr Paul Cheetham | Labour
northway | Cllr Bridget O'Hanlon | Labour
northway | Cllr Keith Ormerod | Independent
quayside | Cllr Gurpreet Dhillon | Labour
quayside | Cllr Andrea Kowal | Labour
quayside | Cllr Leroy Campbell | Labour
quayside | Cllr Nicola Staveley | Labour
quayside | Cllr Imran Qureshi | Labour
st-oswalds | Cllr Vivienne Aldous | Conservative
st-oswalds | Cllr Christopher Penrose | Conservative
st-oswalds | Cllr Harriet Lund | Green
st-oswalds | Cllr Ann Tarrant | Liberal Democrat
st-oswalds | Cllr Michael Ingleby | Labour
""",
    "ward name group",
)

#: A member whose seat was won by another at a by-election.
LEFT = read("northway-2 | Cllr Albert Snaith | Labour | 2023-05-09 | 2025-09-30", "seat name group starts ends")
BY_ELECTION = {"northway-2": "2025-11-27"}
ELECTED = "2023-05-09"
#: The council year: committees are made up afresh each May.
COUNCIL_YEAR = "2026-05-19"

BODIES = read(
    """
FULL-COUNCIL | Full Council | council
CABINET | Cabinet | cabinet
PROGRAMME-BOARD | Performance and Improvement Programme Board | board | 2026-04-01
SMC | Scrutiny Management Commission | commission
CMT | Corporate Management Team | team
""",
    "body name kind starts",
)

CABINET = ("CAB-LEA", "CAB-RES", "CAB-CHI", "CAB-ADU", "CAB-COM", "CAB-CIT", "CAB-HOM")

#: Each seat with who sits in it: a member by name, or whoever holds a post.
PROGRAMME_BOARD = read(
    """
LEADER | Leader of the Council | Labour | | CAB-LEA
DEPUTY | Deputy Leader of the Council | Labour | | CAB-RES
CABINET | One Cabinet Member | Labour | | CAB-CIT
SCRUTINY | One Scrutiny Member | Labour | Cllr Yvonne Tetteh
CONSERVATIVE | One Conservative Member | Conservative | Cllr Caroline Ashdown
LIB-DEM | One Liberal Democrat Member | Liberal Democrat | Cllr Martin Escott
MAJORITY | One non-Cabinet majority party Member | Labour | Cllr Hugh Merriman
CHIEF-EXEC | The Chief Executive | | | CEO
CUSTOMER | Strategic Director of Customer and Support Services | | | CHX-DIR
ENVIRONMENT | Strategic Director of Environment | | | CIT-DIR
STRATEGY | Director of Strategy and Regeneration | | | GRO-DIR
""",
    "seat role group person post",
)

#: Eleven seats in proportion to the groups: 33, 13, 8, 4 and 2 of 60 members make 6, 2, 2, 1 and none.
COMMISSION = read(
    """
CHAIR | Chair | Conservative | Cllr Raymond Hollis
VICE-CHAIR | Vice-chair | Labour | Cllr Naseem Akhtar
MEMBER-1 | Member | Labour | Cllr Hugh Merriman
MEMBER-2 | Member | Labour | Cllr Yvonne Tetteh
MEMBER-3 | Member | Labour | Cllr Leroy Campbell
MEMBER-4 | Member | Labour | Cllr Fatima Benali
MEMBER-5 | Member | Labour | Cllr Paul Cheetham
MEMBER-6 | Member | Conservative | Cllr Diana Fenwick
MEMBER-7 | Member | Liberal Democrat | Cllr Beverley Quance
MEMBER-8 | Member | Liberal Democrat | Cllr Ravi Chandran
MEMBER-9 | Member | Green | Cllr Harriet Lund
""",
    "seat role group person",
)

MANAGEMENT_TEAM = ("CEO", "CYP-DIR", "ASH-DIR", "PHC-DIR", "CIT-DIR", "GRO-DIR", "RES-DIR", "CHX-DIR")

NAMES = tuple(row["name"] for row in (*MEMBERS, *LEFT))


def ward_seats() -> list[dict[str, str]]:
    """The sixty seats of Full Council, five a ward, by ward and in the order of the poll."""
    wards = {row["category"]: row["name"] for row in WARDS}
    places: dict[str, int] = {}
    seats = []
    for member in MEMBERS:
        ward = member["ward"]
        places[ward] = places.get(ward, 0) + 1
        seat = f"{ward}-{places[ward]}"
        seats.append(
            {
                "seat": seat,
                "role": f"Member for {wards[ward]}",
                "group": member["group"],
                "person": member["name"],
                "starts": BY_ELECTION.get(seat, ELECTED),
            }
        )
        seats += [
            row | {"role": f"Member for {wards[ward]}", "person": row["name"]} for row in LEFT if row["seat"] == seat
        ]
    return [{name: cell for name, cell in row.items() if name != "name"} for row in seats]


def tables(code_of: Callable[[str], str], titles: dict[str, str]) -> dict[str, list[dict[str, str]]]:
    """Bodies and seats; ``code_of`` gives a person's code by name, ``titles`` what each post is called."""
    seats: list[dict[str, str]] = []

    def add(body: str, rows: list[dict[str, str]], **more: str) -> None:
        for place, row in enumerate(rows, 1):
            person = code_of(row["person"]) if row.get("person") else ""
            seats.append({"body": body, "order": str(place), **more, **row, "person": person})

    groups = {member["name"]: member["group"] for member in MEMBERS}
    add("FULL-COUNCIL", ward_seats())
    add("CABINET", [{"seat": post, "role": titles[post], "group": "Labour", "post": post} for post in CABINET])
    add("PROGRAMME-BOARD", PROGRAMME_BOARD, starts="2026-04-01")
    add("SMC", COMMISSION, starts=COUNCIL_YEAR)
    add("CMT", [{"seat": post, "role": titles[post], "post": post} for post in MANAGEMENT_TEAM])
    wrong = [row for row in (*PROGRAMME_BOARD, *COMMISSION) if row["person"] and groups[row["person"]] != row["group"]]
    if wrong:
        raise ValueError(f"sit with another group: {', '.join(row['person'] for row in wrong)}")
    return {"bodies": [{**row, "unit": "WCC"} for row in BODIES], "seats": seats}
