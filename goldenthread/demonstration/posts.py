"""The posts of the council and who holds them: somebody at the top, heads, managers and those who supply figures.

A post's code ends in what it does: DIR, HEAD, MGR (who owns measures) or DATA (who supplies them).
"""

from goldenthread.demonstration.lines import read

POSTS = read(
    """
CEO | Chief Executive | WCC | chief officer | | Marian Thackeray
CYP-DIR | Director of Children and Young People | CYP | chief officer | CEO | Folasade Adeyinka
ASH-DIR | Director of Adult Social Care | ASH | chief officer | CEO | Gareth Penhallow
PHC-DIR | Director of Public Health | PHC | chief officer | CEO | Dr Sunita Raghavan
CIT-DIR | Director of City Operations | CIT | chief officer | CEO | Ian Muirhead
GRO-DIR | Director of Growth and Housing | GRO | chief officer | CEO | Catrin Llewelyn-Price
RES-DIR | Director of Resources | RES | chief officer | CEO | Tobias Ferrant
CHX-DIR | Director of Strategy and Customers | CHX | chief officer | CEO | Nadia Kowalczyk
CSC-HEAD | Head of Children's Social Care | CSC | head | CYP-DIR | Joanne Whitcombe
CSC-MGR | Service Manager, Safeguarding and Reviewing | CSC | manager | CSC-HEAD | Damian Oyelaran
CSC-DATA | Children's Performance Analyst | CSC | officer | CSC-MGR | Lucy Brannigan
MASH-MGR | Team Manager, Front Door | MASH | manager | CSC-HEAD | Yasmin Choudry
CIC-MGR | Team Manager, Children in Care | CIC | manager | CSC-HEAD | Peter Olusanya
EHF-HEAD | Head of Early Help and Families | EHF | head | CYP-DIR | Ruth Sandiford
EHF-MGR | Family Hubs Manager | EHF | manager | EHF-HEAD | Callum Dreyfus
EHF-DATA | Early Help Data Officer | EHF | officer | EHF-MGR | Priyanka Solanki
EDU-HEAD | Head of Education and Learning | EDU | head | CYP-DIR | Alistair Munday
EDU-MGR | School Improvement and Attendance Manager | EDU | manager | EDU-HEAD | Bethan Rowlands
EDU-DATA | Education Data Officer | EDU | officer | EDU-MGR | Harvey Tolland
SEN-HEAD | Head of SEND and Inclusion | SEN | head | CYP-DIR | Olivia Mensah-Grant
SEN-MGR | Education, Health and Care Plans Manager | SEN | manager | SEN-HEAD | Stuart Kilbride
SEN-DATA | SEND Data Officer | SEN | officer | SEN-MGR | Farah Aziz
ACM-HEAD | Head of Care Management | ACM | head | ASH-DIR | Helen Prosser
ACM-MGR | Locality Manager, Adult Social Work | ACM | manager | ACM-HEAD | Winston Delacroix
ACM-DATA | Adult Care Data Analyst | ACM | officer | ACM-MGR | Siobhan Keary
SGA-MGR | Safeguarding Adults Lead | SGA | manager | ACM-HEAD | Thomas Ainscough
COM-HEAD | Head of Commissioning and Provider Quality | COM | head | ASH-DIR | Rukhsana Malik
COM-MGR | Provider Quality Manager | COM | manager | COM-HEAD | Edward Salcombe
COM-DATA | Contracts Data Officer | COM | officer | COM-MGR | Jasmine Ogunleye
REA-HEAD | Head of Reablement and Independence | REA | head | ASH-DIR | Fiona Hathersage
REA-MGR | Reablement Service Manager | REA | manager | REA-HEAD | Mateusz Zielinski
REA-DATA | Reablement Data Officer | REA | officer | REA-MGR | Carys Bowden
PUB-HEAD | Consultant in Public Health | PUB | head | PHC-DIR | Dr Kwame Asante-Boateng
PUB-MGR | Health Improvement Manager | PUB | manager | PUB-HEAD | Leanne Copperfield
PUB-DATA | Public Health Intelligence Analyst | PUB | officer | PUB-MGR | Arjun Nambiar
CSF-HEAD | Head of Community Safety | CSF | head | PHC-DIR | Maureen Tindall
CSF-MGR | Antisocial Behaviour Manager | CSF | manager | CSF-HEAD | Dele Fashola
CSF-DATA | Community Safety Analyst | CSF | officer | CSF-MGR | Georgia Whitlam
LEI-HEAD | Head of Leisure and Sport | LEI | head | PHC-DIR | Robert Ackerley
LEI-MGR | Leisure Contract Manager | LEI | manager | LEI-HEAD | Simone Baptiste
LEI-DATA | Leisure Monitoring Officer | LEI | officer | LEI-MGR | Owen Trevethick
LIB-HEAD | Head of Libraries and Culture | LIB | head | PHC-DIR | Eleanor Vickers
LIB-MGR | Libraries Manager | LIB | manager | LIB-HEAD | Hassan Dualeh
LIB-DATA | Libraries Systems Officer | LIB | officer | LIB-MGR | Philippa Crane
HWY-HEAD | Head of Highways and Transport | HWY | head | CIT-DIR | Kenneth Brodrick
HWY-MGR | Network and Asset Manager | HWY | manager | HWY-HEAD | Amelia Stapleford
HWY-DATA | Highways Asset Officer | HWY | officer | HWY-MGR | Vikram Sandhu
LIT-MGR | Street Lighting Engineer | LIT | manager | HWY-HEAD | Neil Cotterell
WST-HEAD | Head of Waste and Recycling | WST | head | CIT-DIR | Deborah Lockyer
WST-MGR | Collections Manager | WST | manager | WST-HEAD | Ryan Oakden
WST-DATA | Waste Data Officer | WST | officer | WST-MGR | Meera Pillai
STR-HEAD | Head of Street Scene and Parks | STR | head | CIT-DIR | Colin Braithwaite
STR-MGR | Street Cleansing Manager | STR | manager | STR-HEAD | Tamsin Rudge
STR-DATA | Street Scene Data Officer | STR | officer | STR-MGR | Keira Dunmore
STR-SUP | Street Scene Support Officer | STR | officer | STR-MGR | Jerome Pascal
REG-HEAD | Head of Regulatory Services | REG | head | CIT-DIR | Angela Fairweather
REG-MGR | Environmental Health Manager | REG | manager | REG-HEAD | Bilal Hussain
REG-DATA | Regulatory Support Officer | REG | officer | REG-MGR | Rosie Tunnicliffe
CLI-HEAD | Head of Climate and Environment | CLI | head | CIT-DIR | Dr Ingrid Halvorsen
CLI-MGR | Carbon Programme Manager | CLI | manager | CLI-HEAD | Joseph Amankwah
CLI-DATA | Energy and Carbon Analyst | CLI | officer | CLI-MGR | Nicola Bexley
PLN-HEAD | Head of Planning and Building Control | PLN | head | GRO-DIR | Simon Ardley
PLN-MGR | Development Management Manager | PLN | manager | PLN-HEAD | Chiara Bonetti
PLN-DATA | Planning Systems Officer | PLN | officer | PLN-MGR | Daniel Fosse
HSG-HEAD | Head of Council Homes | HSG | head | GRO-DIR | Veronica Sturridge
HSG-MGR | Tenancy and Income Manager | HSG | manager | HSG-HEAD | Paul Nkemelu
HSG-DATA | Housing Performance Officer | HSG | officer | HSG-MGR | Abigail Thorne
REP-MGR | Repairs Manager | REP | manager | HSG-HEAD | Gavin Stoddard
HNE-HEAD | Head of Housing Needs | HNE | head | GRO-DIR | Samina Iqbal
HNE-MGR | Homelessness Prevention Manager | HNE | manager | HNE-HEAD | Lewis Hartigan
HNE-DATA | Housing Options Data Officer | HNE | officer | HNE-MGR | Chloe Vasquez
ECO-HEAD | Head of Economy and Skills | ECO | head | GRO-DIR | Jonathan Redfearn
ECO-MGR | Employment and Skills Manager | ECO | manager | ECO-HEAD | Adaeze Nwosu
ECO-DATA | Economic Intelligence Officer | ECO | officer | ECO-MGR | Matthew Kershaw-Lane
PRO-HEAD | Head of Property and Estates | PRO | head | GRO-DIR | Lorraine Hebden
PRO-MGR | Commercial Estates Manager | PRO | manager | PRO-HEAD | Anton Marchetti
PRO-DATA | Property Data Officer | PRO | officer | PRO-MGR | Ffion Gethin
FIN-HEAD | Head of Finance | FIN | head | RES-DIR | Margaret Osei
FIN-MGR | Financial Planning Manager | FIN | manager | FIN-HEAD | David Ballantyne-Cole
FIN-DATA | Senior Accountant | FIN | officer | FIN-MGR | Zoe Pilkington
REV-HEAD | Head of Revenues and Benefits | REV | head | RES-DIR | Graham Whittle
REV-MGR | Council Tax and Recovery Manager | REV | manager | REV-HEAD | Shireen Farooqi
REV-DATA | Revenues Systems Officer | REV | officer | REV-MGR | Luke Entwhistle
PRC-HEAD | Head of Procurement and Contracts | PRC | head | RES-DIR | Patricia Golding
PRC-MGR | Category Manager | PRC | manager | PRC-HEAD | Kofi Addai
PRC-DATA | Procurement Support Officer | PRC | officer | PRC-MGR | Hannah Moxley
AUD-HEAD | Head of Internal Audit and Risk | AUD | head | RES-DIR | Christopher Laidlaw
AUD-MGR | Principal Auditor | AUD | manager | AUD-HEAD | Usha Venkataraman
AUD-DATA | Audit Support Officer | AUD | officer | AUD-MGR | Ben Sidwell
LEG-HEAD | Head of Legal and Democratic Services | LEG | head | RES-DIR | Francesca Doyle
LEG-MGR | Information Governance Manager | LEG | manager | LEG-HEAD | Ibrahim Sesay
LEG-DATA | Information Governance Officer | LEG | officer | LEG-MGR | Kate Loxley
HRO-HEAD | Head of Human Resources | HRO | head | CHX-DIR | Teresa Monkhouse
HRO-MGR | HR Business Partner, Workforce | HRO | manager | HRO-HEAD | Aaron Goldsworthy
HRO-DATA | Workforce Data Analyst | HRO | officer | HRO-MGR | Nisha Bhandari
CUS-HEAD | Head of Customer Services | CUS | head | CHX-DIR | Dawn Holloway
CUS-MGR | Contact Centre Manager | CUS | manager | CUS-HEAD | Marcus Ellery
CUS-DATA | Customer Insight Officer | CUS | officer | CUS-MGR | Ewa Nowicka
DIG-HEAD | Head of Digital and Information | DIG | head | CHX-DIR | Rahul Deshpande
DIG-MGR | Digital Services Manager | DIG | manager | DIG-HEAD | Stephanie Croft
DIG-DATA | Service Desk Analyst | DIG | officer | DIG-MGR | Elliot Marsden
POL-HEAD | Head of Strategy and Performance | POL | head | CHX-DIR | Charlotte Ravenhill
POL-MGR | Corporate Performance Manager | POL | manager | POL-HEAD | Amara Okonjo
POL-PERF | Performance Officer | POL | officer | POL-MGR | Sam Treadwell
POL-PERF2 | Performance Officer | POL | officer | POL-MGR | Leila Haddad
POL-SYS | Performance Systems Administrator | POL | officer | POL-MGR | Rory MacAskill
POL-DATA | Research and Consultation Officer | POL | officer | POL-MGR | Imogen Fairbank
BLT-MGR | Operations Director, Brightwater Leisure Trust | BLT | manager | | Craig Rothwell
BLT-DATA | Membership and Data Coordinator, Brightwater Leisure Trust | BLT | officer | BLT-MGR | Tania Szymanska
WHT-MGR | Deputy Director of Community Services | WHT | manager | | Dr Elspeth Moncrieff
WHT-DATA | Contract Information Analyst, Community Health Trust | WHT | officer | WHT-MGR | Gregory Addison
CAB-LEA | Leader of the Council | WCC | member | | Cllr Judith Hargrave
CAB-RES | Cabinet Member for Finance and Resources | WCC | member | CAB-LEA | Cllr Pervez Anwar
CAB-CHI | Cabinet Member for Children and Education | WCC | member | CAB-LEA | Cllr Louise Kettering
CAB-ADU | Cabinet Member for Adult Care and Health | WCC | member | CAB-LEA | Cllr Desmond Achebe
CAB-COM | Cabinet Member for Communities and Culture | WCC | member | CAB-LEA | Cllr Megan Pritchard
CAB-CIT | Cabinet Member for a Clean, Green City | WCC | member | CAB-LEA | Cllr Oliver Standish
CAB-HOM | Cabinet Member for Homes and Growth | WCC | member | CAB-LEA | Cllr Anita Bassi
SCR-CORP | Chair, Corporate Scrutiny Commission | WCC | member | | Cllr Raymond Hollis
WST-HRC | Recycling Centre Attendant | WST | crew | WST-HEAD | Ailsa Drummond
""",
    "post title unit tier reports_to holder",
)

#: What each post is called.
TITLES = {row["post"]: row["title"] for row in POSTS}
