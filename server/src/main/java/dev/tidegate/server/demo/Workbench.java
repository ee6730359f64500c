package dev.tidegate.server.demo;

import dev.tidegate.server.cli.Document;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The desktop program, where a person follows the story and approves. */
final class Workbench implements Approver {
    private final Process process;
    private final Narrator narrator;

    private Workbench(Process process, Narrator narrator) {
        this.process = process;
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
                || !environment.getOrDefault("DISPLAY", "").isBlank()
                || !environment.getOrDefault("WAYLAND_DISPLAY", "").isBlank();
    }

    static Workbench open(
            Path launcher, Children children, DemoServer server, Path home, Narrator narrator) {
        Process process =
                children.start(
                        List.of(
                                launcher.toString(),
                                "--server",
                                server.address().toString(),
                                "--home",
                                home.toString()),
                        Map.of(),
                        home.resolve("demo").resolve("workbench.log"));
        return new Workbench(process, narrator);
    }

    @Override
    public void onWaiting(Document rollout) {
        narrator.tell(
                "The promotion of %s waits for your approval in the workbench: Rollout, Approve.",
                rollout.text("candidate"));
    }

    /** Returns when the person has closed the window. */
    void awaitClosed() throws InterruptedException {
        process.waitFor();
    }
}
