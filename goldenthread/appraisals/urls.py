"""Appraisals: one's own, one's team's, and what is written in each."""

from django.urls import path

from goldenthread.appraisals.views import appraisal, completion, crews, objectives, paper, team, years

app_name = "appraisals"
urlpatterns = [
    path("", appraisal.mine, name="mine"),
    path("team/", team.my_team, name="my-team"),
    path("completion/", completion.by_unit, name="completion"),
    path("years/", years.all_years, name="years"),
    path("years/<int:key>/begin/", years.begin, name="begin"),
    path("deputies/", team.my_deputies, name="my-deputies"),
    path("deputies/<int:key>/end/", team.end_deputy, name="end-deputy"),
    path("confirm/", paper.confirm, name="confirm"),
    path("crews/new/", crews.new_crew, name="new-crew"),
    path("crews/<int:key>/", crews.crew, name="crew"),
    path("crews/<int:key>/change/", crews.change_crew, name="change-crew"),
    path("crews/<int:key>/on-paper/", paper.crew_on_paper, name="crew-on-paper"),
    path("crews/<int:key>/objectives/new/", crews.new_crew_objective, name="new-crew-objective"),
    path("crews/<int:key>/objectives/<int:objective>/", crews.crew_objective, name="crew-objective"),
    path("crews/<int:key>/objectives/<int:objective>/drop/", crews.drop_crew_objective, name="drop-crew-objective"),
    path("<int:key>/", appraisal.appraisal, name="appraisal"),
    path("<int:key>/objectives/new/", objectives.new_objective, name="new-objective"),
    path("<int:key>/objectives/<int:objective>/", objectives.objective, name="objective"),
    path("<int:key>/objectives/<int:objective>/drop/", objectives.drop_objective, name="drop-objective"),
    path("<int:key>/objectives/<int:objective>/evidence/", objectives.add_evidence, name="add-evidence"),
    path("<int:key>/rate/", objectives.rate, name="rate"),
    path("<int:key>/notes/", appraisal.add_note, name="add-note"),
    path("<int:key>/needs/", appraisal.add_need, name="add-need"),
    path("<int:key>/reach/", appraisal.reach, name="reach"),
    path("<int:key>/sign/", appraisal.sign, name="sign"),
    path("<int:key>/disagree/", appraisal.disagree, name="disagree"),
    path("<int:key>/answer/", appraisal.answer, name="answer"),
    path("<int:key>/on-paper/", paper.form_on_paper, name="on-paper"),
    path("<int:key>/from-paper/", paper.record_from_paper, name="from-paper"),
    path("<int:key>/code/", paper.start_confirmation, name="start-confirmation"),
    path("<int:key>/signed-copy/", paper.record_signed_copy, name="signed-copy"),
    path("<int:key>/hand-over/", team.hand_over, name="hand-over"),
]
