package dev.tidegate.server.inference;

import static dev.tidegate.server.inference.InferenceServer.ask;
import static dev.tidegate.server.inference.InferenceServer.floats;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.ListenableFuture;
import dev.tidegate.proto.inference.GRPCInferenceServiceGrpc;
import dev.tidegate.proto.inference.ModelInferResponse;
import dev.tidegate.server.inference.remote.ForeignServer;
import dev.tidegate.server.registry.Hedging;
import dev.tidegate.server.registry.RemoteAddress;
import dev.tidegate.server.registry.RemotePlace;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests for a version whose load takes its time. */
final class AwaitedVersionsTest {
    private static final int MOST_OF_ONE = 64;

    @TempDir private Path home;

    @Test
    void keepsNoPlaceForClientsThatAreGone() throws Exception {
        try (ForeignServer there = new ForeignServer(1);
                InferenceServer server =
                        InferenceServer.start(
                                home,
                                Map.of(
                                        "tidegate.remote.probe-timeout",
                                        "50s",
                                        "tidegate.inference.deadline",
                                        "50s"))) {
            server.register("m", "1", place(there), "");
            there.keepSilent();
            List<ListenableFuture<ModelInferResponse>> waiting =
                    IntStream.range(0, MOST_OF_ONE + 8).mapToObj(i -> send(server, i)).toList();
            await().until(() -> isRefused(server));

            waiting.forEach(each -> each.cancel(true));
            await().until(() -> !isRefused(server));

            there.speak();
            assertThat(floats(send(server, 3).get())).containsExactly(4f);
        }
    }

    private static boolean isRefused(InferenceServer server) {
        StatusRuntimeException failure =
                catchThrowableOfType(
                        StatusRuntimeException.class,
                        () ->
                                server.stub()
                                        .withDeadlineAfter(100, TimeUnit.MILLISECONDS)
                                        .modelInfer(ask("m", 0).setModelVersion("1").build()));
        return failure.getStatus().getCode() == Status.Code.RESOURCE_EXHAUSTED
                && String.valueOf(failure.getStatus().getDescription())
                        .contains("64 requests wait for m version 1 to be loaded");
    }

    private static ListenableFuture<ModelInferResponse> send(InferenceServer server, float x) {
        return GRPCInferenceServiceGrpc.newFutureStub(server.channel)
                .modelInfer(ask("m", x).setModelVersion("1").build());
    }

    private static RemotePlace place(ForeignServer there) {
        return new RemotePlace(
                List.of(RemoteAddress.parse(there.address())),
                "there",
                "9",
                Duration.ofSeconds(20),
                new Hedging(new Hedging.Start.Never(), 0),
                64);
    }
}
