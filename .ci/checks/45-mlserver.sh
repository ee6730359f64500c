#!/usr/bin/env bash
# A version that MLServer from PyPI runs: registered, asked through gRPC, REST and the command line, with both servers killed and one
# started again, and with second tries between two of them.
set -euo pipefail
. .ci/server.bash

venv "$checks/45-mlserver.txt"
serve
"$dir/venv/bin/python" "$checks/45-mlserver.py" "$dir" "$tidegate/bin/tidegate"
