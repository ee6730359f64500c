package dev.tidegate.server.journal;

import dev.tidegate.server.routing.RouteReason;
import dev.tidegate.server.stats.Arm;

/** The lasting numbers of arms, reasons and outcomes, in the journal and in the database. */
public final class EventCodes {
    private EventCodes() {}

    public static byte of(Arm arm) {
        return switch (arm) {
            case CHAMPION -> 1;
            case CANDIDATE -> 2;
        };
    }

    public static byte of(RouteReason reason) {
        return switch (reason) {
            case CHAMPION -> 1;
            case CANDIDATE -> 2;
            case ROUTE_STALE -> 3;
            case PINNED -> 4;
            case FAILOVER -> 5;
            case FALLBACK_VERSION -> 6;
            case FALLBACK_RULES -> 7;
        };
    }

    public static byte of(Outcome outcome) {
        return switch (outcome) {
            case OK -> 1;
            case FAILED -> 2;
            case CANCELLED -> 3;
            case LATE -> 4;
        };
    }

    public static Arm arm(int code) {
        return switch (code) {
            case 1 -> Arm.CHAMPION;
            case 2 -> Arm.CANDIDATE;
            default -> throw unknown("arm", code, 2);
        };
    }

    public static RouteReason reason(int code) {
        return switch (code) {
            case 1 -> RouteReason.CHAMPION;
            case 2 -> RouteReason.CANDIDATE;
            case 3 -> RouteReason.ROUTE_STALE;
            case 4 -> RouteReason.PINNED;
            case 5 -> RouteReason.FAILOVER;
            case 6 -> RouteReason.FALLBACK_VERSION;
            case 7 -> RouteReason.FALLBACK_RULES;
            default -> throw unknown("reason", code, 7);
        };
    }

    public static Outcome outcome(int code) {
        return switch (code) {
            case 1 -> Outcome.OK;
            case 2 -> Outcome.FAILED;
            case 3 -> Outcome.CANCELLED;
            case 4 -> Outcome.LATE;
            default -> throw unknown("outcome", code, 4);
        };
    }

    private static IllegalArgumentException unknown(String what, int code, int largest) {
        return new IllegalArgumentException(what + " code " + code + ": expected 1 to " + largest);
    }
}
