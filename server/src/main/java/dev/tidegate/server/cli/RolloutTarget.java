package dev.tidegate.server.cli;

import java.util.function.BiFunction;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The rollout that a command is about, and the server that has it. */
final class RolloutTarget {
    @Parameters(paramLabel = "ID", description = "The rollout's id.")
    private String id;

    @Mixin private ServerOptions server;

    String id() {
        return id;
    }

    ServerOptions server() {
        return server;
    }

    /** Asks the server and prints the rollout. */
    int call(
            BiFunction<GrpcRolloutGateway, String, Document> work,
            Function<Document, String> text) {
        return server.call(connection -> work.apply(new GrpcRolloutGateway(connection), id), text);
    }
}
