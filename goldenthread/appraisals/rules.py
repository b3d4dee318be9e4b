"""Who takes part in appraisals, who reads one, who hands it over, and who runs the year without reading any."""

from typing import Any

import rules

from goldenthread.appraisals.models import Appraisal, Side
from goldenthread.appraisals.moderation import panels_of
from goldenthread.appraisals.sides import side_of
from goldenthread.council.models import Post, Role, UnitKind
from goldenthread.council.roles import roles_of
from goldenthread.council.rules import holds


@rules.predicate
def takes_part(user: Any) -> bool:
    """Whoever holds a post of the council's own; councillors and partners are not appraised here."""
    roles = roles_of(user)
    if not roles.posts or roles.only(Role.MEMBER):
        return False
    if roles.only(Role.SUPPLIER):
        return Post.objects.filter(pk__in=roles.posts).exclude(unit__kind=UnitKind.PARTNER).exists()
    return True


@rules.predicate
def reads(user: Any, appraisal: Appraisal | None = None) -> bool:
    return takes_part(user) if appraisal is None else side_of(user, appraisal) is not None


@rules.predicate
def appraises(user: Any, appraisal: Appraisal | None = None) -> bool:
    """The appraiser, or the deputy they named."""
    return takes_part(user) if appraisal is None else side_of(user, appraisal) == Side.APPRAISER


@rules.predicate
def is_appraised(user: Any, appraisal: Appraisal | None = None) -> bool:
    return takes_part(user) if appraisal is None else side_of(user, appraisal) == Side.APPRAISEE


@rules.predicate
def is_appraisers_manager(user: Any, appraisal: Appraisal | None = None) -> bool:
    return takes_part(user) if appraisal is None else side_of(user, appraisal) == Side.MANAGER


@rules.predicate
def sits_on_a_panel(user: Any) -> bool:
    return bool(panels_of(user))


runs_appraisals = holds(Role.HUMAN_RESOURCES)
sees_completion = holds(Role.HUMAN_RESOURCES, Role.HEAD_OF_SERVICE)

rules.add_perm("appraisals.take_part", takes_part)
rules.add_perm("appraisals.read_appraisal", reads)
rules.add_perm("appraisals.write_objectives", is_appraised | appraises)
rules.add_perm("appraisals.appraise", appraises)
rules.add_perm("appraisals.sign", is_appraised | appraises)
rules.add_perm("appraisals.answer_disagreement", is_appraisers_manager)
rules.add_perm("appraisals.hand_over", appraises | is_appraisers_manager | runs_appraisals)
rules.add_perm("appraisals.run_year", runs_appraisals)
rules.add_perm("appraisals.view_completion", sees_completion)
rules.add_perm("appraisals.view_needs", runs_appraisals)
rules.add_perm("appraisals.view_ratings", runs_appraisals)
rules.add_perm("appraisals.keep_records", holds(Role.HUMAN_RESOURCES, Role.ADMINISTRATOR))
rules.add_perm("appraisals.sit_on_panel", sits_on_a_panel)
