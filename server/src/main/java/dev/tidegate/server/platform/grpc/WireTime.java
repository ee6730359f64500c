package dev.tidegate.server.platform.grpc;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.tidegate.server.platform.error.TidegateException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as messages carry them, to the microsecond that the database keeps. */
public final class WireTime {
    private WireTime() {}

    public static Timestamp of(Instant at) {
        return Timestamps.fromMicros(ChronoUnit.MICROS.between(Instant.EPOCH, at));
    }

    /**
     * Returns a client's time.
     *
     * @param field its name, for the error
     * @throws TidegateException when it is no time of the years 1 to 9999
     */
    public static Instant instant(String field, Timestamp at) {
        if (!Timestamps.isValid(at)) {
            throw TidegateException.invalid(
                    "%s is %d s and %d ns since 1970, expected a time of the years 1 to 9999"
                            .formatted(field, at.getSeconds(), at.getNanos()));
        }
        return Instant.ofEpochSecond(at.getSeconds(), at.getNanos());
    }

    public static com.google.protobuf.Duration of(Duration duration) {
        return com.google.protobuf.Duration.newBuilder()
                .setSeconds(duration.getSeconds())
                .setNanos(duration.getNano())
                .build();
    }
}
