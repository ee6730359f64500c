#!/usr/bin/env bash
# grpcurl and ghz, unmodified, ask a server that they know by reflection alone. They are built from their Go modules; where there is no
# Go, nothing is checked.
set -euo pipefail
. .ci/server.bash

if ! command -v go >/dev/null; then
    echo "go is not installed: grpcurl and ghz are not checked"
    exit 0
fi
for module in github.com/fullstorydev/grpcurl/cmd/grpcurl@v1.9.3 github.com/bojand/ghz/cmd/ghz@v0.120.0; do
    (cd "$dir" && GOBIN=$dir/bin go install "$module") >"$dir/go.log" 2>&1
done
echo "both were built after $SECONDS s"

train --columns tenure,monthly_charges --algorithm logistic
serve
grpc=$(address grpc)
register churn --alias champion

# Prints what a call answers; its arguments are grpcurl's and the call's name.
call() {
    "$dir/bin/grpcurl" -plaintext "${@:1:$#-1}" "$grpc" "inference.GRPCInferenceService/${*: -1}" 2>&1
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

expect "grpcurl lists the service" "$("$dir/bin/grpcurl" -plaintext "$grpc" list)" 1 '^inference.GRPCInferenceService$'
expect "grpcurl describes a model" "$(call -d '{"name":"churn"}' ModelMetadata)" 1 '"platform": "onnx_onnxv1"'
expect "grpcurl asks a model" "$(call -d "{\"model_name\":\"churn\",$row}" ModelInfer)" 1 '"fp32_contents"'
expect "grpcurl is refused" "$(call -d "{\"model_name\":\"nope\",$row}" ModelInfer || true)" 1 'Code: NotFound'
stream=$(call -d "{\"model_name\":\"churn\",\"id\":\"a\",$row}{\"model_name\":\"nope\",$row}{\"model_name\":\"churn\",\"id\":\"c\",$row}" ModelStreamInfer)
expect "grpcurl streams: answers" "$stream" 2 '"fp32_contents"'
expect "grpcurl streams: errors" "$stream" 1 '"error_message": "NOT_FOUND'

report=$("$dir/bin/ghz" --insecure --call inference.GRPCInferenceService.ModelInfer -d "{\"model_name\":\"churn\",$row}" \
    --total 5000 --concurrency 16 "$grpc")
grep -E 'Requests/sec|Average' <<<"$report"
expect "ghz has 5000 answers" "$report" 1 '\[OK\] *5000 responses'
expect "the server counted them" "$(call -d '{"name":"churn"}' ModelStatistics)" 1 '"inference_count": "5003"'
