#!/usr/bin/env bash
# Every model of Debian's libonnx-testdata that ONNX Runtime runs gives ONNX Runtime's own answer through a real server.
# The package is taken apart, not installed, so no root is needed where apt knows its packages already.
set -euo pipefail
. .ci/server.bash
export ORT_DISABLE_TELEMETRY=1

data=/usr/share/libonnx-testdata/data
if [ ! -d "$data" ]; then
    cd "$dir"
    if ! apt-get download libonnx-testdata >"$dir/apt.log" 2>&1; then
        { apt-get update && apt-get download libonnx-testdata; } >"$dir/apt.log" 2>&1
    fi
    dpkg -x libonnx-testdata_*.deb "$dir/package"
    cd - >/dev/null
    data=$dir/package$data
fi

venv "$checks/40-conformance.txt"
"$dir/venv/bin/python" "$checks/40-conformance.py" prepare "$data" "$dir/repository"
serve --model-repository "$dir/repository"
echo "the server was ready after $SECONDS s"
"$dir/venv/bin/python" "$checks/40-conformance.py" compare "$data" "$dir/repository" "$(address grpc)" "$(address http)"
echo "all of it took $SECONDS s"
