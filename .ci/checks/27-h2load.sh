#!/usr/bin/env bash
# h2load (Debian nghttp2-client) loads ModelInfer over HTTP/2: no request fails, and the server counts as many as were sent. Then 10,000
# clients that say nothing (fewer where the limit on files is lower) are connected to both ports, and the server answers on. Where h2load
# cannot be had, only the idle clients are checked.
set -euo pipefail
. .ci/server.bash

requests=50000

train --columns tenure,monthly_charges --algorithm logistic
serve
http=$(address http)
grpc=$(address grpc)
register churn --alias champion

ready() {
    python3 -c 'import sys, urllib.request; urllib.request.urlopen(sys.argv[1], timeout=60)' "http://$http/v2/models/churn/ready" 2>/dev/null
}
for _ in $(seq 300); do
    if ready; then break; fi
    sleep 0.2
done
ready

if ! command -v h2load >/dev/null; then
    { apt-get update && apt-get install -y nghttp2-client; } >"$dir/apt.log" 2>&1 || echo "h2load cannot be installed: the load is not checked"
fi
if command -v h2load >/dev/null; then
    python3 "$checks/27-h2load.py" churn "$dir/frame"
    report=$(h2load -n "$requests" -c 8 -m 8 -d "$dir/frame" -H 'content-type: application/grpc' -H 'te: trailers' \
        "http://$grpc/inference.GRPCInferenceService/ModelInfer")
    grep -E 'finished in|^requests:' <<<"$report"
    grep -q "$requests succeeded, 0 failed, 0 errored, 0 timeout" <<<"$report" || { echo "FAIL h2load"; echo "$report"; exit 1; }
    python3 - "http://$http/v2/models/churn/stats" "$requests" <<'PYTHON'
import json
import sys
import urllib.request

stats = json.load(urllib.request.urlopen(sys.argv[1], timeout=60))["model_stats"][0]["inference_stats"]
if (stats["success"]["count"], stats["fail"]["count"]) != (int(sys.argv[2]), 0):
    sys.exit(f"FAIL the server counted {stats['success']['count']} answers and {stats['fail']['count']} failures")
print("ok   h2load: the server counted each answer and no failure")
PYTHON
fi

python3 "$checks/27-idle.py" "$http" "$grpc"
