package dev.tidegate.server.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A Markdown page with measured parts between marks; what people wrote around them stays.
 *
 * @param file the page; it is made when it is not there
 */
record PerformancePage(Path file) {

    /** Puts the text between the marks of the named part, or at the end when it has none yet. */
    void replace(String part, String text) throws IOException {
        String page = Files.exists(file) ? Files.readString(file) : "# Performance\n";
        String begin = "<!-- measured: " + part + " -->\n";
        String end = "<!-- end of measured: " + part + " -->\n";
        String measured = begin + text.strip() + "\n" + end;
        int from = page.indexOf(begin);
        int to = page.indexOf(end);
        if (from < 0 && to < 0) {
            Files.writeString(file, page + "\n" + measured);
        } else if (from < 0 || to < from) {
            throw new IOException(
                    "%s has one mark of %s without the other: expected both, \"%s\" first"
                            .formatted(file, part, begin.strip()));
        } else {
            Files.writeString(
                    file, page.substring(0, from) + measured + page.substring(to + end.length()));
        }
    }
}
