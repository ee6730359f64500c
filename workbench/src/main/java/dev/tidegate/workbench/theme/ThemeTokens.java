package dev.tidegate.workbench.theme;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The looked-up colours of one theme, read from its style sheet: the only place where colours are
 * written down.
 */
public record ThemeTokens(String sheet, Map<String, String> colours) {
    private static final Pattern TOKEN =
            Pattern.compile("-td-([a-z0-9-]+):\\s*(#[0-9a-fA-F]{6})\\s*;");

    public ThemeTokens {
        colours = Map.copyOf(colours);
    }

    /** Reads the tokens of a sheet beside this class. */
    static ThemeTokens read(String sheet) {
        try (InputStream in = ThemeTokens.class.getResourceAsStream(sheet)) {
            if (in == null) {
                throw new IllegalStateException("Style sheet is missing: " + sheet);
            }
            return parse(sheet, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("Style sheet cannot be read: " + sheet, e);
        }
    }

    private static ThemeTokens parse(String sheet, String css) {
        Map<String, String> found = new TreeMap<>();
        Matcher matcher = TOKEN.matcher(css);
        while (matcher.find()) {
            found.put(matcher.group(1), matcher.group(2));
        }
        return new ThemeTokens(sheet, found);
    }

    /** The colour as {@code #rrggbb}. */
    public String hex(String token) {
        String hex = colours.get(token);
        if (hex == null) {
            throw new IllegalArgumentException("No colour token -td-" + token + " in " + sheet);
        }
        return hex;
    }
}
