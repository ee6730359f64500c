package dev.tidegate.server.journal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * A message as it is kept: whole, or its SHA-256 when it is larger than the cap, or only its size.
 */
public final class Payload {
    private static final byte[] NOTHING = {};

    private final int size;
    private final Form form;
    private final boolean redacted;
    private final byte[] bytes;

    /**
     * Makes a payload.
     *
     * @param size bytes that the message had
     * @param digested whether {@code bytes} is the message's SHA-256 and not the message
     * @param bytes the message or its digest; not copied
     */
    Payload(int size, boolean digested, byte[] bytes) {
        this(size, digested ? Form.DIGEST : Form.WHOLE, false, bytes);
    }

    private Payload(int size, Form form, boolean redacted, byte[] bytes) {
        this.size = size;
        this.form = form;
        this.redacted = redacted;
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

    /** Returns what is left of a message of which nothing but the size is kept. */
    public static Payload omitted(int size) {
        return new Payload(size, Form.OMITTED, false, NOTHING);
    }

    /** Returns the same, of a message whose redacted fields were emptied before. */
    public Payload asRedacted() {
        return new Payload(size, form, true, bytes);
    }

    /** Returns the same without the message. */
    public Payload withoutMessage() {
        return new Payload(size, Form.OMITTED, redacted, NOTHING);
    }

    Payload capped(int cap) {
        return form != Form.WHOLE || size <= cap
                ? this
                : new Payload(size, Form.DIGEST, redacted, sha256(bytes));
    }

    private static byte[] sha256(byte[] message) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(message);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-256", e);
        }
    }

    /** Returns the bytes that the message had; of a redacted one, when its fields were emptied. */
    public int size() {
        return size;
    }

    /** Returns whether the message itself is here. */
    public boolean isWhole() {
        return form == Form.WHOLE;
    }

    /** Returns whether only the SHA-256 is kept. */
    public boolean isDigested() {
        return form == Form.DIGEST;
    }

    /** Returns whether only the size is kept. */
    public boolean isOmitted() {
        return form == Form.OMITTED;
    }

    /** Returns whether fields of the message were emptied before it was kept. */
    public boolean isRedacted() {
        return redacted;
    }

    /** Returns the message or its SHA-256, nothing when it is omitted; not a copy. */
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Payload that
                && size == that.size
                && form == that.form
                && redacted == that.redacted
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * size + Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return size
                + " bytes"
                + switch (form) {
                    case WHOLE -> "";
                    case DIGEST -> ", digested";
                    case OMITTED -> ", omitted";
                }
                + (redacted ? ", redacted" : "");
    }

    private enum Form {
        WHOLE,
        DIGEST,
        OMITTED
    }
}
