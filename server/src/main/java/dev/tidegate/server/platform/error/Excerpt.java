package dev.tidegate.server.platform.error;

/** What a message shows of a text that somebody sent, so that the rest of the message survives. */
public final class Excerpt {
    /** Characters shown of a longer text. */
    private static final int SHOWN = 200;

    private Excerpt() {}

    /** Returns the text; of a long one its beginning and how long it is. */
    public static String of(String text) {
        return text.length() <= SHOWN ? text : cut(text, SHOWN);
    }

    /** Returns the first characters and how many there are in all; half a character is left out. */
    public static String cut(String text, int shown) {
        int end = Character.isHighSurrogate(text.charAt(shown - 1)) ? shown - 1 : shown;
        return text.substring(0, end) + "… (" + text.length() + " characters)";
    }
}
