package dev.tidegate.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.server.cli.Document;
import dev.tidegate.server.cli.ServerAddress;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkbenchTest {
    private static final Document WAITING = new Document().with("candidate", "v2");

    @TempDir private Path home;
    private final StringWriter told = new StringWriter();
    private final List<Document> askedOtherwise = new ArrayList<>();

    private Workbench open(Children children, String program) throws IOException {
        Files.createDirectories(home.resolve("demo"));
        Path launcher =
                Files.createFile(
                        home.resolve("workbench"),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
        Files.writeString(launcher, "#!/bin/sh\n" + program + "\n");
        return Workbench.open(
                launcher,
                children,
                new DemoServer(new ServerAddress("127.0.0.1", 1), "key"),
                home,
                askedOtherwise::add,
                new Narrator(new PrintWriter(told)));
    }

    @Test
    void leavesTheApprovalToThePersonAtTheOpenWindow() throws Exception {
        try (Children children = new Children()) {
            Workbench workbench = open(children, "exec sleep 1000");

            workbench.onWaiting(WAITING);
            workbench.onStillWaiting(WAITING);
        }
        assertThat(askedOtherwise).isEmpty();
        assertThat(told.toString())
                .contains("The promotion of v2 waits for your approval in the workbench");
    }

    @Test
    void asksSomebodyElseOnceWhenTheWindowDoesNotOpen() throws Exception {
        try (Children children = new Children()) {
            Workbench workbench = open(children, "exit 1");
            workbench.awaitClosed();

            workbench.onWaiting(WAITING);
            workbench.onStillWaiting(WAITING);
        }
        assertThat(askedOtherwise).containsExactly(WAITING);
        assertThat(told.toString())
                .contains("The workbench is not open (code 1; it says why in")
                .contains("workbench.log");
    }

    @Test
    void asksSomebodyElseWhenTheWindowIsClosedMeanwhile() throws Exception {
        try (Children children = new Children()) {
            Workbench workbench = open(children, "sleep 1");
            workbench.onWaiting(WAITING);
            workbench.awaitClosed();

            workbench.onStillWaiting(WAITING);
            workbench.onStillWaiting(WAITING);
        }
        assertThat(askedOtherwise).containsExactly(WAITING);
    }

    @Test
    void needsADisplayAndAProgramThatCanBeStarted() throws IOException {
        Path program = Files.createFile(home.resolve("program"));
        Map<String, String> display = Map.of("DISPLAY", ":0");

        assertThat(Workbench.launcher(display)).isEmpty();
        assertThat(
                        Workbench.launcher(
                                Map.of("DISPLAY", ":0", "TIDEGATE_WORKBENCH", program.toString())))
                .isEmpty();
    }
}
