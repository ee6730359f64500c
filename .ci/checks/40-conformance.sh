#!/usr/bin/env bash
# Every model of Debian's libonnx-testdata that ONNX Runtime runs gives ONNX Runtime's own answer through a real server.
# The package is taken apart, not installed, so no root is needed where apt knows its packages already.
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
        grep -v ' INFO ' "$dir/serve.log" | tail -40 >&2
    fi
    rm -rf "$dir"
    exit "$code"
}
trap finish EXIT
tidegate=$PWD/server/target/tidegate
checks=$PWD/.ci/checks
export ORT_DISABLE_TELEMETRY=1

data=/usr/share/libonnx-testdata/data
if [ ! -d "$data" ]; then
    cd "$dir"
    if ! apt-get download libonnx-testdata >"$dir/apt.log" 2>&1; then
        { apt-get update && apt-get download libonnx-testdata; } >"$dir/apt.log" 2>&1 || { cat "$dir/apt.log" >&2; exit 1; }
    fi
    dpkg -x libonnx-testdata_*.deb "$dir/package"
    cd - >/dev/null
    data=$dir/package$data
fi

python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check -r "$checks/40-conformance.txt"
"$dir/venv/bin/python" "$checks/40-conformance.py" prepare "$data" "$dir/repository"

"$tidegate/bin/tidegate" serve --home "$dir/home" --http-port 0 --grpc-port 0 --management-port 0 \
    --model-repository "$dir/repository" >"$dir/ready" 2>"$dir/serve.log" &
server=$!
for _ in $(seq 1200); do
    if [ -s "$dir/ready" ]; then break; fi
    if ! kill -0 "$server" 2>/dev/null; then
        echo "the server ended before it was ready" >&2
        exit 1
    fi
    sleep 0.2
done
port() {
    sed "s/.*\"$1\":\([0-9]*\).*/\1/" "$dir/ready"
}
echo "the server was ready after $SECONDS s"

"$dir/venv/bin/python" "$checks/40-conformance.py" compare "$data" "$dir/repository" "127.0.0.1:$(port grpc)" "127.0.0.1:$(port http)"
echo "all of it took $SECONDS s"
