package dev.tidegate.server.cli;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Points and spans of time as documents have them. */
final class ValueProtoMapper {
    private ValueProtoMapper() {}

    /** Returns null when the time is not set. */
    static @Nullable Instant time(boolean isSet, Timestamp at) {
        return isSet ? Instant.ofEpochSecond(at.getSeconds(), at.getNanos()) : null;
    }

    static double seconds(Duration span) {
        return span.getSeconds() + span.getNanos() / 1e9;
    }

    static Timestamp timestamp(Instant at) {
        return Timestamp.newBuilder()
                .setSeconds(at.getEpochSecond())
                .setNanos(at.getNano())
                .build();
    }
}
