package dev.tidegate.server.benchmark.inference;

import dev.tidegate.server.cli.GrpcModelGateway;
import dev.tidegate.server.cli.ServerAddress;
import dev.tidegate.server.cli.ServerConnection;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Puts one version in the other's place, over the API that the command line uses. */
final class ChampionSwaps implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ServerConnection connection;
    private final GrpcModelGateway models;
    private String champion = "1";
    private String other = "2";

    /**
     * @param port of gRPC
     * @param key of an engineer
     */
    ChampionSwaps(int port, String key) {
        connection =
                ServerConnection.open(
                        new ServerAddress("127.0.0.1", port), Optional.of(key), PATIENCE);
        models = new GrpcModelGateway(connection);
    }

    /**
     * Loads the other version, makes it the champion, and unloads the one that was: which is
     * refused until the new route is in force.
     */
    void swap() throws InterruptedException {
        models.load(FixedRequestProtoMapper.MODEL, other);
        models.alias(FixedRequestProtoMapper.MODEL, "champion", other);
        long limit = System.nanoTime() + PATIENCE.toNanos();
        while (!isUnloaded(champion)) {
            if (System.nanoTime() - limit > 0) {
                throw new IllegalStateException(
                        "version %s answers %d s after version %s took its place"
                                .formatted(champion, PATIENCE.toSeconds(), other));
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        String former = champion;
        champion = other;
        other = former;
    }

    private boolean isUnloaded(String version) {
        try {
            models.unload(FixedRequestProtoMapper.MODEL, version);
            return true;
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.FAILED_PRECONDITION) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
