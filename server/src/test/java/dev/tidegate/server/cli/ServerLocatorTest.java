package dev.tidegate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServerLocatorTest {
    @TempDir private Path home;

    @BeforeEach
    void run() throws IOException {
        Files.writeString(home.resolve("server.json"), "{\"ready\":true,\"grpc\":4321}");
        Files.writeString(home.resolve("admin-key"), "secret\n");
    }

    @Test
    void takesTheServerThatTheCommandLineNames() {
        Map<String, String> environment = Map.of("TIDEGATE_SERVER", "else:1");
        assertThat(new ServerLocator("[::1]:99", home, environment).address())
                .hasToString("[::1]:99");
        assertThat(new ServerLocator(null, home, environment).address())
                .hasToString("127.0.0.1:4321");
    }

    @Test
    void takesTheEnvironmentsServerBeforeThatOfTheUsualHome() {
        assertThat(
                        new ServerLocator(
                                        null,
                                        null,
                                        Map.of(
                                                "TIDEGATE_SERVER",
                                                "else:1",
                                                "TIDEGATE_HOME",
                                                home.toString()))
                                .address())
                .hasToString("else:1");
        assertThat(locator(Map.of("TIDEGATE_HOME", home.toString())).address())
                .hasToString("127.0.0.1:4321");
        assertThat(locator(Map.of("TIDEGATE_HOME", home + "/none")).address())
                .hasToString("127.0.0.1:8001");
    }

    @Test
    void takesTheTokenBeforeTheHomesKey() {
        ServerAddress here = ServerAddress.parse("localhost:1");
        assertThat(new ServerLocator(null, home, Map.of("TIDEGATE_TOKEN", " t ")).key(here))
                .contains("t");
        assertThat(new ServerLocator(null, home, Map.of()).key(here)).contains("secret");
    }

    @Test
    void keepsTheHomesKeyOnThisMachine() {
        ServerLocator locator = new ServerLocator("far.example:1", home, Map.of());
        assertThat(locator.key(locator.address())).isEmpty();
    }

    @Test
    void saysWhenTheHomesFileIsBroken() throws IOException {
        Files.writeString(home.resolve("server.json"), "{");
        assertThatThrownBy(() -> new ServerLocator(null, home, Map.of()).address())
                .hasMessageContaining("server.json does not say where the server is");
    }

    private static ServerLocator locator(Map<String, String> environment) {
        return new ServerLocator(null, null, environment);
    }
}
