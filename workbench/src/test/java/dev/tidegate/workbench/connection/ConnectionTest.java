package dev.tidegate.workbench.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.proto.v1.FleetServiceGrpc;
import dev.tidegate.proto.v1.GetServerRequest;
import dev.tidegate.proto.v1.GetServerResponse;
import dev.tidegate.proto.v1.WatchFleetRequest;
import dev.tidegate.proto.v1.WatchFleetResponse;
import dev.tidegate.workbench.FrozenWire;
import dev.tidegate.workbench.ScriptedServer;
import dev.tidegate.workbench.TestClient;
import dev.tidegate.workbench.failure.Outcome;
import dev.tidegate.workbench.failure.ServiceFailure;
import io.grpc.ClientInterceptors;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javafx.util.Subscription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ConnectionTest {
    private final ConcurrentMap<String, List<Deadline>> deadlines = new ConcurrentHashMap<>();
    private final ScriptedServer server =
            new ScriptedServer(0, List.of(new Silent().bindService()));
    private final FrozenWire wire = new FrozenWire(server.port());
    private final TestClient client = new TestClient(wire.port());

    /** Begins its streams, and answers nothing else. */
    private final class Silent extends FleetServiceGrpc.FleetServiceImplBase {
        @Override
        public void getServer(
                GetServerRequest request, StreamObserver<GetServerResponse> observer) {
            note("call");
        }

        @Override
        public void watchFleet(
                WatchFleetRequest request, StreamObserver<WatchFleetResponse> observer) {
            note("stream");
            observer.onNext(WatchFleetResponse.getDefaultInstance());
        }

        private void note(String what) {
            Deadline deadline = Context.current().getDeadline();
            deadlines.put(what, deadline == null ? List.of() : List.of(deadline));
        }
    }

    @AfterEach
    void close() {
        client.close();
        wire.close();
        server.close();
    }

    private CompletableFuture<Outcome<String>> ask(FleetServiceGrpc.FleetServiceStub stub) {
        return UnaryCall.of(
                observer -> stub.getServer(GetServerRequest.getDefaultInstance(), observer),
                (GetServerResponse answer) -> answer.getServer().getVersion());
    }

    private StreamSource<String> stream() {
        return GrpcStream.of(
                FleetServiceGrpc.newStub(client.connection().channel())::watchFleet,
                WatchFleetRequest.getDefaultInstance(),
                answer -> answer.getServer().getVersion());
    }

    @Test
    void limitsCallsAndNoStreams() {
        var unused = ask(FleetServiceGrpc.newStub(client.connection().channel()));
        Subscription open = client.streams().open(stream(), _ -> {});

        await().until(() -> deadlines.size() == 2);

        assertThat(Objects.requireNonNull(deadlines.get("call")))
                .singleElement()
                .satisfies(
                        deadline ->
                                assertThat(deadline.timeRemaining(TimeUnit.SECONDS))
                                        .isBetween(0L, UnaryDeadline.LIMIT.toSeconds()));
        assertThat(deadlines.get("stream")).isEmpty();
        open.unsubscribe();
    }

    @Test
    void saysThatTheServerDidNotAnswerInTime() {
        var hasty =
                ClientInterceptors.intercept(
                        client.connection().channel(), new UnaryDeadline(Duration.ofMillis(100)));

        assertThat(ask(FleetServiceGrpc.newStub(hasty)).orTimeout(1, TimeUnit.MINUTES).join())
                .isEqualTo(
                        new Outcome.Failed<>(
                                new ServiceFailure.Unavailable(
                                        "The server did not answer in time")));
    }

    /** Takes as long as the keep-alive does, a quarter of a minute. */
    @Test
    void leavesADeadConnectionForANewOne() {
        List<StreamEvent<String>> events = new CopyOnWriteArrayList<>();
        Subscription open =
                client.streams(new Silence(Duration.ofSeconds(1), Duration.ofSeconds(1)))
                        .open(stream(), events::add);
        await().until(() -> wire.connections() == 1 && !events.isEmpty());

        wire.freeze();
        int before = events.size();

        await().until(() -> wire.connections() == 2);
        await().until(
                        () ->
                                events.stream()
                                        .skip(before)
                                        .anyMatch(StreamEvent.Value.class::isInstance));
        open.unsubscribe();
    }
}
