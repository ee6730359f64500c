#!/usr/bin/env bash
# The server is killed 20 times in the middle of a rollout, five times at each kind of moment, and its database is away
# for a minute.
set -euo pipefail

kills=20
seed=7
outage=60
echo "KillTest: $kills kills, seed $seed; DatabaseGoneTest: no database for $outage s"
began=$SECONDS
./mvnw -B -ntp -q -pl server -am test -Dtest='KillTest,DatabaseGoneTest' -Dsurefire.failIfNoSpecifiedTests=false \
    -Dtest.kills=$kills -Dtest.kill-seed=$seed -Dtest.outage-seconds=$outage
for test in KillTest DatabaseGoneTest; do
    grep -h '^Tests run' "server/target/surefire-reports/dev.tidegate.server.faults.$test.txt"
done
echo "faults: $((SECONDS - began)) s with the build"
