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

/**
 * An event in the chain.
 *
 * <p>Its hash is SHA-256 over: the previous hash (32 bytes, zeros before the first), sequence and
 * microseconds since 1970 as 8 bytes big-endian each, then principal, action, subject and detail,
 * each as a 4-byte big-endian length and its UTF-8 bytes.
 *
 * @param detail JSON with sorted keys, exactly as it was hashed
 * @param hash 32 bytes as stored
 */
record AuditRecord(
    long sequence,
    Instant at,
    String principal,
    String action,
    String subject,
    String detail,
    byte[] hash) {

  static final byte[] GENESIS = new byte[32];

  byte[] expectedHash(byte[] previous) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256 + detail.length());
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.write(previous);
      out.writeLong(sequence);
      out.writeLong(ChronoUnit.MICROS.between(Instant.EPOCH, at));
      write(out, principal);
      write(out, action);
      write(out, subject);
      write(out, detail);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(utf8.length);
    out.write(utf8);
  }

  AuditRecord withHash(byte[] newHash) {
    return new AuditRecord(sequence, at, principal, action, subject, detail, newHash);
  }
}
