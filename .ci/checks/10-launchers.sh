#!/usr/bin/env bash
# The launchers work through links and from folders with spaces, and say what they found when no JDK 25 is there.
set -euo pipefail

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
server=$PWD/server/target/tidegate/bin/tidegate

mkdir "$dir/a folder"
ln -s "$server" "$dir/a folder/one"
ln -s "a folder/one" "$dir/two"
for launcher in "$server" "$dir/a folder/one" "$dir/two"; do
    "$launcher" version | grep -qx '{"version":"[^"]*"}'
done

if "$server" no-such-command 2>"$dir/usage"; then
    echo "a wrong command was accepted" >&2
    exit 1
elif [ $? -ne 2 ]; then
    echo "a wrong command must end with 2" >&2
    exit 1
fi

# The folders of installed JDKs are cut out, and the one that is named is none.
for launcher in "$server" workbench/target/tidegate-workbench/bin/tidegate-workbench; do
    sed 's#/usr/lib/jvm/\*#/nowhere/*#; s#/Library/Java#/nowhere#' "$launcher" >"$dir/bare"
    ln -sf "$(command -v sed)" "$(command -v dirname)" "$(command -v readlink)" "$dir/"
    if env -i PATH="$dir" TIDEGATE_JAVA_HOME=/nowhere/jdk /bin/sh "$dir/bare" 2>"$dir/complaint"; then
        echo "$launcher started without Java" >&2
        exit 1
    fi
    grep -q 'needs Java 25 or later' "$dir/complaint"
    grep -q 'TIDEGATE_JAVA_HOME: /nowhere/jdk/bin/java (no Java there)' "$dir/complaint"
done

# Starts a server in the home $1, checks that the ready line is all on standard output, stops it, prints the milliseconds to ready.
started() {
    begin=$(date +%s%N)
    mkfifo "$dir/ready"
    "$server" serve --home "$1" --http-port 0 --grpc-port 0 --management-port 0 >"$dir/ready" 2>>"$dir/log" &
    pid=$!
    exec 3<"$dir/ready"
    rm "$dir/ready"
    read -r line <&3
    end=$(date +%s%N)
    kill "$pid"
    rest=$(cat <&3)
    exec 3<&-
    wait "$pid"
    if [ "${line#\{\"ready\":true,}" = "$line" ] || [ -n "$rest" ]; then
        echo "expected the ready line alone on standard output, got: $line $rest" >&2
        exit 1
    fi
    echo $(((end - begin) / 1000000))
}

# The first stop keeps the loaded classes; a file that was not finished is made again.
export XDG_CACHE_HOME="$dir/a cache"
first=$(started "$dir/a home")
again=$(for i in 1 2 3; do started "$dir/a home"; done | sort -n | sed -n 2p)
classes=$(ls "$XDG_CACHE_HOME"/tidegate/classes-*.jsa)
size=$(wc -c <"$classes")
rm "$classes"
head -c 4096 /dev/zero >"$classes"
broken=$(started "$dir/a home")
if [ "$(wc -c <"$classes")" -lt $((size / 2)) ]; then
    echo "$classes was not made again" >&2
    exit 1
fi
echo "start to ready: new home $first ms, then $again ms (median of 3), without kept classes $broken ms"
