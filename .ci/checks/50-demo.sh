#!/usr/bin/env bash
# The demo's story holds, and with a healthy third version exactly the check that it was rolled back does not.
set -euo pipefail

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
tidegate=$PWD/server/target/tidegate/bin/tidegate

"$tidegate" demo --once --home "$dir/harmful" | tee "$dir/harmful.txt"

code=0
"$tidegate" demo --once --v3 healthy --home "$dir/healthy" | tee "$dir/healthy.txt" || code=$?
[ "$code" -eq 1 ]
[ "$(grep -c '✗' "$dir/healthy.txt")" -eq 1 ]
grep -q '✗ v3 was rolled back: its rollout is PROMOTED' "$dir/healthy.txt"
