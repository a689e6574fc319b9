#!/usr/bin/env bash
# Asks the API of the demonstration what its own document says can be asked, right and wrong, as three of its people: no answer may be
# a failure of ours, differ from the document, or hold the name of someone restricted. Made up by schemathesis from a seed that is printed.
#   .ci/api.sh [PROGRAM]       SEED=7 repeats a run, EXAMPLES=500 asks more of each operation
set -euo pipefail
cd "$(dirname "$0")/.."
program=$(realpath "${1:-target/release/alongside}")
seed=${SEED:-20261121}
examples=${EXAMPLES:-100}
version=4.32.5
venv="${CI_CACHE:-$HOME/.cache}/alongside-tools/schemathesis-$version"
if [ ! -x "$venv/bin/st" ]; then
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check "schemathesis==$version"
fi

work=$(mktemp -d /tmp/alongside-api.XXXXXX)
port=$((20000 + RANDOM % 20000))
"$program" --data "$work" --listen "127.0.0.1:$port" demo >"$work/log" 2>&1 &
server=$!
finish() { kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; rm -rf "$work"; }
trap finish EXIT
at="http://127.0.0.1:$port"
for _ in $(seq 900); do
    curl --silent --fail "$at/health" >/dev/null && break
    kill -0 "$server" || { cat "$work/log"; exit 1; }
    sleep 1
done
curl --silent --fail "$at/health" >/dev/null || { echo "the demonstration did not answer within 15 minutes"; exit 1; }

scopes=people:read,people:write,entries:read,entries:write,promises:write,pathway:read,episodes:write,steps:write,allocations:write,teams:read,today:read
echo "seed $seed, $examples examples for each operation"
failed=0
for code in demo-tomasz demo-helen demo-martin; do
    echo "-- as $code"
    # several tokens each, so that what is asked is not held up by how much one may ask in a minute
    tokens=""
    for n in $(seq 12); do
        made=$("$program" --database-url "sqlite:$work/demo.db" token --json add --for "$code" --name "check $n" --scopes "$scopes" --days 1)
        tokens="$tokens $(sed -E 's/.*"token":"([^"]+)".*/\1/' <<<"$made")"
    done
    (cd "$work" && API_TOKENS="$tokens" API_AT="$at" API_DATABASE="$work/demo.db" SCHEMATHESIS_HOOKS=api_hooks PYTHONPATH="$OLDPWD/.ci" PYTHONDONTWRITEBYTECODE=1 \
        "$venv/bin/st" --no-color run "$at/api/v1/openapi.json" \
        --phases examples,coverage,fuzzing --max-examples "$examples" --seed "$seed" --generation-database none --max-time 55 --continue-on-failure --warnings off \
        --checks not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,response_schema_conformance,names_nobody_restricted) || failed=1
done
if grep -q "something of ours broke" "$work/log"; then
    grep "something of ours broke" "$work/log" | head -20
    failed=1
fi
exit "$failed"
