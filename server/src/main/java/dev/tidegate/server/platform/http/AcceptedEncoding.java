package dev.tidegate.server.platform.http;

import java.util.List;
import java.util.Locale;

/** What the accept-encoding header says, RFC 9110 section 12.5.3. */
final class AcceptedEncoding {
    private AcceptedEncoding() {}

    /** Returns whether gzip is named, or anything is taken, with a weight above 0. */
    static boolean takesGzip(List<String> headers) {
        boolean any = false;
        for (String header : headers) {
            for (String item : header.toLowerCase(Locale.ROOT).split(",", -1)) {
                String[] parts = item.split(";", -1);
                String name = parts[0].strip();
                if (name.equals("gzip")) {
                    return hasWeight(parts);
                }
                any |= name.equals("*") && hasWeight(parts);
            }
        }
        return any;
    }

    private static boolean hasWeight(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            if (parts[i].strip().matches("q=0(\\.0*)?")) {
                return false;
            }
        }
        return true;
    }
}
