# What the checks share that ask a server of this build; to be sourced in the project's root, with `set -euo pipefail`. It makes the
# folder $dir and removes it at the end, ends the server, and shows the server's warnings where the check failed.

dir=$(mktemp -d)
server=
tidegate=$PWD/server/target/tidegate
checks=$PWD/.ci/checks

finish() {
    local code=$?
    if [ -n "$server" ]; then
        kill "$server" 2>/dev/null || true
        wait "$server" || true
    fi
    if [ "$code" -ne 0 ]; then
        echo "$(basename "$0") ends with $code" >&2
        for log in "$dir"/*.log "$dir"/*/*.log; do
            if [ -s "$log" ]; then
                echo "--- $(basename "$log")" >&2
                { grep -v ' INFO ' "$log" || true; } | tail -40 >&2
            fi
        done
    fi
    rm -rf "$dir"
    exit "$code"
}
trap finish EXIT

# Makes the Python in $dir/venv, with the packages that the file $1 names.
venv() {
    python3 -m venv "$dir/venv"
    "$dir/venv/bin/pip" install --quiet --disable-pip-version-check -r "$1" >"$dir/pip.log" 2>&1
}

# Trains a model of churn into $dir/churn; the arguments say with which columns and how.
train() {
    "$tidegate/bin/tidegate" train --data "$tidegate/data/telco-churn.csv" --target churn --name churn --version v1 \
        --out "$dir/churn" "$@" >/dev/null 2>"$dir/train.log"
}

# Starts a server on free ports and waits up to four minutes until it is ready; the arguments are more of serve's.
serve() {
    "$tidegate/bin/tidegate" serve --home "$dir/home" --http-port 0 --grpc-port 0 --management-port 0 "$@" \
        >"$dir/ready" 2>"$dir/serve.log" &
    server=$!
    for _ in $(seq 1200); do
        if [ -s "$dir/ready" ]; then return; fi
        if ! kill -0 "$server" 2>/dev/null; then
            echo "the server ended before it was ready" >&2
            exit 1
        fi
        sleep 0.2
    done
    echo "the server was not ready after 240 s" >&2
    exit 1
}

# Prints the server's address for http, grpc or management.
address() {
    echo "127.0.0.1:$(sed "s/.*\"$1\":\([0-9]*\).*/\1/" "$dir/ready")"
}

# Registers the trained model under the name $1; the other arguments are more of the command's.
register() {
    "$tidegate/bin/tidegate" model register "$1" "$dir/churn/model.onnx" --version v1 \
        --signature "$dir/churn/signature.json" --home "$dir/home" "${@:2}" >/dev/null
}
