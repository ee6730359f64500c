package dev.tidegate.server.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.server.CommandRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Starts that are refused; each says why in one line. */
class ServeCommandTest {
    @TempDir private Path folder;

    @Test
    void refusesToListenBeyondLoopbackWithoutInsecure() {
        assertThat(refused("--bind", "0.0.0.0"))
                .startsWith(
                        "tidegate serve: refusing to listen on '0.0.0.0' without TLS; give --tls-cert");
        assertThat(folder.resolve("home")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--http-port", "--grpc-port", "--management-port"})
    void namesThePortThatIsInUse(String flag) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertThat(refused(flag, Integer.toString(port)))
                    .startsWith(
                            "tidegate serve: %s %d cannot be listened on at 127.0.0.1:"
                                    .formatted(flag, port))
                    .contains("0 picks a free one");
        }
    }

    @Test
    void namesASettingThatNobodyReads() throws IOException {
        Path config = folder.resolve("config.yaml");
        Files.writeString(config, "tidegate: {edge: {gracee: 5s}}");
        assertThat(refused("--config", config.toString()))
                .startsWith("tidegate serve: setting 'tidegate.edge.gracee' is unknown");
    }

    @Test
    void namesADatabaseThatDoesNotAnswer() {
        assertThat(refused("--database", "jdbc:postgresql://127.0.0.1:1/x?password=s3cret"))
                .startsWith(
                        "tidegate serve: database 'jdbc:postgresql://127.0.0.1:1/x?password=…' cannot be used by user 'tidegate': Connection to 127.0.0.1:1 refused")
                .doesNotContain("s3cret");
    }

    @Test
    void namesACertificateThatCannotBeRead() {
        Path missing = folder.resolve("missing.pem");
        assertThat(refused("--tls-cert", missing.toString(), "--tls-key", missing.toString()))
                .startsWith(
                        "tidegate serve: tidegate.tls.certificate '%s' cannot be read"
                                .formatted(missing));
        assertThat(folder.resolve("home")).doesNotExist();
    }

    @Test
    void refusesACertificateWithoutItsKey() {
        assertThat(refused("--tls-cert", folder.resolve("own.pem").toString()))
                .startsWith("tidegate serve: tidegate.tls has certificate '")
                .contains("--tls-cert and --tls-key");
    }

    @Test
    void refusesADirectoryThatIsNoHome() throws IOException {
        Path home = Files.createDirectory(folder.resolve("home"));
        Files.writeString(home.resolve("thesis.tex"), "mine");
        assertThat(refused()).contains("is no home of Tidegate: it has 'thesis.tex' in it");
    }

    private String refused(String... flags) {
        List<String> words = new ArrayList<>(List.of("serve", "--home", folder + "/home"));
        for (String port : List.of("--http-port", "--grpc-port", "--management-port")) {
            if (!List.of(flags).contains(port)) {
                words.addAll(List.of(port, "0"));
            }
        }
        words.addAll(List.of(flags));
        CommandRun run = CommandRun.of(words.toArray(String[]::new));
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).hasLineCount(1);
        return run.err();
    }
}
