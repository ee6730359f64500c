package dev.tidegate.server.demo;

import dev.tidegate.server.platform.error.TidegateException;
import io.grpc.StatusException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tidegate demo}: the main job, on a server and traffic of its own. */
@Command(
        name = "demo",
        description = {
            "Starts a server, trains three versions of a model on real rows, sends traffic, and rolls the versions out:"
                    + " a better one goes to all traffic, a harmful one to none.",
            "Succeeds only when the client's tally, the prediction log and the audit trail agree with that."
        },
        footer = {"", "Example:", "  tidegate demo --once"})
public final class DemoCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(
            names = "--once",
            description = "Without a display and without a person: a second key approves.")
    private boolean once;

    @Option(
            names = "--v3",
            defaultValue = "harmful",
            description = "What the third version is: harmful or healthy (default: harmful).")
    private ThirdVersion third;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Home of the demo's server, empty or new; a temporary one if not given.")
    private @Nullable Path home;

    @Option(
            names = "--data",
            paramLabel = "FILE",
            description = "CSV file as the shipped telco-churn.csv (default: that one).")
    private @Nullable Path data;

    /** What the third version is. */
    enum ThirdVersion {
        HARMFUL,
        HEALTHY
    }

    @Override
    public Integer call() throws StatusException, InterruptedException {
        Path rows = data == null ? DemoData.shipped() : data;
        DemoHome place = DemoHome.of(home);
        Children children = new Children();
        Thread interrupted = new Thread(children::close, "demo-end");
        Runtime.getRuntime().addShutdownHook(interrupted);
        boolean allHold = false;
        try (children) {
            allHold =
                    new Demo(
                                    new DemoSettings(
                                            once, third == ThirdVersion.HARMFUL, home, rows),
                                    place,
                                    children,
                                    new Narrator(spec.commandLine().getOut()))
                            .tell();
        } catch (TidegateException e) {
            throw new TidegateException(
                    e.code(),
                    "%s; the server's log is %s".formatted(e.text(), place.serverLog()),
                    e);
        }
        if (allHold) {
            place.discard();
        } else {
            spec.commandLine().getErr().println("the server's home is kept: " + place.root());
        }
        return allHold ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
