"""The Performance and Improvement Programme: three interlinked projects, for technology, processes and people."""

from goldenthread.demonstration.lines import read

PLAN = {
    "plan": "PIP26",
    "title": "Performance and Improvement Programme",
    "kind": "Programme",
    "unit": "CHX",
    "purpose": "To embed a culture of performance management and improvement across the council, with one overview.",
    "budget": "£1.3m over two years, from the transformation reserve",
    "starts": "2026-04-01",
    "ends": "2028-03-31",
    "state": "adopted",
}

ELEMENTS = read(
    """
PIP | programme | Performance and Improvement Programme | CEO | EN CHX-A2 | judged | \
Overseen by the Programme Board, on which each side of the chamber and the chief officers concerned have a seat.
PMF | project | The PMF Project | DIG-HEAD | PIP | judged | \
Technology: web-based software that holds all of the council's performance data and evidences the golden thread.
PMF-1 | workstream | PMF software implementation | DIG-HEAD | PMF | judged
PMF-2 | workstream | Data collection, presentation and analysis | POL-HEAD | PMF | judged
PMP | project | The Performance Management Project | POL-HEAD | PIP | judged | \
Processes: how the council plans, sets targets, reviews its performance and improves.
PMP-1 | workstream | Strategic, service and business planning | POL-HEAD | PMP | judged
PMP-2 | workstream | Target and KPI setting | POL-MGR | PMP | judged
PMP-3 | workstream | Performance review | POL-MGR | PMP | judged
PMP-4 | workstream | Improvement planning | POL-HEAD | PMP | judged
CCP | project | The Cultural Change Project | HRO-HEAD | PIP | judged | \
People: the skills, appraisal, communication and leadership without which software changes nothing.
CCP-1 | workstream | Competencies, appraisal and training | HRO-MGR | CCP | judged
CCP-2 | workstream | Communication and involvement | CUS-HEAD | CCP | judged
CCP-3 | workstream | Investors in People | HRO-HEAD | CCP | judged
CCP-4 | workstream | Change management | | CCP | judged
""",
    "code kind title owner serves roll_up description",
)

#: How the Programme Board saw each in December, and until when that stands.
JUDGEMENTS = read(
    """
PIP | amber | On course overall, but appraisals are moving more slowly than the software. | 2027-03-31
PMF | green | The software holds every measure, and the second release is in use. | 2027-03-31
PMF-1 | green | Live in all seven directorates since September. | 2027-03-31
PMF-2 | green | Nine figures in ten come in by their date. | 2027-03-31
PMP | green | Every service but three has a plan for the year. | 2027-03-31
PMP-1 | green | Service plans for 2027/28 are being drafted on the new template. | 2027-03-31
PMP-2 | amber | Targets for next year are agreed for two measures in three. | 2027-02-12
PMP-3 | green | Two performance clinics were held, and both led to an improvement plan. | 2027-03-31
PMP-4 | amber | Plans are written, but four have no owner for their actions. | 2027-02-12
CCP | amber | Managers are trained; staff say that they have not noticed much yet. | 2027-03-31
CCP-1 | red | Four appraisals in ten were late, and the new form is not agreed with the unions. | 2027-02-26
CCP-2 | green | The newsletter and the roadshows reached all depots. | 2027-03-31
CCP-3 | amber | The assessor's visit was put off to June. | 2027-03-31
P3-3 | amber | Street champions are in nine wards of twelve; the survey comes in the spring. | 2027-04-30
""",
    "element status reason expires",
)

COMMENTARY = read(
    """
P1 | Referrals came down for the third quarter running, but plans for children with special needs are still too slow.
P2 | Reablement is doing well. Waits for an assessment are the worry of the winter.
P4 | The new rounds have settled and missed collections are back to where they were in the spring.
P5 | Fewer families are in bed and breakfast than a year ago, at a cost that is still too high.
PIP | The Board asks for a plan by February to bring appraisals back on course.
""",
    "element comment",
)
