"""The settings that belong to measures: rules and tiers."""

from django.urls import path

from goldenthread.measures.views.rules import change_rule, named_rule, new_rule, rules, tier_rule, tiers

settings_patterns = [
    path("rules/", rules, name="rules"),
    path("rules/new/", new_rule, name="new-rule"),
    path("rules/<path:code>/change/", change_rule, name="change-rule"),
    path("rules/<path:code>/", named_rule, name="named-rule"),
    path("tiers/", tiers, name="tiers"),
    path("tiers/<slug:tier>/", tier_rule, name="tier-rule"),
]
