package dev.tidegate.server.demo;

import dev.tidegate.server.cli.Document;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The desktop program, where a person follows the story and approves; without it, somebody else is
 * asked.
 */
final class Workbench implements Approver {
    private final Process process;
    private final Path log;
    private final Approver otherwise;
    private final Narrator narrator;
    private boolean left;

    private Workbench(Process process, Path log, Approver otherwise, Narrator narrator) {
        this.process = process;
        this.log = log;
        this.otherwise = otherwise;
        this.narrator = narrator;
    }

    /** Returns the program's launcher when it is there and a display too. */
    static Optional<Path> launcher(Map<String, String> environment) {
        String named = environment.get("TIDEGATE_WORKBENCH");
        return named != null && hasDisplay(environment) && Files.isExecutable(Path.of(named))
                ? Optional.of(Path.of(named))
                : Optional.empty();
    }

    private static boolean hasDisplay(Map<String, String> environment) {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return system.contains("mac")
                || system.contains("windows")
                || !environment.getOrDefault("DISPLAY", "").isBlank();
    }

    /**
     * Opens the program.
     *
     * @param otherwise approves when the program has ended, or did not open
     */
    static Workbench open(
            Path launcher,
            Children children,
            DemoServer server,
            Path home,
            Approver otherwise,
            Narrator narrator) {
        Path log = home.resolve("demo").resolve("workbench.log");
        Process process =
                children.start(
                        List.of(
                                launcher.toString(),
                                "--server",
                                server.address().toString(),
                                "--home",
                                home.toString()),
                        Map.of(),
                        log);
        return new Workbench(process, log, otherwise, narrator);
    }

    @Override
    public void onWaiting(Document rollout) throws InterruptedException {
        if (left || !process.isAlive()) {
            goOnWithout(rollout);
        } else {
            narrator.tell(
                    "The promotion of %s waits for your approval in the workbench: Rollout, Approve.",
                    rollout.text("candidate"));
        }
    }

    @Override
    public void onStillWaiting(Document rollout) throws InterruptedException {
        if (!left && !process.isAlive()) {
            goOnWithout(rollout);
        }
    }

    private void goOnWithout(Document rollout) throws InterruptedException {
        if (!left) {
            left = true;
            narrator.tell(
                    "The workbench is not open (code %d; it says why in %s): the story goes on without it.",
                    process.exitValue(), log);
        }
        otherwise.onWaiting(rollout);
    }

    /** Returns when the person has closed the window. */
    void awaitClosed() throws InterruptedException {
        process.waitFor();
    }
}
