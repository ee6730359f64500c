#!/usr/bin/env bash
# The long form of the fault tests: 20 kills in the middle of a rollout, a database that is gone for a minute.
set -euo pipefail
./mvnw -B -ntp -q -pl server -am test \
    -Dtest='KillTest,DatabaseGoneTest' -Dsurefire.failIfNoSpecifiedTests=false \
    -Dtest.kills=20 -Dtest.kill-seed=7 -Dtest.outage-seconds=60
