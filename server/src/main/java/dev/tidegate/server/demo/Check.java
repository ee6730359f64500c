package dev.tidegate.server.demo;

/**
 * Something that must hold at the end.
 *
 * @param name what
 * @param holds whether it does
 * @param detail on which numbers
 */
record Check(String name, boolean holds, String detail) {
    String line() {
        return "%s %s: %s".formatted(holds ? "✓" : "✗", name, detail);
    }
}
