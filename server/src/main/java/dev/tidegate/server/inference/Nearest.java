package dev.tidegate.server.inference;

import dev.tidegate.server.platform.error.Excerpt;
import java.util.Collection;
import java.util.Locale;

/** Says what somebody who wrote a name wrongly may have meant. */
final class Nearest {
    /** How many names a message lists before it stops. */
    private static final int LISTED = 12;

    private Nearest() {}

    /** Returns the known names for a message, cut off when there are many. */
    static String list(Collection<String> known) {
        String shown =
                String.join(
                        ", ",
                        known.stream()
                                .limit(LISTED)
                                .map(name -> "'" + Excerpt.of(name) + "'")
                                .toList());
        return known.size() > LISTED ? shown + " and " + (known.size() - LISTED) + " more" : shown;
    }

    /** Returns a question with the closest known name, or nothing when none is close. */
    static String suggestion(String came, Collection<String> known) {
        String best = "";
        int distance = Math.max(2, came.length() / 3) + 1;
        for (String name : known) {
            int d = distance(came.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
            if (d < distance) {
                best = name;
                distance = d;
            }
        }
        return best.isEmpty() ? "" : "; did you mean '" + Excerpt.of(best) + "'?";
    }

    /** Levenshtein's distance, two rows of the table at a time. */
    private static int distance(String a, String b) {
        if (Math.abs(a.length() - b.length()) > Math.max(2, a.length() / 3)) {
            return Integer.MAX_VALUE;
        }
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            previous = nextRow(a.charAt(i - 1), i, b, previous);
        }
        return previous[b.length()];
    }

    private static int[] nextRow(char letter, int row, String b, int[] previous) {
        int[] current = new int[b.length() + 1];
        current[0] = row;
        for (int j = 1; j <= b.length(); j++) {
            int replaced = previous[j - 1] + (letter == b.charAt(j - 1) ? 0 : 1);
            current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
        }
        return current;
    }
}
