package dev.tidegate.server.platform.grpc;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as messages carry them, to the microsecond that the database keeps. */
public final class WireTime {
    private WireTime() {}

    public static Timestamp of(Instant at) {
        return Timestamps.fromMicros(ChronoUnit.MICROS.between(Instant.EPOCH, at));
    }

    public static com.google.protobuf.Duration of(Duration duration) {
        return Durations.fromNanos(duration.toNanos());
    }
}
