package dev.tidegate.server.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChildrenTest {
    @TempDir private Path folder;

    @Test
    void endsWhatItHasStartedAndStartsNoMore() {
        Path log = folder.resolve("log");
        Children children = new Children();
        Process first = children.tidegate(List.of(), List.of("demo-traffic", "--help"), log);
        Process second = children.start(List.of(javaPath(), "--version"), Map.of(), log);

        children.close();
        children.close();

        assertThat(first.isAlive()).isFalse();
        assertThat(second.isAlive()).isFalse();
        assertThatThrownBy(() -> children.start(List.of(javaPath()), Map.of(), log))
                .hasMessageContaining("the demo is ending");
    }

    @Test
    void namesTheProgramThatCannotBeStarted() {
        try (Children children = new Children()) {
            assertThatThrownBy(
                            () ->
                                    children.start(
                                            List.of("/nowhere/program"),
                                            Map.of(),
                                            folder.resolve("log")))
                    .hasMessageContaining("/nowhere/program cannot be started");
        }
    }

    private static String javaPath() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
