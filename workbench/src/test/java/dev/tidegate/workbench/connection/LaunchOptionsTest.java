package dev.tidegate.workbench.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.workbench.navigation.Place;
import dev.tidegate.workbench.theme.Theme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LaunchOptionsTest {
    private static final ServerAddress SERVER = ServerAddress.DEFAULT;
    private static final ServerAddress REMOTE = new ServerAddress("tidegate.example", 8001);

    private static final Path USER = Path.of("/home/anna");

    @TempDir private Path home;

    @Test
    void readsServerHomeAndTheme() {
        LaunchOptions options =
                LaunchOptions.parse(
                        List.of(
                                "--server",
                                "10.0.0.7:9001",
                                "--home=/srv/tidegate",
                                "--theme",
                                "light"),
                        Map.of(),
                        USER);

        assertThat(options.server()).contains(new ServerAddress("10.0.0.7", 9001));
        assertThat(options.home()).isEqualTo(Path.of("/srv/tidegate"));
        assertThat(options.theme()).contains(Theme.LIGHT);
    }

    @Test
    void takesTheEnvironmentWhereTheCommandLineIsSilent() {
        LaunchOptions options =
                LaunchOptions.parse(
                        List.of(),
                        Map.of("TIDEGATE_SERVER", "127.0.0.1:9", "TIDEGATE_HOME", "/srv/t"),
                        USER);

        assertThat(options.server()).contains(new ServerAddress("127.0.0.1", 9));
        assertThat(options.home()).isEqualTo(Path.of("/srv/t"));
    }

    @Test
    void namesAWrongArgumentAndWhatWasExpected() {
        assertThatThrownBy(() -> LaunchOptions.parse(List.of("--sever", "x:1"), Map.of(), USER))
                .hasMessageContaining("'--sever'")
                .hasMessageContaining("--server");
        assertThatThrownBy(() -> LaunchOptions.parse(List.of("--server", "x"), Map.of(), USER))
                .hasMessageContaining("'x'")
                .hasMessageContaining("HOST:PORT");
        assertThatThrownBy(() -> LaunchOptions.parse(List.of("--tls-ca", "x.pem"), Map.of(), USER))
                .hasMessageContaining("--tls-ca")
                .hasMessageContaining("'x.pem'");
        assertThatThrownBy(
                        () -> LaunchOptions.parse(List.of("--tls-cert", "x.pem"), Map.of(), USER))
                .hasMessageContaining("--tls-cert and --tls-key together");
    }

    @Test
    void findsTheAdminKeyAndThePortsInTheHome() throws IOException {
        Files.writeString(home.resolve("admin-key"), "tg_secret\n");
        Files.writeString(home.resolve("server.json"), "{\"http\":1,\"grpc\":8123}");

        assertThat(new KeyFinder(Map.of(), home, SERVER).find(SERVER)).contains("tg_secret");
        assertThat(ServerFile.read(home)).contains(new ServerAddress("127.0.0.1", 8123));
    }

    @Test
    void prefersTheKeyOfTheEnvironment() throws IOException {
        Files.writeString(home.resolve("admin-key"), "tg_secret\n");

        assertThat(find(Map.of("TIDEGATE_TOKEN", "mine"), SERVER)).contains("mine");
    }

    /** What is found for the server that the workbench was started for. */
    private Optional<String> find(Map<String, String> environment, ServerAddress server) {
        return new KeyFinder(environment, home, server).find(server);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:8001", "localhost:8001", "[::1]:8001"})
    void takesTheHomesKeyToAServerOnThisMachine(String server) throws IOException {
        Files.writeString(home.resolve("admin-key"), "tg_secret\n");

        assertThat(find(Map.of(), ServerAddress.parse(server))).contains("tg_secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.7:8001", "models.example:8001", "127.0.0.1.example:8001"})
    void keepsTheHomesKeyFromServersElsewhere(String server) throws IOException {
        Files.writeString(home.resolve("admin-key"), "tg_secret\n");
        ServerAddress elsewhere = ServerAddress.parse(server);

        assertThat(find(Map.of(), elsewhere)).isEmpty();
        assertThat(find(Map.of("TIDEGATE_TOKEN", "mine"), elsewhere)).contains("mine");
    }

    @Test
    void findsNothingInAHomeThatIsNotThere() {
        Path missing = home.resolve("missing");

        assertThat(new KeyFinder(Map.of(), missing, SERVER).find(SERVER)).isEmpty();
        assertThat(ServerFile.read(missing)).isEmpty();
    }

    @Test
    void sendsNoKeyToAServerThatItDoesNotBelongTo() throws IOException {
        Files.writeString(home.resolve("admin-key"), "tg_secret");
        KeyFinder keys = new KeyFinder(Map.of("TIDEGATE_TOKEN", "mine"), home, SERVER);

        assertThat(keys.find(new ServerAddress("10.0.0.7", 8001))).isEmpty();
        assertThat(new KeyFinder(Map.of(), home, REMOTE).find(REMOTE)).isEmpty();
    }

    @Test
    void findsTheKeyOfTheServerThatRunsInTheHome() throws IOException {
        Files.writeString(home.resolve("admin-key"), "tg_secret");
        Files.writeString(home.resolve("server.json"), "{\"grpc\": 40123}");

        assertThat(
                        new KeyFinder(Map.of(), home, REMOTE)
                                .find(new ServerAddress("127.0.0.1", 40123)))
                .contains("tg_secret");
    }

    @Test
    void opensTheLinkOfAPlace() {
        LaunchOptions options =
                LaunchOptions.parse(List.of("--open", "tidegate://rollouts/r1"), Map.of(), home);

        assertThat(options.place()).contains(new Place.OneRollout("r1"));
    }
}
