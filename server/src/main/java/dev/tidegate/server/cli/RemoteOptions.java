package dev.tidegate.server.cli;

import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.registry.Hedging;
import dev.tidegate.server.registry.RemoteAddress;
import dev.tidegate.server.registry.RemotePlace;
import dev.tidegate.server.registry.RemotePlaceJson;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options by which a version is registered that other servers run. */
final class RemoteOptions {
    @Option(
            names = "--remote",
            paramLabel = "ADDRESS",
            split = ",",
            description =
                    "grpc://HOST:PORT of a server that runs the model, grpcs:// with TLS; several, with commas, run the same.")
    private @Nullable List<String> addresses;

    @Option(
            names = "--remote-model",
            paramLabel = "NAME",
            defaultValue = "",
            description = "The model's name there.")
    private String model = "";

    @Option(
            names = "--remote-version",
            paramLabel = "V",
            defaultValue = "",
            description = "The version's name there; that server's own choice if not given.")
    private String version = "";

    @Option(
            names = "--remote-deadline",
            paramLabel = "TIME",
            defaultValue = "10s",
            converter = DurationConverter.class,
            description =
                    "How long a request may take there, such as 0.5s (default: ${DEFAULT-VALUE}).")
    private Duration deadline = Duration.ofSeconds(10);

    @Option(
            names = "--hedge",
            paramLabel = "WHEN",
            defaultValue = "p95",
            description =
                    "When a request is tried at a second server too: after a time such as 0.03s, after the p95, or off (default: ${DEFAULT-VALUE}).")
    private String hedge = "p95";

    @Option(
            names = "--hedge-share",
            paramLabel = "SHARE",
            defaultValue = "0.05",
            description =
                    "Which share of the requests may be tried twice, at most (default: ${DEFAULT-VALUE}).")
    private double share = 0.05;

    @Option(
            names = "--remote-in-flight",
            paramLabel = "N",
            defaultValue = "256",
            description =
                    "How many requests may be under way there at a time (default: ${DEFAULT-VALUE}).")
    private int inFlight = 256;

    /** Returns the remote place as JSON, empty when the command has a file instead. */
    String place(boolean hasFile) {
        List<String> given = addresses;
        if (hasFile == (given != null)) {
            throw TidegateException.invalid(
                    hasFile
                            ? "expected FILE or --remote, got both"
                            : "expected FILE, or --remote with --remote-model, got neither");
        }
        return given == null
                ? ""
                : RemotePlaceJson.write(
                        new RemotePlace(
                                given.stream().map(RemoteAddress::parse).toList(),
                                model,
                                version,
                                deadline,
                                new Hedging(start(), share),
                                inFlight));
    }

    private Hedging.Start start() {
        if (hedge.equals("p95") || hedge.equals("off")) {
            return Hedging.Start.parse(hedge);
        }
        try {
            return new Hedging.Start.After(new DurationConverter().convert(hedge));
        } catch (TypeConversionException e) {
            throw TidegateException.invalid(
                    "--hedge: expected p95, off or a time such as 0.03s, got \"%s\""
                            .formatted(hedge));
        }
    }
}
