package dev.tidegate.server.inference.row;

import dev.tidegate.server.platform.duckdb.DuckDbRows;
import dev.tidegate.server.platform.duckdb.DuckDbSource;
import dev.tidegate.server.platform.error.Excerpt;
import dev.tidegate.server.platform.error.TidegateException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Holds a Parquet file to what memory has room for, by what the file says of itself: a few octets
 * of it can unpack to any number of values. Nothing is unpacked yet.
 */
final class ParquetBounds {
    /** Octets of what a file says of itself; each in it may take some fifty in memory. */
    private static final long LONGEST_FOOTER = 16L << 20;

    /** As many as the largest file of one-letter lines has. */
    private static final long MOST_ROWS = 1L << 30;

    /** Octets of the lists of a row group as they are unpacked: one row may have them all. */
    private static final long MOST_UNPACKED = 512L << 20;

    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final int TAIL = Integer.BYTES + MAGIC.length;

    private final ParquetFile file;
    private final long unpacked;

    ParquetBounds(ParquetFile file) {
        this(file, MOST_UNPACKED);
    }

    /**
     * @param unpacked octets that the lists of a row group may take
     */
    ParquetBounds(ParquetFile file, long unpacked) {
        this.file = file;
        this.unpacked = unpacked;
    }

    /** Refuses a file of which too much would have to be read only to know what is in it. */
    void requireShortFooter() {
        long footer = footer();
        if (footer > LONGEST_FOOTER) {
            throw TidegateException.invalid(
                    "%s describes itself in %d bytes, expected at most %d; write it with fewer row groups"
                            .formatted(file.name(), footer, LONGEST_FOOTER));
        }
    }

    /** Returns the octets of the footer; 0 when there is none, which whoever reads it finds. */
    private long footer() {
        try (RandomAccessFile content = new RandomAccessFile(file.path().toFile(), "r")) {
            if (content.length() < TAIL) {
                return 0;
            }
            ByteBuffer tail = ByteBuffer.allocate(TAIL).order(ByteOrder.LITTLE_ENDIAN);
            content.seek(content.length() - TAIL);
            content.readFully(tail.array());
            boolean isParquet =
                    Arrays.equals(tail.array(), Integer.BYTES, TAIL, MAGIC, 0, MAGIC.length);
            return isParquet ? Integer.toUnsignedLong(tail.getInt(0)) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(file.name() + " cannot be read", e);
        }
    }

    /**
     * Refuses columns that no row can be made of, too many rows, and lists that may be too long.
     *
     * @param columns all of the file's
     */
    void check(List<ParquetColumn> columns, long rows) {
        columns.forEach(this::requireReadable);
        if (rows > MOST_ROWS) {
            throw TidegateException.invalid(
                    "%s has %d rows, expected at most %d; split it"
                            .formatted(file.name(), rows, MOST_ROWS));
        }
        String widths = widths(columns);
        if (!widths.isEmpty()) {
            file.ask(
                            "select row_group_id, sum(octets), arg_max(column_id, octets), max_by(num_values,"
                                    + " octets) from (select row_group_id, column_id, num_values, case when"
                                    + " num_values < 0 then 1e300 else num_values::double * (case column_id "
                                    + widths
                                    + " else 0 end) end as octets from "
                                    + DuckDbSource.parquetMetadata(file.path())
                                    + ") group by row_group_id order by 2 desc limit 1",
                            largest -> largest.next() ? new Group(largest) : Group.NONE)
                    .require(file.name(), columns, unpacked);
        }
    }

    private void requireReadable(ParquetColumn column) {
        if (!column.isReadable()) {
            throw TidegateException.invalid(
                    "column '%s' of %s is %s, expected numbers, truth values, texts, times, or lists of these; leave it out"
                            .formatted(
                                    Excerpt.of(column.name()),
                                    file.name(),
                                    Excerpt.of(column.type())));
        }
    }

    private static String widths(List<ParquetColumn> columns) {
        return IntStream.range(0, columns.size())
                .filter(i -> columns.get(i).isList())
                .mapToObj(i -> "when %d then %d".formatted(i, columns.get(i).width()))
                .collect(Collectors.joining(" "));
    }

    /** The row group with the most in its lists, and the column that has most of it. */
    private record Group(long id, double octets, int column, long values) {
        static final Group NONE = new Group(0, 0, 0, 0);

        Group(DuckDbRows row) {
            this(
                    row.number(0),
                    ((Number) Objects.requireNonNull(row.value(1))).doubleValue(),
                    (int) row.number(2),
                    row.number(3));
        }

        void require(String file, List<ParquetColumn> columns, long most) {
            if (octets > most) {
                throw TidegateException.invalid(
                        "row group %d of %s has %d values in the lists of column '%s' and %.0f bytes in all lists, expected at most %d bytes in a group, since one row may have them all; write groups of fewer rows"
                                .formatted(
                                        id,
                                        file,
                                        values,
                                        Excerpt.of(columns.get(column).name()),
                                        octets,
                                        most));
            }
        }
    }
}
