#!/usr/bin/env bash
# The unmodified clients of the kserve SDK from PyPI, over gRPC and REST, ask a model and get the same answers. Where the package cannot be
# installed, nothing is checked.
set -euo pipefail
. .ci/server.bash

if ! venv "$checks/26-kserve.txt"; then
    echo "kserve cannot be installed: it is not checked"
    exit 0
fi
train --columns tenure,monthly_charges --algorithm logistic
serve
register churn --alias champion
"$dir/venv/bin/python" "$checks/26-kserve.py" "$(address grpc)" "$(address http)"
