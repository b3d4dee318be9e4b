"""The verbs of appraisals, the only places that write. What people write is sealed before it is kept."""

from goldenthread.appraisals.services.appraisers import end_deputy, hand_over, name_deputy
from goldenthread.appraisals.services.completion import feed_measure, record_completion
from goldenthread.appraisals.services.crews import (
    change_crew,
    drop_crew_objective,
    form_crew,
    write_crew_objective,
)
from goldenthread.appraisals.services.paper import (
    confirm_by_code,
    record_from_paper,
    record_signed_copy,
    start_confirmation,
)
from goldenthread.appraisals.services.reseal import reseal
from goldenthread.appraisals.services.stages import (
    agree_objectives,
    answer_disagreement,
    disagree,
    hold_mid_year,
    hold_year_end,
    sign,
)
from goldenthread.appraisals.services.writing import (
    add_evidence,
    add_need,
    add_note,
    drop_objective,
    rate,
    write_comment,
    write_objective,
)
from goldenthread.appraisals.services.years import (
    Begun,
    add_template,
    add_window,
    begin_appraisals,
    leave_out,
    open_year,
    open_year_like_the_last,
)

__all__ = [
    "Begun",
    "add_evidence",
    "add_need",
    "add_note",
    "add_template",
    "add_window",
    "agree_objectives",
    "answer_disagreement",
    "begin_appraisals",
    "change_crew",
    "confirm_by_code",
    "disagree",
    "drop_crew_objective",
    "drop_objective",
    "end_deputy",
    "feed_measure",
    "form_crew",
    "hand_over",
    "hold_mid_year",
    "hold_year_end",
    "leave_out",
    "name_deputy",
    "open_year",
    "open_year_like_the_last",
    "rate",
    "record_completion",
    "record_from_paper",
    "record_signed_copy",
    "reseal",
    "sign",
    "start_confirmation",
    "write_comment",
    "write_crew_objective",
    "write_objective",
]
