package dev.tidegate.server.batch;

import dev.tidegate.server.inference.RowOutcome;
import dev.tidegate.server.inference.Tensor;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/** A result as CSV with a header; several elements of one output are a JSON list in one cell. */
final class CsvResult extends ResultWriter {
    private static final int BUFFER = 1 << 16;

    private final CSVPrinter csv;
    private final ResultColumns columns;
    private final OutputText text = new OutputText();

    CsvResult(OutputStream out, ResultColumns columns) throws IOException {
        this.columns = columns;
        this.csv =
                new CSVPrinter(
                        new BufferedWriter(
                                new OutputStreamWriter(out, StandardCharsets.UTF_8), BUFFER),
                        CSVFormat.RFC4180.builder().setRecordSeparator('\n').get());
        csv.printRecord(columns.names());
    }

    @Override
    boolean answered(PreparedRow row, RowOutcome.Answered answer) throws IOException {
        begin(row);
        for (Tensor output : answer.outputs()) {
            csv.print(text.of(output));
        }
        csv.print("");
        csv.println();
        return true;
    }

    @Override
    void failed(PreparedRow row, String reason) throws IOException {
        begin(row);
        for (int i = 0; i < columns.outputs().size(); i++) {
            csv.print("");
        }
        csv.print(reason);
        csv.println();
    }

    private void begin(PreparedRow row) throws IOException {
        csv.print(row.number());
        for (@Nullable Object value : row.kept()) {
            csv.print(value);
        }
    }

    @Override
    public void close() throws IOException {
        text.close();
        csv.flush();
    }
}
