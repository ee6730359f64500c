package dev.tidegate.server.batch;

import dev.tidegate.server.inference.BulkVersion;
import dev.tidegate.server.inference.row.FeatureCheck;
import dev.tidegate.server.inference.row.Row;
import dev.tidegate.server.inference.row.RowRead;
import dev.tidegate.server.inference.row.RowSource;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.registry.Column;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a file and lays them out as the graph takes them, some at a time. */
final class RowPreparation {
    /** How much of a file the rows of one run may take, in octets; one row may be longer. */
    private static final long CHUNK_BYTES = 4 << 20;

    /** How much memory the rows of one run may take; one row may take more. */
    private static final long PREPARED_BYTES = 16 << 20;

    private final RowSource source;
    private final BulkVersion version;
    private final List<String> keep;
    private final Set<String> foreign;
    private final @Nullable FeatureCheck check;
    private final int most;
    private final long bytes;

    /**
     * @param keep columns that are copied to the result
     * @param most rows of a chunk
     * @param bytes size of the file
     */
    RowPreparation(RowSource source, BulkVersion version, List<String> keep, int most, long bytes) {
        this.source = source;
        this.version = version;
        this.keep = keep;
        this.most = most;
        this.bytes = bytes;
        this.foreign = new HashSet<>(keep);
        version.version().signature().columns().stream().map(Column::name).forEach(foreign::remove);
        boolean isTyped = source.header().isEmpty();
        this.check = isTyped ? new FeatureCheck(version.version().signature()) : null;
    }

    /** Returns the next rows; none behind the last. */
    RowChunk next() {
        List<PreparedRow> rows = new ArrayList<>(most);
        long end = source.bytesRead() + CHUNK_BYTES;
        long taken = 0;
        while (rows.size() < most && source.bytesRead() < end && taken < PREPARED_BYTES) {
            RowRead read = source.next();
            if (read == null) {
                break;
            }
            PreparedRow row = prepared(read);
            taken += row.bytes();
            rows.add(row);
        }
        return new RowChunk(
                rows, bytes == 0 ? 1 : Math.min(1.0, (double) source.bytesRead() / bytes));
    }

    private PreparedRow prepared(RowRead read) {
        List<@Nullable Object> kept = new ArrayList<>(keep.size());
        for (String name : keep) {
            kept.add(read.row().value(name));
        }
        String problem = read.problem();
        if (problem != null) {
            return new PreparedRow(read.number(), kept, null, problem);
        }
        try {
            Row row = check == null ? read.row() : read.row().without(foreign);
            if (check != null) {
                check.check(row);
            }
            return new PreparedRow(read.number(), kept, version.inputs(row), "");
        } catch (TidegateException e) {
            return new PreparedRow(read.number(), kept, null, e.text());
        }
    }
}
