package dev.tidegate.server.demo;

import dev.tidegate.server.cli.GrpcKeyGateway;
import dev.tidegate.server.cli.ServerConnection;
import dev.tidegate.server.cli.TextTable;
import dev.tidegate.server.platform.time.MonotonicClock;
import dev.tidegate.server.retraining.TrainingReport;
import io.grpc.StatusException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The story from its start to its checks. */
final class Demo {
    private static final Duration ONCE_LIMIT = Duration.ofMinutes(6);
    private static final Duration LIMIT_WITH_A_PERSON = Duration.ofHours(2);

    private final DemoSettings settings;
    private final DemoHome home;
    private final Children children;
    private final Narrator narrator;
    private final MonotonicClock clock = System::nanoTime;
    private final DemoDeadline deadline;

    Demo(DemoSettings settings, DemoHome home, Children children, Narrator narrator) {
        this.settings = settings;
        this.home = home;
        this.children = children;
        this.narrator = narrator;
        this.deadline = new DemoDeadline(clock, settings.once() ? ONCE_LIMIT : LIMIT_WITH_A_PERSON);
    }

    /** Returns whether all checks hold. */
    boolean tell() throws StatusException, InterruptedException {
        narrator.chapter(1, "A server with its own PostgreSQL, and three versions of churn");
        DemoServer server = DemoServer.start(children, home.root(), home.serverLog());
        narrator.tell(
                "Serving on %s, home %s (%d s).",
                server.address(), home.root(), deadline.passed().toSeconds());
        DemoData data = DemoData.split(settings.data(), home.folder());
        narrator.tell(
                "%s: IBM's sample of a phone company's customers (R package modeldata, MIT);",
                data.source().getFileName());
        narrator.tell(
                "%d rows to learn from, %d kept apart for the traffic.",
                data.trainingRows(), data.trafficRows());
        try (ServerConnection admin = server.connectAsAdmin()) {
            GrpcKeyGateway keys = new GrpcKeyGateway(admin);
            String engineerKey = keys.create("demo-engineer", List.of("engineer")).text("key");
            String approverKey = keys.create("demo-approver", List.of("approver")).text("key");
            try (ServerConnection engineer = server.connect(engineerKey)) {
                return tell(server, data, admin, engineer, approverKey);
            }
        }
    }

    private boolean tell(
            DemoServer server,
            DemoData data,
            ServerConnection admin,
            ServerConnection engineer,
            String approverKey)
            throws StatusException, InterruptedException {
        DemoVersion last = settings.harmful() ? DemoVersion.harmful() : DemoVersion.healthy();
        train(engineer, data, DemoVersion.simple(), List.of("champion"));
        train(engineer, data, DemoVersion.better(), List.of());
        train(engineer, data, last, List.of());

        narrator.chapter(2, "Traffic");
        DemoTraffic traffic = DemoTraffic.start(children, server, data.traffic(), home.folder());
        narrator.tell(
                "A client in a process of its own sends %d requests/s under %,d units; v1 is champion.",
                DemoTraffic.REQUESTS_A_SECOND, DemoTraffic.UNITS);
        Approver withoutDisplay = approver(server, approverKey);
        Optional<Workbench> workbench = workbench(server, withoutDisplay);
        Approver approver = workbench.<Approver>map(Function.identity()).orElse(withoutDisplay);
        RolloutStory story =
                new RolloutStory(engineer, approver, traffic, deadline, clock, narrator);

        narrator.chapter(3, "A rollout of v2: 5 % → 25 % → 50 % → promote");
        RolloutEnd better = story.tell(DemoVersion.better().label());

        narrator.chapter(4, "A rollout of v3, " + (settings.harmful() ? "harmful" : "healthy"));
        RolloutEnd third = story.tell(last.label());

        if (workbench.isPresent()) {
            narrator.tell("Look around in the workbench; the demo ends when you close it.");
            workbench.get().awaitClosed();
        }
        narrator.chapter(5, "What happened");
        narrator.tell(table(better, third));
        narrator.say("");
        return allHold(
                new DemoChecks(admin, settings.harmful()).run(better, third, traffic.stop()));
    }

    private void train(
            ServerConnection engineer, DemoData data, DemoVersion version, List<String> aliases)
            throws StatusException, InterruptedException {
        TrainingReport report = version.train(engineer, data, aliases);
        narrator.tell("%s: %s;", version.label(), version.story());
        narrator.tell(
                "    AUC %.3f (cross-validated %.3f ± %.3f), graph against trainer: max difference %.1e, %.0f s.",
                report.metrics().auc(),
                report.metrics().crossValidatedAuc(),
                report.metrics().crossValidatedAucDeviation(),
                report.metrics().maxDifference(),
                report.seconds());
    }

    private Optional<Workbench> workbench(DemoServer server, Approver otherwise) {
        Optional<Path> launcher =
                settings.once() ? Optional.empty() : Workbench.launcher(System.getenv());
        if (launcher.isEmpty() && !settings.once()) {
            narrator.tell(
                    "There is no display or no workbench here: the story stays in the terminal.");
        }
        return launcher.map(
                path -> Workbench.open(path, children, server, home.root(), otherwise, narrator));
    }

    private Approver approver(DemoServer server, String approverKey) {
        return Optional.ofNullable(System.console())
                .filter(console -> console.isTerminal() && !settings.once())
                .<Approver>map(
                        console -> new TerminalApprover(console, server, approverKey, narrator))
                .orElseGet(
                        () ->
                                new CliApprover(
                                        server,
                                        approverKey,
                                        children,
                                        home.folder().resolve("approve.log"),
                                        narrator));
    }

    private static List<String> table(RolloutEnd... ends) {
        TextTable table =
                new TextTable(
                        List.of(
                                "STEP",
                                "UNITS",
                                "ERRORS CHAMPION / CANDIDATE",
                                "SLOW CHAMPION / CANDIDATE",
                                "VERDICT",
                                "TIME"));
        Stream.of(ends)
                .flatMap(end -> end.steps().stream())
                .forEach(step -> table.add(step.words()));
        return table.lines();
    }

    private boolean allHold(List<Check> checks) {
        checks.forEach(check -> narrator.tell("%s", check.line()));
        boolean all = checks.stream().allMatch(Check::holds);
        narrator.say("");
        narrator.tell(
                all ? "All checks hold (%d s)." : "Not all checks hold (%d s).",
                deadline.passed().toSeconds());
        return all;
    }
}
