package dev.tidegate.server.predictionlog;

import dev.tidegate.server.journal.ArmEvent;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.Consumer;

/** Predictions of one bucket that become one row. */
final class PredictionBlock {
    private final BlockWriter writer;
    private final BlockSummary summary = new BlockSummary();
    private UUID first = new UUID(-1, -1);
    private UUID last = new UUID(0, 0);
    private long[] clients = {};
    private int clientCount;

    /**
     * @param writer is cleared and used until the block is written
     */
    PredictionBlock(BlockWriter writer) {
        writer.clear();
        this.writer = writer;
    }

    void add(ArmEvent event) {
        UUID id = event.predictionId();
        first = IdOrder.compare(id, first) < 0 ? id : first;
        last = IdOrder.compare(id, last) > 0 ? id : last;
        summary.add(event);
        if (!event.clientId().isEmpty()) {
            client(ClientHash.of(event.clientId()));
        }
        writer.add(event);
    }

    private void client(long hash) {
        if (clientCount == clients.length) {
            clients = Arrays.copyOf(clients, Math.max(64, clientCount * 2));
        }
        clients[clientCount++] = hash;
    }

    /** Shows what was added. */
    void read(Consumer<ArmEvent> events) {
        BlockReader.read(ByteBuffer.wrap(writer.bytes(), 0, writer.length()), events);
    }

    boolean isEmpty() {
        return summary.events() == 0;
    }

    UUID first() {
        return first;
    }

    UUID last() {
        return last;
    }

    BlockSummary summary() {
        return summary;
    }

    /** Returns the hashes of the clients' own ids; empty when there are none. */
    long[] clients() {
        return Arrays.copyOf(clients, clientCount);
    }

    InputStream body() {
        return new ByteArrayInputStream(writer.bytes(), 0, writer.length());
    }

    int bytes() {
        return writer.length();
    }
}
