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
