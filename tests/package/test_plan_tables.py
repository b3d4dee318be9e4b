"""Plans in the data package: what is refused, with its line and what would be right."""

import pytest

pytestmark = pytest.mark.django_db

PLANS = {
    "plans": "plan,title\nCP25,Council Plan\n",
    "elements": "element,plan,kind,title\nP1,CP25,priority,Homes\n"
    "O1,CP25,outcome,Warm homes\nS1,CP25,objective,Repairs\n",
}


def test_a_circle_is_refused_with_its_path(faults_of):
    links = "above,below,starts\nP1,O1,\nO1,S1,\nS1,P1,2026-04-01\n"
    assert faults_of(PLANS | {"links": links}) == [
        "links.csv:2: below: goes round in a circle, P1 → O1 → S1 → P1: take one of these links out, or end it sooner"
    ]


def test_a_circle_through_what_is_there_already_is_refused(package, faults_of):
    from goldenthread.package.load import load

    load(package(PLANS | {"links": "above,below\nP1,O1\nO1,S1\n"}))
    assert faults_of({"links": "above,below\nS1,P1\n"}) == [
        "links.csv:2: below: goes round in a circle, P1 → O1 → S1 → P1: take one of these links out, or end it sooner"
    ]
    load(package({"links": "above,below,ends\nO1,S1,2026-03-31\n"}))
    load(package({"links": "above,below,starts\nS1,P1,2026-04-01\n"}))


def test_an_element_serves_another_once_at_a_time(faults_of):
    links = "above,below,starts,ends\nP1,O1,2025-04-01,2027-03-31\nP1,O1,2026-04-01,\nP1,P1,,\n"
    assert faults_of(PLANS | {"links": links}) == [
        "links.csv:3: starts: line 2 links the same two until 2027-03-31: start after that",
        "links.csv:4: below: P1 cannot serve itself: write another element",
    ]


def test_actions_that_contradict_themselves_are_refused(faults_of):
    actions = "action,element,title,starts,due,completed_on,state\n"
    actions += "A1,S1,Roofs,2026-04-01,2025-04-01,,\nA2,S1,Gangs,,,2026-04-01,under_way\nA3,X9,Vans,,,,\n"
    assert faults_of(PLANS | {"actions": actions}) == [
        "actions.csv:2: original_due: 2025-04-01 is before 2026-04-01, when it starts: write a later day",
        "actions.csv:3: completed_on: it is said to be under_way: write complete, or leave the day empty",
        "actions.csv:4: element: there is no element 'X9': add it to elements, or write one that is there",
    ]


def test_plain_kinds_need_no_table_and_others_do(package, held, faults_of):
    from goldenthread.package.load import load

    load(package(PLANS))
    assert [(row["kind"], row["title"], row["counts_as"]) for row in held("element_kinds")] == [
        ("objective", "Objective", "objective"),
        ("outcome", "Outcome", "outcome"),
        ("priority", "Priority", "priority"),
    ]
    assert faults_of({"elements": "element,plan,kind,title\nV1,CP25,vow,More\n"}) == [
        "elements.csv:2: kind: there is no kind 'vow': add it to element_kinds, or write one that is there"
    ]


def test_a_seat_has_one_holder(faults_of):
    tables = {
        "units": "unit,name\nWCC,Wenlow\n",
        "posts": "post,title,unit\nCEO,Chief Executive,WCC\n",
        "people": "person,name\nP1,Amina Khan\n",
        "bodies": "body,name\nCAB,Cabinet\n",
        "seats": "body,seat,person,post\nCAB,CEO,P1,CEO\n",
    }
    assert faults_of(tables) == [
        "seats.csv:2: post: a seat is held by a person or by whoever holds a post: leave one of the two empty"
    ]
