"""What .ci/api.sh adds to schemathesis: ids of people, entries and so on that are there, and that nobody restricted is named."""

import atexit
import collections
import json
import os
import re
import sqlite3
import urllib.error
import urllib.request
import uuid
import zlib

import schemathesis

AT = os.environ["API_AT"]
TOKENS = os.environ["API_TOKENS"].split()
ID = re.compile(r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", re.IGNORECASE)


def get(path):
    request = urllib.request.Request(AT + "/api/v1" + path, headers={"Authorization": "Bearer " + TOKENS[0]})
    try:
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)
    except urllib.error.HTTPError:
        return {}


def restricted():
    """Everyone whose record is restricted: their ids, and the names that nobody else has."""
    record = sqlite3.connect("file:" + os.environ["API_DATABASE"] + "?mode=ro", uri=True)
    ids = [row[0] for row in record.execute("SELECT id FROM person WHERE access_level <> 'findable'")]
    marks = ",".join("?" * len(ids))
    names = record.execute("SELECT DISTINCT given || ' ' || family FROM person_name WHERE person_id IN (%s)" % marks, ids)
    given = record.execute(
        "SELECT DISTINCT given FROM person_name WHERE person_id IN (%s) AND given NOT IN "
        "(SELECT given FROM person_name WHERE person_id NOT IN (%s))" % (marks, marks),
        ids + ids,
    )
    words = [row[0].strip() for row in names] + [row[0] for row in given]
    return [str(uuid.UUID(bytes=one)) for one in ids], [word for word in words if len(word) > 3]


RESTRICTED, NAMES = restricted()
assert RESTRICTED and NAMES, "the demonstration holds nobody restricted"


def pools():
    """Ids of what is there, by the first part of the address that takes them."""
    today, me = get("/today"), get("/me")
    found = {"people": [one["id"] for one in today.get("people", [])][:6], "workers": [me["worker"]]}
    teams = get("/teams").get("teams", [])
    found["teams"] = [one["id"] for one in teams]
    for one in teams:
        team = get("/teams/" + one["code"])
        found["workers"] += [worker["worker"] for worker in team.get("workers", [])][:4]
        found["people"] += [person["id"] for person in team.get("people", []) if person["open"]][:6]
    found["people"] += [one["id"] for one in get("/people?q=Vane").get("people", [])][:3]
    for list_of, part in [("entries", "entries"), ("promises", "promises"), ("episodes", "episodes"), ("steps", "steps"), ("allocations", "allocations")]:
        found[list_of] = []
        for person in found["people"]:
            found[list_of] += [one["id"] for one in get("/people/%s/%s" % (person, part)).get(list_of, [])][:4]
    found["people"] += RESTRICTED
    print("asked about: " + ", ".join("%d %s" % (len(ids), what) for what, ids in found.items()))
    return found


POOLS = pools()
KEYS = {"worker": "workers", "workers": "workers", "team": "teams"}


def known(value, pool):
    """One that is there for most ids that were made up; the same again for the same one."""
    if not isinstance(value, str) or not ID.match(value):
        return value
    number = zlib.crc32(value.encode())
    ids = POOLS.get(pool) or POOLS["people"]
    return value if number % 5 == 0 else ids[number % len(ids)]


def filled(body, pool="people"):
    if isinstance(body, dict):
        return {key: filled(value, KEYS.get(key, "people")) for key, value in body.items()}
    if isinstance(body, list):
        return [filled(value, pool) for value in body]
    return known(body, pool)


CALLS = 0


@schemathesis.hook
def before_call(context, case, kwargs):
    global CALLS
    CALLS += 1
    # in place of the token that was made up: what is asked without one is tried by the program's own tests
    case.headers["Authorization"] = "Bearer " + TOKENS[CALLS % len(TOKENS)]
    pool = case.operation.path.split("/")[3] if case.operation.path.count("/") > 3 else ""
    if case.path_parameters and "id" in case.path_parameters:
        case.path_parameters["id"] = known(case.path_parameters["id"], pool)
    if isinstance(case.body, (dict, list)):
        case.body = filled(case.body)


ANSWERED = collections.Counter()


@schemathesis.hook
def after_call(context, case, response):
    ANSWERED[case.method.upper() + " " + str(response.status_code)] += 1


@atexit.register
def say():
    print("answered: " + ", ".join("%s: %d" % one for one in sorted(ANSWERED.items())))


@schemathesis.check
def names_nobody_restricted(ctx, response, case):
    assert response.status_code != 429, "held up: what was to be asked was not"
    text = response.content.decode("utf-8", "replace")
    sent = json.dumps([str(case.body), str(case.query), str(case.path_parameters)])
    for word in NAMES + RESTRICTED:
        assert word not in text or word in sent, "the answer names someone restricted: " + word
    if any(one in str(case.path_parameters) for one in RESTRICTED):
        assert response.status_code != 200, "a restricted record was opened"


def look_by_name():
    """Nobody restricted is found by name, and no address about them answers otherwise than for nobody."""
    for word in NAMES:
        found = get("/people?q=" + urllib.request.quote(word))
        assert not any(one["id"] in RESTRICTED for one in found.get("people", [])), word
    for one in RESTRICTED:
        for part in ["", "/relationships", "/entries", "/promises", "/clocks", "/episodes", "/steps", "/allocations"]:
            assert get("/people/" + one + part) == {}, part


look_by_name()
