package dev.tidegate.server.registry;

import dev.tidegate.server.platform.error.TidegateException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;

/**
 * Where a version lives that another server of the Open Inference Protocol runs.
 *
 * @param addresses at least one, each another server with the same model; all with TLS or all
 *     without
 * @param model its name there
 * @param version its version there; empty: that server's own choice
 * @param deadline of a request, at most; a client's shorter one is handed on
 * @param hedging second tries elsewhere
 * @param inFlight how many requests of this replica may be under way at a time
 */
public record RemotePlace(
        List<RemoteAddress> addresses,
        String model,
        String version,
        Duration deadline,
        Hedging hedging,
        int inFlight) {
    /** More servers than anybody would list by hand. */
    private static final int MOST_ADDRESSES = 16;

    private static final int LONGEST_NAME = 512;
    private static final int MOST_IN_FLIGHT = 65_536;
    private static final Duration LONGEST = Duration.ofHours(1);

    public RemotePlace {
        addresses = List.copyOf(addresses);
        requireAddresses(addresses);
        requireName("model", model, !model.isEmpty());
        requireName("version", version, true);
        if (!deadline.isPositive() || deadline.compareTo(LONGEST) > 0) {
            throw refused(
                    "deadline %s came, expected more than none and at most %s"
                            .formatted(deadline, LONGEST));
        }
        if (inFlight < 1 || inFlight > MOST_IN_FLIGHT) {
            throw refused(
                    "%d requests in flight came, expected 1 to %d"
                            .formatted(inFlight, MOST_IN_FLIGHT));
        }
    }

    private static void requireAddresses(List<RemoteAddress> addresses) {
        if (addresses.isEmpty() || addresses.size() > MOST_ADDRESSES) {
            throw refused(
                    "%d addresses came, expected 1 to %d"
                            .formatted(addresses.size(), MOST_ADDRESSES));
        }
        if (new HashSet<>(addresses).size() < addresses.size()) {
            throw refused("addresses %s came, expected each one once".formatted(addresses));
        }
        if (addresses.stream().map(RemoteAddress::tls).distinct().count() > 1) {
            throw refused(
                    "addresses %s came, expected all with grpc:// or all with grpcs://"
                            .formatted(addresses));
        }
    }

    private static void requireName(String what, String name, boolean possible) {
        if (!possible || name.length() > LONGEST_NAME) {
            throw refused(
                    "the remote %s has %d characters, expected 1 to %d"
                            .formatted(what, name.length(), LONGEST_NAME));
        }
    }

    private static TidegateException refused(String what) {
        return TidegateException.invalid("the remote place: " + what);
    }
}
