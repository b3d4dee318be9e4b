"""Wenlow City Council: its directorates, services, teams and partners, its wards and the councils most like it."""

from goldenthread.demonstration.lines import read

UNITS = read(
    """
WCC | Wenlow City Council | council | | wenlow
CYP | Children and Young People | directorate | WCC
CSC | Children's Social Care | service | CYP
EHF | Early Help and Families | service | CYP
EDU | Education and Learning | service | CYP
SEN | SEND and Inclusion | service | CYP
MASH | Children's Front Door | team | CSC
CIC | Children in Care and Care Leavers | team | CSC
ASH | Adult Social Care | directorate | WCC
ACM | Care Management | service | ASH
COM | Commissioning and Provider Quality | service | ASH
REA | Reablement and Independence | service | ASH
SGA | Safeguarding Adults | team | ACM
PHC | Public Health and Communities | directorate | WCC
PUB | Public Health | service | PHC
CSF | Community Safety | service | PHC
LEI | Leisure and Sport | service | PHC
LIB | Libraries and Culture | service | PHC
CIT | City Operations | directorate | WCC
HWY | Highways and Transport | service | CIT
WST | Waste and Recycling | service | CIT
STR | Street Scene and Parks | service | CIT
REG | Regulatory Services | service | CIT
CLI | Climate and Environment | service | CIT
LIT | Street Lighting | team | HWY
GRO | Growth and Housing | directorate | WCC
PLN | Planning and Building Control | service | GRO
HSG | Council Homes | service | GRO
HNE | Housing Needs | service | GRO
ECO | Economy and Skills | service | GRO
PRO | Property and Estates | service | GRO
REP | Repairs | team | HSG
RES | Resources | directorate | WCC
FIN | Finance | service | RES
REV | Revenues and Benefits | service | RES
PRC | Procurement and Contracts | service | RES
AUD | Internal Audit and Risk | service | RES
LEG | Legal and Democratic Services | service | RES
CHX | Strategy and Customers | directorate | WCC
HRO | Human Resources | service | CHX
CUS | Customer Services | service | CHX
DIG | Digital and Information | service | CHX
POL | Strategy and Performance | service | CHX
CCC | Customer Contact Centre | service | CHX | | 2015-04-01 | 2024-03-31 | CUS
BLT | Brightwater Leisure Trust | partner | WCC
WHT | Wenlow Community Health Trust | partner | WCC
""",
    "unit name kind parent area starts ends succeeded_by",
)

PARENT = {row["unit"]: row["parent"] for row in UNITS}
KIND = {row["unit"]: row["kind"] for row in UNITS}

#: Wards with their share of the city's people and how hard life is there, 0 being the city's middle.
WARDS = read(
    """
abbey | Abbey | 9 | -0.2
bridge-end | Bridge End | 8 | 0.5
castlegate | Castlegate | 9 | 0.1
dunmoor | Dunmoor | 8 | 0.8
eastcliffe | Eastcliffe | 10 | -0.4
fairfield | Fairfield | 9 | -0.7
kingsmead | Kingsmead | 8 | -0.8
larkhill | Larkhill | 7 | 0.0
millbrook | Millbrook | 9 | 0.4
northway | Northway | 8 | 0.6
quayside | Quayside | 8 | 1.0
st-oswalds | St Oswald's | 7 | -0.3
""",
    "category name share hardship",
)

#: Fifteen invented unitary councils, the nearest neighbours, with how well they do, 0 being usual.
NEIGHBOURS = read(
    """
ashmouth | Ashmouth | South West | 0.6
brackenford | Brackenford | West Midlands | -0.3
calderwick | Calderwick | North West | -0.9
dunsley | Dunsley | Yorkshire and the Humber | 0.2
eastmere | Eastmere | East of England | 1.1
fenbridge | Fenbridge | East of England | 0.4
harlstow | Harlstow | East Midlands | -0.1
kelbourne | Kelbourne | South East | 0.9
lynthwaite | Lynthwaite | Yorkshire and the Humber | -0.6
marlhaven | Marlhaven | South West | 0.3
norbridge | Norbridge | North East | -1.2
otterwick | Otterwick | East Midlands | 0.7
penwold | Penwold | North East | -0.4
ravensport | Ravensport | North West | -0.7
stourfield | Stourfield | West Midlands | 0.1
""",
    "area name region standing",
)
NEIGHBOUR_GROUP = "Nearest neighbours"

SCHEMES = read(
    """
ward | Ward | complete
age | Age group | complete
sex | Sex | complete
channel | How people reached us | complete
""",
    "scheme title parts",
)

#: The parts of the other schemes, with their share and how they differ, 0 being the middle.
PARTS = read(
    """
age | 18-34 | 18 to 34 | 24 | 0.3
age | 35-49 | 35 to 49 | 26 | 0.0
age | 50-64 | 50 to 64 | 29 | -0.2
age | 65+ | 65 and over | 21 | 0.1
sex | F | Female | 51 | -0.1
sex | M | Male | 49 | 0.1
channel | phone | Telephone | 46 | 0.3
channel | online | Online | 38 | -0.5
channel | person | In person | 16 | 0.2
""",
    "scheme category name share lean",
)

#: The cabinet member who answers for each directorate, by post.
PORTFOLIO = {
    "CYP": ("CAB-CHI", "Children and Education"),
    "ASH": ("CAB-ADU", "Adult Care and Health"),
    "PHC": ("CAB-COM", "Communities and Culture"),
    "CIT": ("CAB-CIT", "Clean, Green City"),
    "GRO": ("CAB-HOM", "Homes and Growth"),
    "RES": ("CAB-RES", "Finance and Resources"),
    "CHX": ("CAB-LEA", "Leader of the Council"),
}
REMIT = {
    "CYP": "Children and Young People Scrutiny Commission",
    "ASH": "Adults and Health Scrutiny Commission",
    "PHC": "Adults and Health Scrutiny Commission",
    "CIT": "City and Environment Scrutiny Commission",
    "GRO": "Homes and Growth Scrutiny Commission",
    "RES": "Corporate Scrutiny Commission",
    "CHX": "Corporate Scrutiny Commission",
}


def directorate_of(unit: str) -> str:
    """The directorate in which a service or team stands; a partner's work is answered for where it is commissioned."""
    while KIND[unit] not in ("directorate", "council"):
        if KIND[unit] == "partner":
            return "PHC"
        unit = PARENT[unit]
    return unit


def service_of(unit: str) -> str:
    """The service in which a team stands; a service is its own."""
    return PARENT[unit] if KIND[unit] == "team" else unit


def tables() -> dict[str, list[dict[str, str]]]:
    """Units, schemes, categories, areas and groups."""
    categories = [
        {"category": ward["category"], "scheme": "ward", "name": ward["name"], "parent": "", "order": str(place)}
        for place, ward in enumerate(WARDS, 1)
    ]
    seen: dict[str, int] = {}
    for part in PARTS:
        seen[part["scheme"]] = seen.get(part["scheme"], 0) + 1
        categories.append(
            {
                "category": part["category"],
                "scheme": part["scheme"],
                "name": part["name"],
                "order": str(seen[part["scheme"]]),
            }
        )
    areas = [{"area": "wenlow", "name": "Wenlow", "kind": "unitary", "region": "West Midlands"}]
    areas += [
        {"area": row["area"], "name": row["name"], "kind": "unitary", "region": row["region"]} for row in NEIGHBOURS
    ]
    members = ["wenlow", *(row["area"] for row in NEIGHBOURS)]
    return {
        "units": [dict(row) for row in UNITS],
        "schemes": [dict(row) for row in SCHEMES],
        "categories": categories,
        "areas": areas,
        "groups": [{"group": NEIGHBOUR_GROUP, "area": area, "starts": "2021-04-01"} for area in members],
    }
