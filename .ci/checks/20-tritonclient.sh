#!/usr/bin/env bash
# The unmodified tritonclient from PyPI, over gRPC and HTTP, reads what a server says of itself and infers against it, with the
# answers of ONNX Runtime itself. The model is trained here: strings, numbers, missing values.
set -euo pipefail
. .ci/server.bash

venv "$checks/20-tritonclient.txt"
train --accept all --algorithm xgboost
serve
register churn --alias champion
register spare
ORT_DISABLE_TELEMETRY=1 "$dir/venv/bin/python" "$checks/20-tritonclient.py" "$(address grpc)" "$(address http)" \
    "$dir/churn" "$dir/home/admin-key"
