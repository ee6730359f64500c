package dev.tidegate.server.platform.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class ServerStreamTest {
    @Test
    void endsAllStreamsAlsoWhenSomeCannotBeEnded() {
        ServerStream streams = new ServerStream();
        AtomicInteger ended = new AtomicInteger();
        for (int i = 0; i < 20; i++) {
            boolean broken = i % 2 == 0;
            streams.whenDraining(
                    () -> {
                        ended.incrementAndGet();
                        if (broken) {
                            throw new IllegalStateException("call already closed");
                        }
                    });
        }
        streams.drain();
        assertThat(ended).hasValue(20);
        assertThat(streams.isDraining()).isTrue();
    }
}
