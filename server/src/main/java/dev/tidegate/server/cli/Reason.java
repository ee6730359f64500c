package dev.tidegate.server.cli;

import picocli.CommandLine.Option;

/** Why a person does something. */
final class Reason {
    @Option(
            names = "--reason",
            defaultValue = "",
            paramLabel = "TEXT",
            description = "Why; it stays in the audit trail.")
    private String text;

    String text() {
        return text;
    }

    /** Where the audit trail must not be without it. */
    static final class Required {
        @Option(
                names = "--reason",
                required = true,
                paramLabel = "TEXT",
                description = "Why; it stays in the audit trail.")
        private String text;

        String text() {
            return text;
        }
    }
}
