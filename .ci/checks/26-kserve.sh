#!/usr/bin/env bash
# The unmodified clients of the kserve SDK from PyPI, over gRPC and REST, ask a model and get the same answers. Where the package cannot be
# installed, nothing is checked.
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
if ! "$dir/venv/bin/pip" install --quiet --disable-pip-version-check -r "$checks/26-kserve.txt" >"$dir/pip.log" 2>&1; then
    echo "kserve cannot be installed: it is not checked"
    exit 0
fi

"$tidegate/bin/tidegate" train --data "$tidegate/data/telco-churn.csv" --target churn --name churn --version v1 \
    --columns tenure,monthly_charges --algorithm logistic --out "$dir/churn" >/dev/null 2>"$dir/train.log" || { cat "$dir/train.log" >&2; exit 1; }
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
http=127.0.0.1:$(sed 's/.*"http":\([0-9]*\).*/\1/' "$dir/ready")
grpc=127.0.0.1:$(sed 's/.*"grpc":\([0-9]*\).*/\1/' "$dir/ready")
"$tidegate/bin/tidegate" model register churn "$dir/churn/model.onnx" --version v1 \
    --signature "$dir/churn/signature.json" --alias champion --home "$dir/home" >/dev/null
"$dir/venv/bin/python" "$checks/26-kserve.py" "$grpc" "$http"
