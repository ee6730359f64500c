package dev.tidegate.server.dataset;

import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads comma-separated files (RFC 4180, UTF-8) whose first record names the columns; empty and NA
 * mean missing.
 */
@Singleton
public final class CsvDatasetReader {

    private static final String MISSING = "NA";

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final ColumnTyping typing = new ColumnTyping();

    /**
     * Returns the whole file as a data set.
     *
     * @throws TidegateException when there is no such file, it has no rows, a record has too few or
     *     too many fields, or a column has no name or a name twice
     */
    public Dataset read(Path file) {
        MessageDigest digest = sha256();
        try (DigestInputStream bytes = new DigestInputStream(Files.newInputStream(file), digest);
                InputStreamReader characters =
                        new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder());
                CSVParser records = CSVParser.parse(characters, CSVFormat.RFC4180)) {
            List<DatasetColumn> columns = columns(file, records.iterator());
            bytes.transferTo(OutputStream.nullOutputStream());
            return new Dataset(
                    file,
                    "sha256:" + HexFormat.of().formatHex(digest.digest()),
                    columns.getFirst().size(),
                    columns);
        } catch (NoSuchFileException e) {
            throw new TidegateException(ErrorCode.INVALID_ARGUMENT, "there is no file " + file, e);
        } catch (IOException | UncheckedIOException e) {
            throw new TidegateException(
                    ErrorCode.INVALID_ARGUMENT,
                    "%s cannot be read: %s".formatted(file, e.getMessage()),
                    e);
        }
    }

    private List<DatasetColumn> columns(Path file, Iterator<CSVRecord> records) {
        if (!records.hasNext()) {
            throw TidegateException.invalid(
                    file + " is empty; expected a line of column names and rows below it");
        }
        List<String> names = names(file, records.next().toList());
        List<List<String>> texts =
                names.stream().map(name -> (List<String>) new ArrayList<String>()).toList();
        while (records.hasNext()) {
            append(file, texts, records.next());
        }
        if (texts.getFirst().isEmpty()) {
            throw TidegateException.invalid("%s has column names but no rows".formatted(file));
        }
        List<DatasetColumn> columns = new ArrayList<>();
        for (int index = 0; index < names.size(); index++) {
            columns.add(typing.column(names.get(index), texts.get(index)));
        }
        return columns;
    }

    private static List<String> names(Path file, List<String> header) {
        Set<String> seen = new HashSet<>();
        List<String> names = new ArrayList<>(header);
        names.set(0, names.getFirst().replace(BYTE_ORDER_MARK, ""));
        for (String name : names) {
            if (name.isBlank() || !seen.add(name)) {
                throw TidegateException.invalid(
                        "%s needs a name of its own for each column, got \"%s\" in %s"
                                .formatted(file, name, names));
            }
        }
        return names;
    }

    private static void append(Path file, List<List<String>> texts, CSVRecord row) {
        if (row.size() != texts.size()) {
            throw TidegateException.invalid(
                    "%s, record %d has %d fields; expected %d as in the first record"
                            .formatted(file, row.getRecordNumber(), row.size(), texts.size()));
        }
        for (int index = 0; index < texts.size(); index++) {
            String text = row.get(index).strip();
            texts.get(index).add(text.equals(MISSING) ? "" : text);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
