#!/usr/bin/env python3
"""GNU Health under the same measure: its own server from PyPI, on the PostgreSQL and with the names that `load gnu-health`
gives, asked over HTTP as its client asks. Prints one line of JSON: milliseconds of processor time of server and database
for each thing, and how often the person was found.

People come in as GIVEN|FAMILY|BORN lines; what to look for as PLACE|GIVEN|FAMILY lines, PLACE being the person's line.
"""
import argparse
import base64
import http.client
import json
import os
import subprocess
import sys
import time
from pathlib import Path

GNU_HEALTH = "5.0.6"
PASSWORD = "a-measure-only"
DATABASE = "gnu_health"


def spent(pids):
    """Milliseconds of processor time of every thread of these processes, to the nanosecond."""
    total = 0
    for pid in pids:
        try:
            for task in os.listdir(f"/proc/{pid}/task"):
                try:
                    total += int(Path(f"/proc/{pid}/task/{task}/schedstat").read_text().split()[0])
                except (FileNotFoundError, ProcessLookupError, IndexError):
                    pass
        except FileNotFoundError:
            pass
    return total / 1e6


def children(pid):
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


class Client:
    """One session, one kept connection, as the desktop client has."""

    def __init__(self, port):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
        self.session = None
        self.number = 0
        user, session = self.call("common.db.login", "admin", {"password": PASSWORD}, "en")[:2]
        self.session = base64.b64encode(f"admin:{user}:{session}".encode()).decode()
        self.context = self.call("model.res.user.get_preferences", True, {})

    def call(self, method, *params):
        self.number += 1
        headers = {"Content-Type": "application/json"}
        if self.session:
            headers["Authorization"] = f"Session {self.session}"
        body = json.dumps({"id": self.number, "method": method, "params": list(params)})
        self.connection.request("POST", f"/{DATABASE}/", body, headers)
        answer = self.connection.getresponse()
        text = answer.read()
        if answer.status != 200:
            sys.exit(f"GNU Health says {answer.status} to {method}: {text[:500]!r}")
        told = json.loads(text)
        if isinstance(told, dict) and told.get("error"):
            sys.exit(f"GNU Health says to {method}: {told['error'][:3]}")
        return told["result"] if isinstance(told, dict) else told


def made(work):
    """GNU Health in an environment of its own."""
    venv = work / "venv"
    if not (venv / "bin/trytond").exists():
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        subprocess.run(
            [venv / "bin/pip", "install", "-q", f"gnuhealth=={GNU_HEALTH}", "psycopg2-binary"], check=True,
            stdout=sys.stderr)
    return venv


def filled(venv, work, args):
    """Its database with everybody in it. The people are written as rows: its own way would take hours."""
    config = work / "trytond.conf"
    config.write_text(
        f"[database]\nuri = postgresql://postgres@127.0.0.1:{args.postgres}/\n"
        f"[web]\nlisten = 127.0.0.1:{args.port}\n[session]\ntimeout = 86400\nmax_inactivity = 86400\n")
    psql = ["psql", "-q", "-h", "127.0.0.1", "-p", str(args.postgres), "-U", "postgres", "-v", "ON_ERROR_STOP=1"]
    there = subprocess.run(
        [*psql, "-At", "-d", "postgres", "-c", f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE}'"],
        check=True, capture_output=True, text=True).stdout.strip()
    if there:
        subprocess.run([*psql, "-d", "postgres", "-c", f"DROP DATABASE {DATABASE}"], check=True)
    subprocess.run([*psql, "-d", "postgres", "-c", f"CREATE DATABASE {DATABASE}"], check=True)
    password = work / "password"
    password.write_text(PASSWORD)
    subprocess.run(
        [venv / "bin/trytond-admin", "-c", config, "-d", DATABASE, "-u", "health", "--activate-dependencies",
         "--email", "nobody@example.invalid"],
        check=True, env={**os.environ, "TRYTONPASSFILE": str(password)}, stdout=sys.stderr, stderr=subprocess.DEVNULL)
    sql = work / "people.sql"
    with sql.open("w") as out:
        out.write("CREATE TEMP TABLE come (place bigint, given text, family text, born date);\nCOPY come FROM stdin;\n")
        for place, line in enumerate(Path(args.people).read_text().splitlines()):
            given, family, born = line.split("|")
            out.write(f"{place}\t{given}\t{family}\t{born}\n")
        out.write("\\.\n")
        out.write("""
INSERT INTO party_party (id, active, code, name, lastname, dob, gender, is_person, is_patient, ref, federation_account,
        name_representation, create_date, create_uid, deceased, unidentified)
    SELECT 1000 + place, true, 'C' || place, given, family, born, CASE WHEN place % 2 = 0 THEN 'f' ELSE 'm' END, true, true,
        'R' || place, 'F' || place, 'pgfs', now(), 1, false, false FROM come;
INSERT INTO gnuhealth_person_name (party, given, family, use, create_date, create_uid)
    SELECT 1000 + place, given, family, 'official', now(), 1 FROM come;
INSERT INTO gnuhealth_patient (id, active, party, create_date, create_uid)
    SELECT 1000 + place, true, 1000 + place, now(), 1 FROM come;
SELECT setval(pg_get_serial_sequence('party_party', 'id'), (SELECT max(id) FROM party_party));
SELECT setval(pg_get_serial_sequence('gnuhealth_patient', 'id'), (SELECT max(id) FROM gnuhealth_patient));
VACUUM ANALYZE;
""")
    subprocess.run([*psql, "-d", DATABASE, "-f", sql], check=True, stdout=sys.stderr)
    return config


def measured(client, pids, args):
    wanted = [line.split("|") for line in Path(args.wanted).read_text().splitlines()]
    fields = {view: sorted(client.call(
        f"model.{model}.fields_view_get", None, kind, client.context)["fields"])
        for view, model, kind in [("list", "party.party", "tree"), ("form", "gnuhealth.patient", "form")]}

    def find(given, family):
        domain = [["name", "ilike", f"%{given}%"], ["lastname", "ilike", f"%{family}%"]]
        found = client.call("model.party.party.search", domain, 0, 20, None, client.context)
        if found:
            client.call("model.party.party.read", found, fields["list"], client.context)
        return found

    def open_record(place):
        rows = client.call("model.gnuhealth.patient.read", [1000 + place], fields["form"], client.context)
        assert len(rows) == 1
        # how many notes and attachments there are: the client shows it above every record
        client.call("model.gnuhealth.patient.resources", 1000 + place, client.context)

    names = [line.split("|")[:2] for line in Path(args.people).read_text().splitlines()]
    told = {}
    for kind in ["open", "exact", "wrong"]:
        these = [one for one in wanted if one[0] == kind]
        times, hits = [], 0
        for number, (_, place, given, family) in enumerate(these):
            place = int(place)
            before = spent(pids())
            found = open_record(place) if kind == "open" else find(given, family)
            took = spent(pids()) - before
            if number < 20:
                continue  # the first ones fill the caches
            times.append(took)
            # anybody of the same name is as good: the words looked for say no more
            hits += kind != "open" and any(names[one - 1000] == names[place] for one in found)
        times.sort()
        told[kind] = {
            "mean": sum(times) / len(times), "median": times[len(times) // 2], "slowest": times[len(times) * 99 // 100],
            "found": None if kind == "open" else 100 * hits / len(times)}
    return told


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", required=True, type=Path, help="a folder for its environment")
    parser.add_argument("--postgres", required=True, type=int, help="the port of the PostgreSQL on loopback")
    parser.add_argument("--postmaster", required=True, type=int, help="its first process")
    parser.add_argument("--people", required=True, help="a file of GIVEN|FAMILY|BORN")
    parser.add_argument("--wanted", required=True, help="a file of open, exact or wrong|PLACE|GIVEN|FAMILY")
    parser.add_argument("--port", type=int, default=8765)
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    venv = made(args.work)
    config = filled(venv, args.work, args)
    server = subprocess.Popen(
        [venv / "bin/trytond", "-c", config, "-d", DATABASE], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(240):
            try:
                http.client.HTTPConnection("127.0.0.1", args.port, timeout=5).connect()
                break
            except OSError:
                time.sleep(0.5)
        client = Client(args.port)
        told = measured(client, lambda: [server.pid, args.postmaster, *children(args.postmaster)], args)
    finally:
        server.terminate()
        server.wait(30)
    print(json.dumps({"version": GNU_HEALTH, **told}))


if __name__ == "__main__":
    main()
