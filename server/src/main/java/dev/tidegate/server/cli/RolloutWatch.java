package dev.tidegate.server.cli;

import dev.tidegate.server.platform.error.TidegateException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Follows a rollout to its end, also over restarts of the server. */
public final class RolloutWatch {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** How often in a row no server may answer: with these pauses about five minutes. */
    private static final int PATIENCE = 64;

    private static final Set<Status.Code> PASSING =
            Set.of(Status.Code.UNAVAILABLE, Status.Code.CANCELLED);

    private final Supplier<ServerConnection> servers;
    private final Consumer<String> messages;
    private boolean heard;
    private int failures;

    /**
     * @param servers opens a connection to where the server is now
     * @param messages hears when the connection is lost
     */
    public RolloutWatch(Supplier<ServerConnection> servers, Consumer<String> messages) {
        this.servers = servers;
        this.messages = messages;
    }

    /**
     * Hands on each state of the rollout until it has ended.
     *
     * @param listener returns whether to go on before the end
     */
    public void follow(String id, Predicate<Document> listener) throws InterruptedException {
        while (!watchOnce(id, listener)) {
            Thread.sleep(pause());
        }
    }

    private boolean watchOnce(String id, Predicate<Document> listener) {
        try (ServerConnection connection = servers.get()) {
            return new GrpcRolloutGateway(connection)
                    .watch(
                            id,
                            rollout -> {
                                heard = true;
                                failures = 0;
                                return listener.test(rollout) && !RolloutText.hasEnded(rollout);
                            });
        } catch (StatusRuntimeException e) {
            lost(e, PASSING.contains(e.getStatus().getCode()));
        } catch (TidegateException e) {
            lost(e, true);
        }
        return false;
    }

    private void lost(RuntimeException cause, boolean mayPass) {
        failures++;
        if (!heard || !mayPass || failures > PATIENCE) {
            throw cause;
        }
        if (failures == 1) {
            messages.accept("the connection is lost; connecting again");
        }
    }

    private Duration pause() {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, 10));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }
}
