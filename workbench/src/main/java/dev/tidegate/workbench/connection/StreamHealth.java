package dev.tidegate.workbench.connection;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How the open streams are together.
 *
 * @param open streams that somebody listens to
 * @param live those of them that have delivered since their last break
 * @param newest when the newest value came, on this machine's clock
 * @param problem the newest break of a stream that is not live
 * @param retrying whether a broken stream will be opened again
 */
public record StreamHealth(
        int open, int live, Optional<Instant> newest, Optional<String> problem, boolean retrying) {

    public boolean isLive() {
        return open > 0 && live == open;
    }

    public Optional<Duration> age(Instant now) {
        return newest.map(at -> Duration.between(at, now));
    }
}
