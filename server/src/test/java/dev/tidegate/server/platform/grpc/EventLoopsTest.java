package dev.tidegate.server.platform.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

final class EventLoopsTest {
    @Test
    void keepNoProcessAlive() throws IOException {
        EventLoops loops = new EventLoops();
        Server server =
                loops.serve(
                                NettyServerBuilder.forAddress(
                                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)))
                        .build()
                        .start();
        try {
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread.getName().startsWith("grpc-accept"))
                    .isNotEmpty()
                    .allMatch(Thread::isDaemon);
        } finally {
            server.shutdownNow();
            loops.close();
        }
    }
}
