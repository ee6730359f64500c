package dev.tidegate.server.inference;

import static dev.tidegate.server.inference.InferenceServer.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.proto.inference.GRPCInferenceServiceGrpc;
import dev.tidegate.server.inference.onnx.TestGraph;
import dev.tidegate.server.platform.grpc.EventLoops;
import dev.tidegate.server.platform.grpc.ServerStream;
import io.grpc.Attributes;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StreamCallTest {
    private static final Executor THREADS = task -> Thread.ofPlatform().start(task);

    @TempDir private Path home;

    @Test
    void keepsNobodyWaitingWhileAnAnswerIsWritten() {
        try (InferenceServer server = InferenceServer.start(home, Map.of())) {
            server.champion(server.register("m", "1", TestGraph.plus(10)));
            SlowWire wire = new SlowWire();
            StreamCall stream =
                    new StreamCall(
                            wire,
                            new Metadata(),
                            server.context.getBean(InferenceFlow.class),
                            server.context.getBean(ServerStream.class),
                            server.context.getBean(EventLoops.class),
                            4);
            byte[] request = ask("m", 1).build().toByteArray();
            CompletableFuture<Void> writing =
                    CompletableFuture.runAsync(() -> stream.onMessage(request), THREADS);
            await().until(() -> wire.begun.get() == 1);
            CompletableFuture<Void> others =
                    CompletableFuture.runAsync(
                            () -> {
                                stream.onReady();
                                stream.onMessage(request);
                                stream.onHalfClose();
                            },
                            THREADS);
            try {
                await().until(others::isDone);
                assertThat(wire.begun).hasValue(1);
            } finally {
                wire.free.countDown();
            }
            writing.join();
            assertThat(wire.begun).hasValue(2);
            assertThat(wire.end.get()).isEqualTo(Status.OK);
        }
    }

    /** A call on which each answer takes until it is set free. */
    private static final class SlowWire extends ServerCall<byte[], byte[]> {
        private final AtomicInteger begun = new AtomicInteger();
        private final CountDownLatch free = new CountDownLatch(1);
        private final AtomicReference<@Nullable Status> end = new AtomicReference<>();

        @Override
        public void request(int messages) {
            assertThat(messages).isPositive();
        }

        @Override
        public void sendHeaders(Metadata headers) {
            assertThat(end.get()).isNull();
        }

        @Override
        public void sendMessage(byte[] message) {
            begun.incrementAndGet();
            try {
                free.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close(Status status, Metadata trailers) {
            end.set(status);
        }

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public Attributes getAttributes() {
            return Attributes.EMPTY;
        }

        @Override
        public MethodDescriptor<byte[], byte[]> getMethodDescriptor() {
            return GRPCInferenceServiceGrpc.getModelStreamInferMethod().toBuilder(
                            new BytesMarshaller(), new BytesMarshaller())
                    .build();
        }
    }
}
