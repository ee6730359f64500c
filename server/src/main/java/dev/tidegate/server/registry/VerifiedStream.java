package dev.tidegate.server.registry;

import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * An artifact that is held against its digest while it is read: the end of one that is damaged is
 * an error, so that nobody takes what was read for the whole.
 */
final class VerifiedStream extends FilterInputStream {
    private final String expected;
    private final MessageDigest digest;
    private boolean verified;

    /**
     * @param expected SHA-256, 64 lower-case hex digits
     */
    VerifiedStream(InputStream file, String expected) {
        this(file, expected, Sha256.digest());
    }

    private VerifiedStream(InputStream file, String expected, MessageDigest digest) {
        super(new DigestInputStream(file, digest));
        this.expected = expected;
        this.digest = digest;
    }

    @Override
    public int read() throws IOException {
        return checked(super.read());
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return checked(super.read(bytes, offset, length));
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private int checked(int read) {
        if (read < 0 && !verified) {
            verified = true;
            String found = HexFormat.of().formatHex(digest.digest());
            if (!found.equals(expected)) {
                throw new TidegateException(
                        ErrorCode.INTERNAL,
                        "artifact %s is damaged: what was read of it has digest %s"
                                .formatted(expected, found));
            }
        }
        return read;
    }
}
