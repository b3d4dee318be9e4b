"""The verbs of appraisals, the only places that write. What people write is sealed before it is kept."""

from goldenthread.appraisals.services.appraisers import end_deputy, hand_over, name_deputy
from goldenthread.appraisals.services.competencies import (
    adopt_framework,
    change_levels,
    drop_competency,
    start_framework,
    start_next_version,
    write_competency,
)
from goldenthread.appraisals.services.completion import feed_measure, record_completion
from goldenthread.appraisals.services.crews import (
    change_crew,
    drop_crew_objective,
    form_crew,
    write_crew_objective,
)
from goldenthread.appraisals.services.disclosures import (
    ask_disclosure,
    end_disclosure,
    grant_disclosure,
    open_disclosed,
)
from goldenthread.appraisals.services.distributions import count_ratings
from goldenthread.appraisals.services.feedback import ask_for_feedback, give_feedback, mail_asked, withdraw_feedback
from goldenthread.appraisals.services.holds import lift_hold, place_hold
from goldenthread.appraisals.services.moderation import name_panel, suggest_rating
from goldenthread.appraisals.services.needs import add_need, meet_need
from goldenthread.appraisals.services.own_copy import record_own_copy
from goldenthread.appraisals.services.paper import (
    confirm_by_code,
    record_from_paper,
    record_signed_copy,
    start_confirmation,
)
from goldenthread.appraisals.services.reminders import remind
from goldenthread.appraisals.services.reseal import reseal
from goldenthread.appraisals.services.retention import retain
from goldenthread.appraisals.services.stages import (
    agree_objectives,
    answer_disagreement,
    disagree,
    hold_mid_year,
    hold_year_end,
    sign,
)
from goldenthread.appraisals.services.templates import add_template, change_template
from goldenthread.appraisals.services.windows import add_window, change_dates, change_window, remove_window
from goldenthread.appraisals.services.writing import (
    add_evidence,
    add_note,
    drop_objective,
    rate,
    write_comment,
    write_objective,
)
from goldenthread.appraisals.services.years import (
    Begun,
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
    "adopt_framework",
    "agree_objectives",
    "answer_disagreement",
    "ask_disclosure",
    "ask_for_feedback",
    "begin_appraisals",
    "change_crew",
    "change_dates",
    "change_levels",
    "change_template",
    "change_window",
    "confirm_by_code",
    "count_ratings",
    "disagree",
    "drop_competency",
    "drop_crew_objective",
    "drop_objective",
    "end_deputy",
    "end_disclosure",
    "feed_measure",
    "form_crew",
    "give_feedback",
    "grant_disclosure",
    "hand_over",
    "hold_mid_year",
    "hold_year_end",
    "leave_out",
    "lift_hold",
    "mail_asked",
    "meet_need",
    "name_deputy",
    "name_panel",
    "open_disclosed",
    "open_year",
    "open_year_like_the_last",
    "place_hold",
    "rate",
    "record_completion",
    "record_from_paper",
    "record_own_copy",
    "record_signed_copy",
    "remind",
    "remove_window",
    "reseal",
    "retain",
    "sign",
    "start_confirmation",
    "start_framework",
    "start_next_version",
    "suggest_rating",
    "withdraw_feedback",
    "write_comment",
    "write_competency",
    "write_crew_objective",
    "write_objective",
]
