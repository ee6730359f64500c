package dev.tidegate.server.journal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** A message as it is kept: whole, or its SHA-256 when it is larger than the cap. */
public final class Payload {
    private final int size;
    private final boolean digested;
    private final byte[] bytes;

    /**
     * Makes a payload.
     *
     * @param size bytes that the message had
     * @param digested whether {@code bytes} is the message's SHA-256 and not the message
     * @param bytes the message or its digest; not copied
     */
    Payload(int size, boolean digested, byte[] bytes) {
        this.size = size;
        this.digested = digested;
        this.bytes = bytes;
    }

    /** Returns the whole message; the bytes are not copied and must not change. */
    public static Payload whole(byte[] message) {
        return new Payload(message.length, false, message);
    }

    /** Returns what is left of a message of this size: its SHA-256. */
    public static Payload digest(int size, byte[] sha256) {
        return new Payload(size, true, sha256);
    }

    Payload capped(int cap) {
        return digested || size <= cap ? this : new Payload(size, true, sha256(bytes));
    }

    private static byte[] sha256(byte[] message) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(message);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-256", e);
        }
    }

    /** Returns the bytes that the message had. */
    public int size() {
        return size;
    }

    /** Returns whether only the SHA-256 is kept. */
    public boolean isDigested() {
        return digested;
    }

    /** Returns the message or its SHA-256; not a copy. */
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Payload that
                && size == that.size
                && digested == that.digested
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * size + Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return size + " bytes" + (digested ? ", digested" : "");
    }
}
