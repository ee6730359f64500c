#!/usr/bin/env bash
# grpcurl and ghz, unmodified, ask a server that they know by reflection alone. They are built from their Go modules; where there is no
# Go, nothing is checked.
set -euo pipefail

if ! command -v go >/dev/null; then
    echo "go is not installed: grpcurl and ghz are not checked"
    exit 0
fi
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

for module in github.com/fullstorydev/grpcurl/cmd/grpcurl@v1.9.3 github.com/bojand/ghz/cmd/ghz@v0.120.0; do
    (cd "$dir" && GOBIN=$dir/bin go install "$module") >"$dir/go.log" 2>&1 || { cat "$dir/go.log" >&2; exit 1; }
done
echo "both were built after $SECONDS s"

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
address=127.0.0.1:$(sed 's/.*"grpc":\([0-9]*\).*/\1/' "$dir/ready")
"$tidegate/bin/tidegate" model register churn "$dir/churn/model.onnx" --version v1 \
    --signature "$dir/churn/signature.json" --alias champion --home "$dir/home" >/dev/null

# Prints what a call answers; its arguments are grpcurl's and the call's name.
call() {
    "$dir/bin/grpcurl" -plaintext "${@:1:$#-1}" "$address" "inference.GRPCInferenceService/${*: -1}" 2>&1
}

# Fails unless text $2 has $3 matches of $4.
expect() {
    local found
    found=$(grep -c -- "$4" <<<"$2" || true)
    if [ "$found" -ne "$3" ]; then
        printf 'FAIL %s: %s matches of "%s", expected %s\n%s\n' "$1" "$found" "$4" "$3" "$2"
        exit 1
    fi
    echo "ok   $1"
}

for _ in $(seq 300); do
    if call -d '{"name":"churn"}' ModelReady | grep -q '"ready": true'; then break; fi
    sleep 0.2
done
row='"inputs":[{"name":"tenure","datatype":"FP32","shape":[1,1],"contents":{"fp32_contents":[12]}},{"name":"monthly_charges","datatype":"FP32","shape":[1,1],"contents":{"fp32_contents":[70]}}]'

expect "grpcurl lists the service" "$("$dir/bin/grpcurl" -plaintext "$address" list)" 1 '^inference.GRPCInferenceService$'
expect "grpcurl describes a model" "$(call -d '{"name":"churn"}' ModelMetadata)" 1 '"platform": "onnx_onnxv1"'
expect "grpcurl asks a model" "$(call -d "{\"model_name\":\"churn\",$row}" ModelInfer)" 1 '"fp32_contents"'
expect "grpcurl is refused" "$(call -d "{\"model_name\":\"nope\",$row}" ModelInfer || true)" 1 'Code: NotFound'
stream=$(call -d "{\"model_name\":\"churn\",\"id\":\"a\",$row}{\"model_name\":\"nope\",$row}{\"model_name\":\"churn\",\"id\":\"c\",$row}" ModelStreamInfer)
expect "grpcurl streams: answers" "$stream" 2 '"fp32_contents"'
expect "grpcurl streams: errors" "$stream" 1 '"error_message": "NOT_FOUND'

report=$("$dir/bin/ghz" --insecure --call inference.GRPCInferenceService.ModelInfer -d "{\"model_name\":\"churn\",$row}" \
    --total 5000 --concurrency 16 "$address")
grep -E 'Requests/sec|Average' <<<"$report"
expect "ghz has 5000 answers" "$report" 1 '\[OK\] *5000 responses'
expect "the server counted them" "$(call -d '{"name":"churn"}' ModelStatistics)" 1 '"inference_count": "5003"'
