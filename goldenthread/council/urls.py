"""The structure of the council, and the settings."""

from django.urls import include, path

from goldenthread.council.views import extract, overview, people, structure

app_name = "council"
settings_patterns = [
    path("", overview.settings, name="settings"),
    path("roles/", overview.roles, name="roles"),
    path("roles/give/", overview.give_role, name="give-role"),
    path("roles/<int:key>/end/", people.end_grant, name="end-grant"),
    path("units/", structure.units, name="units"),
    path("units/new/", structure.new_unit, name="new-unit"),
    path("units/<path:code>/change/", structure.unit, name="unit"),
    path("posts/", structure.posts, name="posts"),
    path("posts/new/", structure.new_post, name="new-post"),
    path("posts/<path:code>/change/", structure.post, name="post"),
    path("people/", people.people, name="people"),
    path("people/new/", people.new_person, name="new-person"),
    path("appointments/<int:key>/end/", people.end_appointment, name="end-appointment"),
    path("people/<path:code>/change/", people.change_person, name="change-person"),
    path("people/<path:code>/appoint/", people.appoint, name="appoint"),
    path("people/<path:code>/grant/", people.grant, name="grant"),
    path("people/<path:code>/sign-in/", people.account, name="account"),
    path("people/<path:code>/", people.person, name="person"),
]
urlpatterns = [
    path("settings/", include(settings_patterns)),
    path("structure/", overview.structure_page, name="structure"),
    path("structure/staff/", extract.extracts, name="extracts"),
    path("structure/staff/<int:key>/", extract.extract, name="extract"),
    path("structure/staff/<int:key>/decide/", extract.decide, name="decide-rows"),
    path("structure/staff/<int:key>/release/", extract.release, name="release-extract"),
    path("structure/staff/<int:key>/set-aside/", extract.set_aside, name="set-extract-aside"),
]
