"""Plans, what they say and what is done for them. A code may hold spaces, & and /."""

from django.urls import include, path

from goldenthread.plans.views import actions, elements, plans

app_name = "plans"
plan_patterns = [
    path("", plans.plans, name="plans"),
    path("new/", plans.new_plan, name="new-plan"),
    path("<path:code>/change/", plans.change_plan, name="change-plan"),
    path("<path:code>/next-step/", plans.plan_step, name="plan-step"),
    path("<path:code>/add/", elements.new_element, name="new-element"),
]
element_patterns = [
    path("<path:code>/change/", elements.change_element, name="change-element"),
    path("<path:code>/link/", elements.link, name="link"),
    path("<path:code>/serves/<path:above>/weigh/", elements.weigh_link, name="weigh-link"),
    path("<path:code>/serves/<path:above>/end/", elements.unlink, name="unlink"),
    path("<path:code>/commentary/", elements.comment, name="comment"),
    path("<path:code>/judge/", elements.judge, name="judge"),
]
action_patterns = [
    path("", actions.actions, name="actions"),
    path("timeline/", actions.timeline, name="timeline"),
    path("new/", actions.new_action, name="new-action"),
    path("<path:code>/change/", actions.change_action, name="change-action"),
    path("<path:code>/report/", actions.report, name="report"),
    path("<path:code>/complete/", actions.complete, name="complete"),
    path("<path:code>/give-up/", actions.cancel, name="cancel"),
    path("<path:code>/another-date/", actions.reschedule, name="reschedule"),
    path("<path:code>/decide/", actions.decide, name="decide"),
    path("<path:code>/steps/new/", actions.new_milestone, name="new-milestone"),
    path("<path:code>/steps/<str:milestone>/reached/", actions.reach, name="reach"),
    path("<path:code>/", actions.action, name="action"),
]
urlpatterns = [
    path("plans/", include(plan_patterns)),
    path("elements/", include(element_patterns)),
    path("actions/", include(action_patterns)),
]
