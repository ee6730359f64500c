package dev.tidegate.server.fleet;

import dev.tidegate.server.journal.EventCodes;
import dev.tidegate.server.stats.Arm;
import dev.tidegate.server.stats.LatencyHistogram;
import java.time.Instant;

/**
 * One second of one version of one model, summed over the replicas.
 *
 * @param share why the version was asked
 * @param errors requests that failed on this version, also where a substitute answered
 */
record FleetSecond(
        Instant at,
        String model,
        String version,
        Share share,
        long requests,
        long errors,
        LatencyHistogram latency) {

    /** Why a version is asked. */
    enum Share {
        /** Its clients named it. */
        PINNED,
        CHAMPION,
        CANDIDATE;

        /** Returns what a row's arm means. */
        static Share of(int arm) {
            return arm == 0 ? PINNED : of(EventCodes.arm(arm));
        }

        private static Share of(Arm arm) {
            return switch (arm) {
                case CHAMPION -> CHAMPION;
                case CANDIDATE -> CANDIDATE;
            };
        }
    }
}
