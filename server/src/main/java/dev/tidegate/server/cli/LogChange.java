package dev.tidegate.server.cli;

import dev.tidegate.server.platform.error.TidegateException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is to change of what the log keeps of a model's requests. */
final class LogChange {
    @Option(
            names = "--redact",
            paramLabel = "FIELD",
            description =
                    "Do not keep the values of this field: a column, an input, an output, or tidegate_unit. Repeatable.")
    private @Nullable List<String> redact;

    @Option(
            names = "--unredact",
            paramLabel = "FIELD",
            description = "Keep the values of this field again. Repeatable.")
    private @Nullable List<String> unredact;

    @Option(
            names = "--sample",
            paramLabel = "SHARE",
            converter = ShareConverter.class,
            description =
                    "Keep the messages of this share of the requests, such as 10% or 0.1; outcomes are kept of all.")
    private @Nullable Double sample;

    boolean isNone() {
        return redact == null && unredact == null && sample == null;
    }

    /**
     * Returns the fields that are redacted from now on.
     *
     * @throws TidegateException when one is to be kept again that is not redacted
     */
    Collection<String> redacted(List<String> before) {
        List<String> fields = new ArrayList<>(before);
        for (String field : unredact == null ? List.<String>of() : unredact) {
            if (!fields.remove(field)) {
                throw TidegateException.invalid(
                        "field '%s' is not redacted, so it cannot be kept again; redacted are %s"
                                .formatted(field, before));
            }
        }
        fields.addAll(redact == null ? List.of() : redact);
        return fields.stream().distinct().toList();
    }

    double sample(double before) {
        return sample == null ? before : sample;
    }
}
