"""Pages that read several apps: home, and the units with their measures."""

from django.urls import path

from goldenthread.scorecards.views import explorer, gaps, line, my_objectives, my_thread, plan, strategy_map
from goldenthread.scorecards.views.home import home
from goldenthread.scorecards.views.units import unit, units

app_name = "scorecards"
urlpatterns = [
    path("", home, name="home"),
    path("units/", units, name="units"),
    path("units/<path:code>/", unit, name="unit"),
    path("plans/<path:code>/on-a-page/", plan.plan_page, name="plan-page"),
    path("plans/<path:code>/succeed/", plan.succeed, name="succeed"),
    path("elements/<path:code>/measures/new/", plan.link_measure, name="link-measure"),
    path("elements/<path:code>/measures/<path:measure>/weigh/", plan.weigh_measure_link, name="weigh-measure"),
    path("elements/<path:code>/measures/<path:measure>/end/", plan.unlink_from_element, name="unlink-measure"),
    path("measures/<path:code>/line/", line.line, name="line"),
    path("measures/<path:code>/serves/", plan.serve, name="serve"),
    path("thread/", explorer.explore, name="explore"),
    path("thread/<str:kind>/<path:code>/", explorer.thread, name="thread"),
    path("my-thread/", my_thread.my_thread, name="my-thread"),
    path("my-objectives/", my_objectives.objectives, name="my-objectives"),
    path("map/", strategy_map.strategy, name="map"),
    path("gaps/", gaps.gaps, name="gaps"),
    path("plans/<path:code>/", plan.plan, name="plan"),
    path("elements/<path:code>/", plan.element, name="element"),
]
