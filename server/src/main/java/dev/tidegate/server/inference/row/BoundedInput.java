package dev.tidegate.server.inference.row;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts what is read, and ends a row that would fill the memory. */
final class BoundedInput extends FilterInputStream {
    private final int longest;
    private long count;
    private long rowAt;

    /**
     * @param longest octets that may be read for one row; readers read some ahead
     */
    BoundedInput(InputStream in, int longest) {
        super(in);
        this.longest = longest;
    }

    void beginRow() {
        rowAt = count;
    }

    long count() {
        return count;
    }

    @Override
    public int read() throws IOException {
        requireRoom();
        int read = super.read();
        count += read < 0 ? 0 : 1;
        return read;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        requireRoom();
        int read = super.read(into, from, length);
        count += Math.max(0, read);
        return read;
    }

    private void requireRoom() throws IOException {
        if (count - rowAt > longest) {
            throw new IOException(
                    "it is longer than %d bytes; is a quote or a bracket not closed?"
                            .formatted(longest));
        }
    }
}
