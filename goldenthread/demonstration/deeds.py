"""What Wenlow is doing about it: actions in every state, with milestones, and dates put off, refused and asked for."""

from goldenthread.demonstration.lines import read

#: Owner, start, the date first promised, the date as last approved if another, per cent done, and the day it was done.
ACTIONS = read(
    """
CSC-1 | Recruit twelve social workers from the new academy | CSC-HEAD | 2026-04-13 | 2026-12-18 | | 100 | 2026-12-11
CSC-1 | Put visits on the mobile recording system | CSC-MGR | 2026-06-01 | 2027-03-31 | | 55
CSC-2 | Open a second children's home in Larkhill | CIC-MGR | 2025-09-01 | 2026-11-30 | 2027-04-30 | 70
CSC-3 | Sign the care leavers' covenant with twenty employers | CIC-MGR | 2026-05-01 | 2027-03-31 | | 80
EHF-1 | Open the Quayside family hub on Saturdays | EHF-MGR | 2026-04-01 | 2026-09-30 | | 100 | 2026-09-19
EHF-2 | Send health visitors to the four nurseries with the lowest take-up | EHF-MGR | 2026-09-01 | 2027-02-26 | | 60
EDU-1 | Visit every family whose child was away for ten days last term | EDU-MGR | 2026-09-07 | 2027-02-12 | | 45
EDU-2 | Pair each school not yet good with a better one | EDU-HEAD | 2026-04-20 | 2026-10-30 | | 100 | 2026-11-13
SEN-1 | Fill four vacancies for educational psychologists | SEN-HEAD | 2026-03-02 | 2026-09-30 | | 50
SEN-1 | Send drafts to parents by week fourteen | SEN-MGR | 2026-10-01 | 2027-03-31 | | 40
SEN-2 | Train forty teachers to calm things down | SEN-MGR | 2026-09-01 | 2027-07-16 | | 35
ACM-1 | Offer an appointment on the first call | ACM-MGR | 2026-07-01 | 2027-01-29 | | 65
ACM-1 | Clear the list of people waiting more than ten weeks | ACM-HEAD | 2026-10-05 | 2026-12-23 | 2027-02-26 | 60
ACM-2 | Rewrite the guide to direct payments with its readers | ACM-MGR | 2026-05-11 | 2026-11-30 | | 100 | 2026-11-24
COM-1 | Visit every home rated inadequate each month | COM-MGR | 2026-04-01 | 2027-03-31 | | 82
COM-2 | Pay the real living wage in all home care contracts | COM-HEAD | 2026-04-01 | 2027-04-01 | | 75
REA-1 | Put a reablement worker on each ward of the hospital | REA-HEAD | 2026-06-15 | 2026-12-31 | | 100 | 2026-12-21
PUB-1 | Open stop-smoking drop-ins in Dunmoor and Quayside | PUB-MGR | 2026-05-05 | 2026-10-30 | | 100 | 2026-10-22
PUB-1 | Agree the new drug and alcohol contract | PUB-HEAD | 2026-06-01 | 2027-03-31 | | 70
PUB-2 | Write to every family whose child has missed a second MMR | PUB-MGR | 2026-11-02 | 2027-01-15 | | 80
CSF-1 | Put cameras and lights in the Castlegate underpass | CSF-MGR | 2026-02-02 | 2026-08-28 | 2026-12-18 | 90
CSF-2 | Place an adviser in the hospital's emergency department | CSF-HEAD | 2026-09-01 | 2027-05-28 | | 40
LEI-1 | Free swimming for under-16s in the holidays | LEI-HEAD | 2026-04-01 | 2026-08-31 | | 100 | 2026-08-30
LEI-2 | Agree new opening hours with Brightwater | LEI-MGR | 2026-10-01 | 2027-03-31 | | 50
LIB-1 | Give every reception class a library card | LIB-MGR | 2026-09-14 | 2026-12-18 | | 100 | 2026-12-16
LIB-2 | Repair the roof of the Guildhall Museum | LIB-HEAD | 2026-05-01 | | | 25
HWY-1 | A second night crew for the winter | HWY-MGR | 2026-09-01 | 2026-11-02 | | 100 | 2026-10-30
HWY-2 | 20 mph in ten streets by schools | HWY-HEAD | 2026-04-01 | 2027-02-26 | | 80
HWY-3 | Bus lanes on Northway Road | HWY-HEAD | 2026-01-12 | 2026-11-30 | 2027-06-30 | 45
HWY-4 | Resurface the ring road from Abbey to Eastcliffe | HWY-MGR | 2027-02-15 | 2027-05-28 | | 0
WST-1 | Settle the new rounds, with a named crew for each | WST-MGR | 2026-04-01 | 2026-09-30 | | 100 | 2026-09-18
WST-2 | Food waste collected from every flat | WST-HEAD | 2026-05-04 | 2027-03-31 | | 66
WST-2 | Check a hundred recycling bins a week and tell people what was wrong | WST-MGR | 2026-06-01 | 2027-03-31 | | 74
WST-3 | Open a reuse shop at the Millbrook tip | WST-HEAD | 2026-07-01 | 2027-01-11 | | 85
STR-1 | Hidden cameras at the ten worst places for fly-tipping | STR-HEAD | 2026-03-02 | 2026-07-31 | | 100 | 2026-08-14
STR-2 | Plant two thousand trees | STR-MGR | 2026-11-02 | 2027-03-26 | | 55
REG-1 | Inspect all takeaways that are rated two or less | REG-MGR | 2026-04-01 | 2027-03-31 | | 81
REG-2 | License shared houses in Quayside and Dunmoor | REG-HEAD | 2026-02-02 | 2027-01-04 | | 70
CLI-1 | Solar panels on twelve schools | CLI-HEAD | 2026-04-01 | 2027-03-31 | | 58
CLI-1 | Replace thirty diesel vans | CLI-MGR | 2026-05-01 | 2027-02-26 | | 63
CLI-2 | Take the Clean Air Plan to Cabinet | CLI-HEAD | 2026-04-01 | 2026-09-22 | | 100 | 2026-09-22
CLI-3 | Start work on the Millbrook flood wall | CLI-HEAD | 2027-03-01 | 2027-09-30 | | 0
PLN-1 | Send the Local Plan to the inspector | PLN-HEAD | 2026-01-05 | 2026-12-18 | 2027-05-31 | 75
PLN-2 | Train members of the planning committee | PLN-MGR | 2026-06-01 | 2026-07-31 | | 100 | 2026-07-20
PLN-2 | Publish how long each kind of application takes | PLN-MGR | 2026-09-01 | | | 
HSG-1 | New fire doors in the four towers | HSG-HEAD | 2026-01-19 | 2027-03-31 | | 78
HSG-2 | A two-hour slot and a text message for every repair | REP-MGR | 2026-05-01 | 2026-12-31 | | 100 | 2027-01-08
HSG-3 | A damp team of eight | REP-MGR | 2026-04-01 | 2026-08-31 | | 100 | 2026-08-24
HSG-3 | Sensors in five hundred homes | HSG-MGR | 2026-09-01 | 2027-03-31 | | 30
HSG-4 | Let within twenty days what was let within forty | HSG-MGR | 2026-04-01 | 2027-03-31 | | 77
HNE-1 | Advice in the family hubs one day a week | HNE-MGR | 2026-06-01 | 2026-10-30 | | 100 | 2026-10-28
HNE-2 | Buy forty homes for families | HNE-HEAD | 2026-04-01 | 2027-03-31 | | 52
HNE-3 | Open the winter night shelter | HNE-MGR | 2026-09-01 | 2026-11-13 | | 100 | 2026-11-09
ECO-1 | A job fair in each ward | ECO-MGR | 2026-04-01 | 2027-03-31 | | 75
ECO-2 | Rates relief for the first year of a new shop | ECO-HEAD | 2026-04-01 | 2026-06-30 | | cancelled
PRO-1 | Sell the former depot in Northway | PRO-HEAD | 2025-11-03 | 2026-10-30 | 2027-03-31 | 60
FIN-1 | Agree savings of £6.8m for 2027/28 | FIN-HEAD | 2026-07-01 | 2027-02-24 | | 88
FIN-2 | Pay small firms within ten days | FIN-MGR | 2026-04-01 | 2026-09-30 | | 100 | 2026-10-12
REV-1 | Write in plain English to those who fall behind | REV-MGR | 2026-05-01 | 2026-08-31 | | 100 | 2026-08-28
REV-2 | Let claimants send documents by phone | REV-HEAD | 2026-09-01 | 2027-04-30 | | 35
AUD-1 | Follow up every recommendation of 2025/26 | AUD-MGR | 2026-06-01 | 2027-01-29 | | 72
HRO-1 | A physiotherapist for the depots | HRO-HEAD | 2026-06-01 | 2026-12-04 | | 100 | 2026-11-30
HRO-2 | Bring agency drivers on to the payroll | HRO-MGR | 2026-08-03 | 2027-03-31 | | 65
HRO-3 | Publish the pay gap by grade | HRO-MGR | 2027-01-04 | 2027-03-30 | | 10
CUS-1 | Call back rather than hold | CUS-MGR | 2026-07-01 | 2027-01-22 | | 92
CUS-2 | A page each month on what complaints have changed | CUS-HEAD | 2026-05-01 | 2026-07-31 | | 100 | 2026-07-29
POL-1 | A workshop for scrutiny members | POL-MGR | 2026-11-02 | 2027-03-12 | | 40
PMF-1 | Second release in use everywhere | DIG-HEAD | 2026-04-01 | 2026-09-30 | | 100 | 2026-09-28
PMF-2 | Partners enter their own figures | POL-MGR | 2026-09-01 | 2027-03-31 | | 60
PMP-2 | A written reason for every target of 2027/28 | POL-MGR | 2026-10-01 | 2027-03-05 | | 62
CCP-1 | Agree the appraisal form with the unions | HRO-HEAD | 2026-04-01 | 2026-10-30 | 2027-02-26 | 55
CCP-3 | Prepare for the assessor's visit | HRO-HEAD | 2026-06-01 | 2027-01-22 | 2027-06-18 | 60
CCP-4 | Name a change lead in each directorate | | 2026-11-02 | 2027-01-29 | | 
""",
    "element title owner starts original_due due progress completed_on",
)

#: Why a date was put off, in the words of whoever asked.
REASONS = {
    "CSC-2": "The builder went out of business in October; another was appointed in November.",
    "ACM-1": "Winter discharges took two of the six assessors.",
    "CSF-1": "The electricity supplier had to move a cable first.",
    "HWY-3": "The bus company asked for another round of consultation.",
    "PLN-1": "The government published new figures for housing need.",
    "PRO-1": "The buyer withdrew after the survey.",
    "CCP-1": "The unions asked for a pilot in two services first.",
    "CCP-3": "The assessor was taken ill and offered June.",
}

#: Dates asked for that are not decided, or were refused, with who decided why.
ASKED = read(
    """
WST-3 | 2027-03-01 | The unit needs a new lift before it can open. |
SEN-1 | 2027-06-30 | Two candidates withdrew. | Children cannot wait another year: bring a plan with agency cover.
REG-2 | 2027-04-05 | The scheme has to be advertised again. |
""",
    "element due reason refused",
)

MILESTONES = read(
    """
CSC-2 | Planning permission | 2026-02-27 | 2026-02-19
CSC-2 | Building handed over | 2026-10-30 |
CSC-2 | Registered with Ofsted | 2027-03-31 |
WST-2 | Flats in four wards | 2026-08-31 | 2026-08-21
WST-2 | Flats in eight wards | 2026-12-18 | 2026-12-15
WST-2 | Flats in all wards | 2027-03-31 |
HNE-2 | Twenty homes bought | 2026-10-30 | 2026-11-20
HNE-2 | Thirty homes bought | 2027-01-08 |
HNE-2 | Forty homes bought | 2027-03-31 |
HSG-1 | Castle Tower and Mill Tower | 2026-07-31 | 2026-07-24
HSG-1 | Abbey Tower | 2026-12-18 | 2026-12-11
HSG-1 | Quay Tower | 2027-03-31 |
PLN-1 | Cabinet agrees the draft | 2026-07-21 | 2026-07-21
PLN-1 | Six weeks' consultation | 2026-10-16 | 2026-11-27
PLN-1 | Sent to the inspector | 2027-05-31 |
FIN-1 | Star chambers | 2026-10-30 | 2026-10-28
FIN-1 | Budget consultation | 2026-12-18 | 2026-12-18
FIN-1 | Full Council | 2027-02-24 |
HWY-2 | Five streets | 2026-09-30 | 2026-09-25
HWY-2 | Ten streets | 2027-02-26 |
POL-1 | Members say what they want of it | 2026-12-04 | 2026-12-02
POL-1 | Workshop held | 2027-03-12 |
""",
    "element title due reached_on",
)
