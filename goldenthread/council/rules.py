"""Who may see and change the structure, the people and the roles."""

import rules

from goldenthread.council.models import Role
from goldenthread.council.roles import roles_of


def holds(*roles: str) -> rules.predicates.Predicate:
    """True for a user who holds any of ``roles`` anywhere."""

    @rules.predicate(name="holds " + " or ".join(roles))
    def test(user: object) -> bool:
        return roles_of(user).has(*roles)

    return test


is_staff_or_member = holds(*[role for role in Role if role is not Role.SUPPLIER])
runs_the_council = holds(Role.ADMINISTRATOR)
keeps_the_staff_list = holds(Role.ADMINISTRATOR, Role.HUMAN_RESOURCES)
reads_everything = holds(Role.ADMINISTRATOR, Role.PERFORMANCE_OFFICER, Role.AUDITOR)

rules.add_perm("council.view_unit", is_staff_or_member)
rules.add_perm("council.change_unit", runs_the_council)
rules.add_perm("council.view_person", reads_everything)
rules.add_perm("council.change_person", runs_the_council)
rules.add_perm("council.view_grant", reads_everything)
rules.add_perm("council.change_grant", runs_the_council)
rules.add_perm("council.view_settings", reads_everything)
rules.add_perm("council.take_extract", keeps_the_staff_list)
