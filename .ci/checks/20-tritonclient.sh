#!/usr/bin/env bash
# The unmodified tritonclient from PyPI, over gRPC and HTTP, reads what a server says of itself and infers against it, with the
# answers of ONNX Runtime itself. The model is trained here: strings, numbers, missing values.
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
        tail -40 "$dir/serve.log" >&2
    fi
    rm -rf "$dir"
    exit "$code"
}
trap finish EXIT
tidegate=$PWD/server/target/tidegate
checks=$PWD/.ci/checks

python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check -r "$checks/20-tritonclient.txt"

"$tidegate/bin/tidegate" train --data "$tidegate/data/telco-churn.csv" --target churn --name churn --version v1 \
    --accept all --algorithm xgboost --out "$dir/churn" 2>"$dir/train.log" || { cat "$dir/train.log" >&2; exit 1; }

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
port() {
    "$dir/venv/bin/python" -c 'import json, sys; print(json.loads(sys.stdin.readline())[sys.argv[1]])' "$1" <"$dir/ready"
}

"$tidegate/bin/tidegate" model register churn "$dir/churn/model.onnx" --version v1 \
    --signature "$dir/churn/signature.json" --alias champion --home "$dir/home" >/dev/null

"$tidegate/bin/tidegate" model register spare "$dir/churn/model.onnx" --version v1 \
    --signature "$dir/churn/signature.json" --home "$dir/home" >/dev/null

ORT_DISABLE_TELEMETRY=1 "$dir/venv/bin/python" "$checks/20-tritonclient.py" "127.0.0.1:$(port grpc)" "127.0.0.1:$(port http)" \
    "$dir/churn" "$dir/home/admin-key"
