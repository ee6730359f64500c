package dev.tidegate.server.cli;

import dev.tidegate.proto.v1.Mutation;
import java.util.UUID;

/** What goes with each command that changes something. */
final class MutationProtoMapper {
    private MutationProtoMapper() {}

    /** Returns a new request id, so that the transport may send the command twice. */
    static Mutation fresh() {
        return Mutation.newBuilder().setRequestId(UUID.randomUUID().toString()).build();
    }
}
