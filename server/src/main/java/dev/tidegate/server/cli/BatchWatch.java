package dev.tidegate.server.cli;

import dev.tidegate.server.platform.error.TidegateException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Follows a batch job to its end, also over restarts of the server. */
final class BatchWatch {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** How often in a row no server may answer: about five minutes. */
    private static final int PATIENCE = 300;

    private static final Set<Status.Code> PASSING =
            Set.of(Status.Code.UNAVAILABLE, Status.Code.CANCELLED);

    private final Supplier<ServerConnection> servers;
    private final Consumer<String> messages;
    private @Nullable Document last;
    private int failures;

    /**
     * @param servers opens a connection to where the server is now
     * @param messages hears when the connection is lost
     */
    BatchWatch(Supplier<ServerConnection> servers, Consumer<String> messages) {
        this.servers = servers;
        this.messages = messages;
    }

    /** Hands on each state of the job, and returns the last. */
    Document follow(String id, Consumer<Document> listener) throws InterruptedException {
        while (true) {
            Document ended = watchOnce(id, listener);
            if (ended != null) {
                return ended;
            }
            Thread.sleep(PAUSE);
        }
    }

    private @Nullable Document watchOnce(String id, Consumer<Document> listener) {
        try (ServerConnection connection = servers.get()) {
            new GrpcBatchGateway(connection)
                    .watch(
                            id,
                            job -> {
                                failures = 0;
                                last = job;
                                listener.accept(job);
                            });
            return last;
        } catch (StatusRuntimeException e) {
            lost(e, PASSING.contains(e.getStatus().getCode()));
        } catch (TidegateException e) {
            lost(e, true);
        }
        return null;
    }

    private void lost(RuntimeException cause, boolean mayPass) {
        failures++;
        if (last == null || !mayPass || failures > PATIENCE) {
            throw cause;
        }
        if (failures == 1) {
            messages.accept("the connection is lost; the job goes on, connecting again");
        }
    }
}
