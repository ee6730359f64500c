package dev.tidegate.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The program as a process of its own, with no display and with wrong words. */
final class LauncherTest {
    private record Ended(int status, String out, String err) {}

    private static Ended run(String display, String... arguments)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty(
                                        "surefire.test.class.path",
                                        System.getProperty("java.class.path")),
                                "dev.tidegate.workbench.Launcher"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove("DISPLAY");
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        if (!display.isEmpty()) {
            builder.environment().put("DISPLAY", display);
        }
        Process process = builder.start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Ended(
                process.exitValue(),
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8),
                new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void saysInOneLineThatThereIsNoDisplay() throws Exception {
        Ended ended = run("");

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.err().lines()).hasSize(1);
        assertThat(ended.err()).startsWith("tidegate-workbench: no display can be opened");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void saysInOneLineThatTheDisplayCannotBeOpened() throws Exception {
        Ended ended = run(":65535");

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.err().lines()).hasSize(1);
        assertThat(ended.err()).contains("DISPLAY is ':65535'");
    }

    @Test
    void namesTheWordThatItDoesNotKnow() throws Exception {
        Ended ended = run("", "--sever", "127.0.0.1:8001");

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err().lines()).hasSize(1);
        assertThat(ended.err()).contains("'--sever'");
    }

    @Test
    void saysHowItIsUsed() throws Exception {
        Ended ended = run("", "--help");

        assertThat(ended.status()).isZero();
        assertThat(ended.out()).contains("--server HOST:PORT", "--open LINK", "TIDEGATE_TOKEN");
    }
}
