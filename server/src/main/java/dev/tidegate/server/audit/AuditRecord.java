package dev.tidegate.server.audit;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/**
 * An event in the chain.
 *
 * <p>Its hash is SHA-256 over: the previous hash (32 bytes, zeros before the first), sequence and
 * microseconds since 1970 as 8 bytes big-endian each, then principal, action, subject and detail,
 * each as a 4-byte big-endian length and its UTF-8 bytes; then the key's id in the same form, where
 * there is one.
 *
 * @param keyId id of the key that proved the principal; empty where the server itself acted
 * @param detail JSON with sorted keys, exactly as it was hashed
 * @param hash 64 hex digits; empty before it is computed
 */
record AuditRecord(
        long sequence,
        Instant at,
        String principal,
        String keyId,
        String action,
        String subject,
        String detail,
        String hash) {

    static final String GENESIS = "0".repeat(64);

    String expectedHash(String previous) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256 + detail.length());
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(HexFormat.of().parseHex(previous));
            out.writeLong(sequence);
            out.writeLong(ChronoUnit.MICROS.between(Instant.EPOCH, at));
            write(out, principal);
            write(out, action);
            write(out, subject);
            write(out, detail);
            if (!keyId.isEmpty()) {
                write(out, keyId);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    AuditRecord withHash(String newHash) {
        return new AuditRecord(sequence, at, principal, keyId, action, subject, detail, newHash);
    }
}
