#!/usr/bin/env bash
# A version that MLServer from PyPI runs: registered, asked through gRPC, REST and the command line, with both servers killed and one
# started again, and with second tries between two of them.
set -euo pipefail

dir=$(mktemp -d)
server=
finish() {
    local code=$?
    if [ -n "$server" ]; then
        kill "$server" 2>/dev/null || true
        wait "$server" || true
    fi
    if [ "$code" -ne 0 ] && [ -s "$dir/serve.log" ]; then
        tail -40 "$dir/serve.log" "$dir"/mlserver-*/log >&2
    fi
    rm -rf "$dir"
    exit "$code"
}
trap finish EXIT
tidegate=$PWD/server/target/tidegate
checks=$PWD/.ci/checks

python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check -r "$checks/45-mlserver.txt"

"$tidegate/bin/tidegate" serve --home "$dir/home" --http-port 0 --grpc-port 0 --management-port 0 \
    >"$dir/ready" 2>"$dir/serve.log" &
server=$!
for _ in $(seq 300); do
    if [ -s "$dir/ready" ]; then break; fi
    if ! kill -0 "$server" 2>/dev/null; then
        echo "the server ended before it was ready" >&2
        exit 1
    fi
    sleep 0.2
done

"$dir/venv/bin/python" "$checks/45-mlserver.py" "$dir" "$tidegate/bin/tidegate"
