package dev.tidegate.server.batch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.tidegate.server.inference.BulkInference;
import dev.tidegate.server.inference.BulkVersion;
import dev.tidegate.server.inference.InferenceServer;
import dev.tidegate.server.inference.onnx.TestGraph;
import dev.tidegate.server.inference.row.RowForm;
import dev.tidegate.server.inference.row.RowSource;
import dev.tidegate.server.platform.duckdb.DuckDbLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RowPreparationTest {
    private static final int MEBI = 1 << 20;

    @TempDir private Path folder;

    @Test
    void runsNoMoreRowsTogetherThanMemoryIsMeantToHold() throws Exception {
        Path file = folder.resolve("rows.parquet");
        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckDb.createStatement()) {
            statement.execute(
                    "copy (select list_transform(range(%d), lambda i: 1::float) as x from range(5)) to '%s' (format parquet)"
                            .formatted(MEBI, file));
        }
        try (InferenceServer server = InferenceServer.start(folder.resolve("home"), Map.of());
                BulkVersion version =
                        server.context
                                .getBean(BulkInference.class)
                                .hold(
                                        server.register(
                                                "m",
                                                "1",
                                                TestGraph.identity(DataType.FLOAT, "N", MEBI)));
                RowSource source =
                        RowSource.open(
                                file,
                                RowForm.PARQUET,
                                "rows.parquet",
                                server.context.getBean(DuckDbLimits.class))) {
            RowPreparation rows =
                    new RowPreparation(source, version, List.of(), 256, Files.size(file));

            RowChunk first = rows.next();
            assertThat(first.rows()).hasSize(4).allMatch(row -> row.bytes() == 4 * MEBI);
            assertThat(rows.next().rows()).hasSize(1);
            assertThat(rows.next().isEnd()).isTrue();
        }
    }
}
