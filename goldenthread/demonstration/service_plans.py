"""The service plans of 2026/27: what each service is for, its budget, and its objectives with their measures.

Three services have none, or only a draft: gaps that the demonstration means to show.
"""

from goldenthread.demonstration.lines import read

STARTS, ENDS = "2026-04-01", "2027-03-31"

#: What each service is for, and its net budget in £m.
SERVICES = read(
    """
CSC | To keep children safe, and to care well for those who cannot live at home. | 41.8
EHF | To help families early, near where they live. | 9.4
EDU | To see that every child has a good school place and takes it up. | 6.1
SEN | To give children with special needs the help that is right for them. | 12.7
ACM | To find out with people what they need, and to see that they get it. | 58.3
COM | To buy good care at a fair price, and to see that it stays good. | 3.9
REA | To help people back on their feet after illness or a stay in hospital. | 5.2
PUB | To help people in every ward live longer, healthier lives. | 14.6
CSF | To make Wenlow safer, with the police and with residents. | 2.3
LEI | To get more people active, above all those who are not. | 1.8
LIB | To open up reading, learning and the city's history to everyone. | 3.7
HWY | To keep roads, paths and bridges safe, and the city moving. | 11.5
WST | To collect waste on the day promised, and to recycle more of it. | 16.9
STR | To keep streets clean and parks good to be in. | 7.2
REG | To see that food, homes and businesses are safe. | 2.6
CLI | To bring down emissions, and to get the city ready for hotter summers and wetter winters. | 1.1
PLN | To see that the right homes and workplaces are built in the right places. | 1.9
HSG | To be a landlord of whom tenants think well. | 0.0
HNE | To prevent people from losing their homes, and to find homes for those who have. | 8.8
ECO | To help people into good work and businesses to grow. | 1.4
PRO | To get the best out of what the council owns. | -2.7
FIN | To keep the council solvent, and its accounts true and on time. | 4.2
REV | To collect what is owed, and to pay benefits promptly to those who need them. | 3.3
AUD | To tell the council plainly how well it is run. | 0.8
HRO | To recruit, keep and look after the people the council needs. | 2.9
CUS | To answer residents at the first contact. | 4.6
POL | To tell members and managers how the council is doing, and to help them improve it. | 1.2
LEG | To see that decisions are lawful and meetings well served. | 3.4
""",
    "unit purpose budget",
)

#: A plan that is still out to consultation.
DRAFTED = {"LEG": "consulted"}

OBJECTIVES = read(
    """
CSC-1 | Social workers see every child as often as their plan says | CYP-A1 | CH-03 CH-04 CH-02
CSC-2 | Children in care live near their family and school | CYP-A1 | CH-07 CH-06 CH-01
CSC-3 | Care leavers are in work, training or education | CYP-A1 | CH-05
EHF-1 | Every family hub helps more families before a crisis | CYP-A1 | EH-01
EHF-2 | Two-year-olds have their health review, in every ward | CYP-A2 | EH-02
EDU-1 | Children come to school | CYP-A2 | ED-03
EDU-2 | Schools are helped to be good, and children to do well | CYP-A2 | ED-04 ED-01 ED-02
SEN-1 | Plans are agreed within twenty weeks, and are good ones | CYP-A3 | SE-01 | worst_of
SEN-2 | Fewer children are sent out of class | CYP-A3 | SE-02
ACM-1 | Nobody waits more than four weeks for an assessment | ASH-A1 | AS-01 AS-10
ACM-2 | People choose and direct their own care | ASH-A2 | AS-04 AS-03
ACM-3 | Adults at risk get the outcome that they asked for | ASH-A2 | AS-05
COM-1 | Four homes in five are rated good or better | ASH-A2 | AS-07
COM-2 | Home care starts within two days, and carers are cared for | ASH-A2 | AS-08 AS-09
REA-1 | Home from hospital without delay, and still there three months on | ASH-A1 | AS-02 AS-06
PUB-1 | Fewer people smoke, drink too much or carry too much weight | PHC-A1 | PH-02 PH-04 PH-06
PUB-2 | A healthy start: feeding, vaccination and checks | PHC-A1 | PH-05 PH-07 PH-03
CSF-1 | Antisocial behaviour is dealt with before it becomes a habit | PHC-A2 | SA-01 SA-02
CSF-2 | People who suffer domestic abuse suffer it only once | PHC-A2 | SA-03
LEI-1 | Half a million visits from those who used not to be active | PHC-A3 PHC-A1 | LE-01 LE-02 LE-03
LEI-2 | Leisure centres that need less subsidy | PHC-A3 RES-A1 | LE-04
LIB-1 | A library card in every child's pocket | PHC-A3 CYP-A2 | LB-01 LB-02 LB-03
LIB-2 | Museums that visitors tell their friends about | PHC-A3 | MU-01
HWY-1 | Dangerous defects are made safe within a day | CIT-A4 | HW-01 HW-03
HWY-2 | Fewer people are hurt on our roads | CIT-A4 | HW-05
HWY-3 | Buses run on time and cycling grows | CIT-A4 CIT-A3 | HW-04 HW-06
HWY-4 | The worst main roads are resurfaced first | CIT-A4 | HW-02
WST-1 | Bins are emptied on the day promised | CIT-A2 | WS-03 WS-04 WS-07
WST-2 | Recycle half of all household waste | CIT-A2 | WS-01 WS-05 WS-06
WST-3 | Ten kilograms less in every household's bin | CIT-A2 | WS-02
STR-1 | Litter and fly-tips are gone within two days | CIT-A1 | ST-01 ST-02 ST-03
STR-2 | Parks with trees, paths and toilets to be proud of | CIT-A1 | ST-04 ST-05
REG-1 | Food that is safe to eat, wherever it is sold | PHC-A2 | SA-04 SA-05
REG-2 | Private rented homes that are fit to live in | GRO-A1 | SA-07 SA-06
CLI-1 | Cut the council's emissions by a tenth a year | CIT-A3 | CL-01 CL-03
CLI-2 | Clean air on Bridge Street by 2028 | CIT-A3 | CL-02 CL-05
CLI-3 | Homes that are warmer and rivers that stay in their banks | CIT-A3 GRO-A1 | CL-04 CL-06
PLN-1 | A Local Plan in place by the end of 2027 | GRO-A2 | PL-05 PL-04
PLN-2 | Decisions made on time that stand up at appeal | GRO-A2 | PL-01 PL-02 PL-03 PL-06
PLN-3 | Breaches are looked into at once | | PL-07
HSG-1 | Every tenant has a home that is decent and safe | GRO-A1 | HO-06 HO-04 | worst_of
HSG-2 | Repairs done right, when we said | GRO-A1 | HO-03 HO-05
HSG-3 | Damp and mould are dealt with in days, not months | GRO-A1 | HO-08 HO-07
HSG-4 | Empty homes are let quickly and rents are collected | GRO-A1 RES-A1 | HO-01 HO-02
HNE-1 | Nobody loses a home for want of early advice | GRO-A3 | HN-01
HNE-2 | No family in bed and breakfast for more than six weeks | GRO-A3 | HN-02*2 HN-03 HN-06 | worst_of
HNE-3 | Nobody has to sleep rough | GRO-A3 CP21-4 | HN-05
ECO-1 | Every young person is in work or learning | GRO-A4 | EC-02 EC-03
ECO-2 | Fill the empty shops of the centre | GRO-A4 | EC-04 EC-01
PRO-1 | Let what stands empty, and sell what is not needed | RES-A1 GRO-A4 | PR-01 PR-02
FIN-1 | Close the gap of £11.4m in the medium-term plan | RES-A1 | FI-02 FI-03
FIN-2 | Pay on time, and be paid on time | RES-A1 | FI-01 FI-04
REV-1 | Collect more council tax and business rates, kindly | RES-A1 | CT-01 CT-02
REV-2 | New claims decided within eighteen days | CHX-A1 | BE-01 BE-02
AUD-1 | Nine recommendations in ten are carried out on time | RES-A2 |
HRO-1 | Staff who are well, and at work | CHX-A2 | HR-01 HR-07
HRO-2 | Keep good people, and rely less on agencies | CHX-A2 | HR-02 HR-04
HRO-3 | Fair pay and an appraisal for everyone | CHX-A2 | HR-03 HR-06
CUS-1 | Answer within two minutes, and settle it in one call | CHX-A1 | CS-02 CS-03 CS-04
CUS-2 | Learn from every complaint | CHX-A1 | CS-05 CS-06
POL-1 | Members who trust the figures and use them | CHX-A1 CHX-A2 | CS-08
LEG-1 | Information given on time, and meetings that anyone can follow | RES-A2 | CS-07
""",
    "code title serves measures roll_up",
)

#: Whose objective it is, where that is not the head of the service; a dash for nobody yet.
OWNERS = {
    "SEN-2": "SEN-MGR",
    "ACM-3": "SGA-MGR",
    "HWY-4": "-",
    "STR-2": "STR-MGR",
    "REG-2": "REG-MGR",
    "LIB-2": "-",
    "CUS-1": "CUS-MGR",
    "HRO-3": "HRO-MGR",
    "POL-1": "POL-MGR",
}
