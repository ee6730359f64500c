package dev.tidegate.server.identity;

import dev.tidegate.server.platform.error.TidegateException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key's text, {@code tg_ID_SECRET}: the id is looked up, the whole is compared by its SHA-256.
 *
 * <p>256 random bits need no slow hash: there is nothing to guess.
 */
record Secret(String id, String text) {
    private static final Pattern FORM = Pattern.compile("tg_([0-9a-f]{12})_[0-9a-f]{64}");

    private static final int LENGTH = 80;

    static Secret random(SecureRandom random) {
        byte[] bytes = new byte[38];
        random.nextBytes(bytes);
        String hex = HexFormat.of().formatHex(bytes);
        String id = hex.substring(0, 12);
        return new Secret(id, "tg_" + id + "_" + hex.substring(12));
    }

    static Secret parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw TidegateException.unauthenticated("the key is malformed; expected tg_ID_SECRET");
        }
        return new Secret(matcher.group(1), text);
    }

    /** Returns where the id is in a key's text; refuses what is no key. */
    static String idOf(String text) {
        return text.length() == LENGTH && text.startsWith("tg_")
                ? text.substring(3, 15)
                : parse(text).id();
    }

    byte[] digest() {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Compares in constant time. */
    boolean hasDigest(String hex) {
        return MessageDigest.isEqual(digest(), HexFormat.of().parseHex(hex));
    }

    @Override
    public String toString() {
        return "tg_" + id + "_…";
    }
}
