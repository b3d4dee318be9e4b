"""What Wenlow means to achieve: its community strategy, the council plan of today and the one before, and each
directorate's aims.

Elements are written with what they serve and the measures that show them; ``*2`` after a code is a weight. Priorities
and outcomes are rated by the weighted mean of what serves them, unless they say otherwise.
"""

from goldenthread.demonstration.lines import read

PLANS = read(
    """
WT20 | Wenlow Together: Community Strategy 2020 to 2035 | Community strategy | WCC | 2020-01-01 | 2035-12-31 | | adopted
CP21 | Council Plan 2021 to 2025 | Council plan | WCC | 2021-04-01 | 2025-03-31 | | closed
CP25 | Council Plan 2025 to 2029 | Council plan | WCC | 2025-04-01 | 2029-03-31 | CP21 | adopted
CYP-DP | Children and Young People: Directorate Plan | Directorate plan | CYP | 2025-04-01 | 2029-03-31 | | adopted
ASH-DP | Adult Social Care: Directorate Plan | Directorate plan | ASH | 2025-04-01 | 2029-03-31 | | adopted
PHC-DP | Public Health and Communities: Directorate Plan | Directorate plan | PHC | 2025-04-01 | 2029-03-31 | | adopted
CIT-DP | City Operations: Directorate Plan | Directorate plan | CIT | 2025-04-01 | 2029-03-31 | | adopted
GRO-DP | Growth and Housing: Directorate Plan | Directorate plan | GRO | 2025-04-01 | 2029-03-31 | | adopted
RES-DP | Resources: Directorate Plan | Directorate plan | RES | 2025-04-01 | 2029-03-31 | | adopted
CHX-DP | Strategy and Customers: Directorate Plan | Directorate plan | CHX | 2025-04-01 | 2029-03-31 | | adopted
""",
    "plan title kind unit starts ends succeeds state",
)

KINDS = read(
    """
vision | Vision | vision
priority | Priority | priority
pledge | Pledge | priority
enabler | Enabler | outcome
outcome | Outcome | outcome
aim | Directorate aim | objective
objective | Service objective | objective
programme | Programme | project
project | Project | project
workstream | Workstream | project
""",
    "kind title counts_as",
)

PURPOSE = {
    "WT20": "What the council, the health service, the police, businesses and residents' groups want Wenlow to be.",
    "CP25": "What the council will do over four years towards that, and how residents will know whether it has.",
}
BUDGET = {"CP25": "£318.6m net revenue budget in 2026/27; £94.2m capital programme"}

#: What the plan before promised, and what took each promise up.
PLEDGES = read(
    """
CP21-1 | Safer children, stronger families | CYP-DIR | P1 | CH-02 CH-04 ED-03
CP21-2 | Care when it is needed | ASH-DIR | P2 | AS-01 AS-02 AS-03
CP21-3 | A cleaner city | CIT-DIR | P4 | ST-01 WS-01 WS-03
CP21-4 | More homes, better homes | GRO-DIR | P5 | PL-04 HO-03 HN-03
""",
    "code title owner became measures",
)

WHOLE_COUNCIL = read(
    """
WT-V | vision | A city where everyone can live well, and nobody is left behind | CEO | | | counts | \
By 2035 a child born in Quayside can expect as long and as good a life as a child born in Kingsmead.
WT-C | priority | A city that celebrates its many cultures | PHC-DIR | WT-V | | | \
Festivals, languages and traditions are shared, and every community sees itself in the life of the city.
V | vision | Wenlow: a good place to grow up, work and grow old | CEO | WT-V | | counts | \
The council's part in the community strategy: five priorities, and a council that works.
P1 | priority | A good start for every child | CYP-DIR | V | | | \
Children are safe, ready for school and do well there, and families get help before things go wrong.
P2 | priority | Living well, living independently | ASH-DIR | V | | | \
People stay healthy and independent for longer, and care is good where it is needed.
P3 | priority | Safe, connected communities | PHC-DIR | V | | | \
People feel safe, know their neighbours, and have places to meet, read and be active.
P4 | priority | A clean, green city that moves | CIT-DIR | V | | | \
Streets are clean, less is thrown away, the air is better and it is easy to get about.
P5 | priority | Homes and jobs | GRO-DIR | V | | | \
Everyone has a decent home that they can afford, and a fair chance of good work.
EN | enabler | A council that works | CHX-DIR | V | | | \
Residents are answered quickly and fairly, money is well spent and staff are well led.
P1-1 | outcome | Children are safe at home, or cared for close to it | CYP-DIR | P1*2 | CH-02 CH-04 CH-05
P1-2 | outcome | Every child is ready for school and does well there | EDU-HEAD | P1 | EH-02 ED-01 ED-02 ED-03
P1-3 | outcome | Children with special needs get the right help in time | SEN-HEAD | P1 | SE-01*2
P2-1 | outcome | People stay independent at home for longer | ASH-DIR | P2*2 | AS-01 AS-02 AS-03
P2-2 | outcome | Care is good, and puts the person first | COM-HEAD | P2 | AS-07
P2-3 | outcome | People in every ward live longer, healthier lives | PHC-DIR | P2 | PH-01 PH-04 PH-06
P3-1 | outcome | People feel safe, by day and after dark | CSF-HEAD | P3*2 | SA-01 SA-02 | worst_of
P3-2 | outcome | Places to meet, read and be active are well used | PHC-DIR | P3 | LE-01 LE-03
P3-3 | outcome | Neighbours look out for one another | PHC-DIR | P3 | | judged
P4-1 | outcome | Streets are clean and parks are cared for | CIT-DIR | P4 | ST-01 ST-02
P4-2 | outcome | Less is thrown away, and more of it is recycled | WST-HEAD | P4 | WS-01*2 WS-02 WS-03
P4-3 | outcome | The council is carbon neutral by 2030, and the air is clean | CIT-DIR | P4 | CL-01 CL-02 CL-05
P4-4 | outcome | Getting about is safe, quick and easy | HWY-HEAD | P4 | HW-01 HW-04 HW-05
P5-1 | outcome | Everyone has a decent home that they can afford | GRO-DIR | P5*2 | PL-04 HO-03 HO-05 HO-08
P5-2 | outcome | Fewer people lose their home, and for less long | HNE-HEAD | P5*2 | HN-01 HN-02*2 HN-03
P5-3 | outcome | There is good work, and a city centre to be proud of | ECO-HEAD | P5 | EC-01 EC-02 EC-04
EN-1 | outcome | Residents are answered quickly and fairly | CHX-DIR | EN | CS-02 CS-05 CS-07 CS-08
EN-2 | outcome | Every pound is well spent, and what is owed is collected | RES-DIR | EN | CT-01 FI-02 FI-03
EN-3 | outcome | Staff are well led, well trained and well | CHX-DIR | EN | HR-01 HR-06
""",
    "code kind title owner serves measures roll_up description",
)

#: The directorates' aims, between the council's outcomes and the services' objectives.
AIMS = read(
    """
CYP-A1 | Families are helped early, so that fewer children need to be looked after | CYP-DIR | P1-1
CYP-A2 | Schools and nurseries that every family would choose | CYP-DIR | P1-2
CYP-A3 | The right help for each child, without a fight | CYP-DIR | P1-3
ASH-A1 | Help people back on their feet before deciding on long-term care | ASH-DIR | P2-1
ASH-A2 | A care market that is good, stable and treats its staff well | ASH-DIR | P2-2
PHC-A1 | Close the gap in healthy life expectancy between wards | PHC-DIR | P2-3
PHC-A2 | Prevent crime and disorder with the police and with residents | PHC-DIR | P3-1
PHC-A3 | Libraries, leisure and culture for those who use them least | PHC-DIR | P3-2
CIT-A1 | Keep every street and park as we would wish our own | CIT-DIR | P4-1
CIT-A2 | A waste service that is right first time, and wastes less | CIT-DIR | P4-2
CIT-A3 | Halve the council's own emissions by 2028 | CIT-DIR | P4-3
CIT-A4 | Roads, paths and buses that people can rely on | CIT-DIR | P4-4
GRO-A1 | Every home in the city safe, warm and dry | GRO-DIR | P5-1
GRO-A2 | Build 2,400 homes, a third of them affordable | GRO-DIR | P5-1
GRO-A3 | Prevent homelessness, and end it soon where we cannot | GRO-DIR | P5-2
GRO-A4 | A centre that people visit, and work that pays | | P5-3
RES-A1 | Balance the budget each year without using reserves | RES-DIR | EN-2
RES-A2 | Decisions that are lawful, open and audited | RES-DIR | EN-1
CHX-A1 | One front door for every contact with the council | CHX-DIR | EN-1
CHX-A2 | A performance culture, from the council plan to each appraisal | CHX-DIR | EN-3
""",
    "code title owner serves",
)
