package dev.tidegate.server.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
final class ThreadNicenessTest {
    /** Field 19 of proc(5)'s stat; the first two end with a bracket. */
    private static final int NICE = 16;

    @Test
    void lowersTheCallingThreadAndNoOther() throws Exception {
        CompletableFuture<Integer> lowered = new CompletableFuture<>();
        int before = nice();

        Thread.ofPlatform()
                .start(
                        () -> {
                            ThreadNiceness.lower();
                            lowered.complete(nice());
                        })
                .join();

        assertThat(lowered.get()).isEqualTo(19);
        assertThat(nice()).isEqualTo(before);
    }

    private static int nice() {
        try {
            String stat = Files.readString(Path.of("/proc/thread-self/stat"));
            return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[NICE]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
