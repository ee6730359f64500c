package dev.tidegate.server.platform.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresToolTest {
    @TempDir private Path directory;

    @Test
    void saysToRootWithoutANamespaceWhatToDo() {
        assertThatThrownBy(new PostgresTool(directory, List.of("false"))::check)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("PostgreSQL does not run as root")
                .hasMessageContaining("as an ordinary user")
                .hasMessageContaining("--database");
    }

    @Test
    void saysToRootWithoutTheProgramWhatToDo() {
        assertThatThrownBy(new PostgresTool(directory, List.of("no-such-program"))::check)
                .hasMessageContaining("no-such-program")
                .hasMessageContaining("--database");
    }

    @Test
    void needsNoNamespaceAsAnOrdinaryUser() {
        assertThatCode(new PostgresTool(directory, List.of())::check).doesNotThrowAnyException();
    }

    @Test
    void goesByTheEffectiveUser() throws IOException {
        Process id = new ProcessBuilder("id", "-u").start();
        String effective = new String(id.getInputStream().readAllBytes(), UTF_8).strip();
        assertThat(PostgresTool.isRoot()).isEqualTo(effective.equals("0"));
    }
}
