package dev.tidegate.server.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.server.inference.BulkInference;
import dev.tidegate.server.inference.BulkVersion;
import dev.tidegate.server.inference.InferenceServer;
import dev.tidegate.server.inference.onnx.TestGraph;
import dev.tidegate.server.registry.RegisteredVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
final class LoadPriorityTest {
    /** Field 19 of proc(5)'s stat; the first two end with a bracket. */
    private static final int NICE = 16;

    @TempDir private Path home;

    @Test
    void loadsAtUsualPriorityWhatAJobNeeds() throws Exception {
        try (InferenceServer server =
                InferenceServer.start(home, Map.of("tidegate.onnx.intra-op-threads", 3))) {
            RegisteredVersion version = server.register("m", "1", TestGraph.plus(1));
            CompletableFuture<Set<Path>> before = new CompletableFuture<>();
            CompletableFuture<Set<Path>> after = new CompletableFuture<>();
            Thread.ofPlatform()
                    .start(
                            () -> {
                                ThreadNiceness.lower();
                                before.complete(lowered());
                                try (BulkVersion job =
                                        server.context.getBean(BulkInference.class).hold(version)) {
                                    assertThat(job.version()).isEqualTo(version);
                                    after.complete(lowered());
                                } catch (RuntimeException e) {
                                    after.completeExceptionally(e);
                                }
                            })
                    .join();
            assertThat(before.get()).isNotEmpty();
            assertThat(before.get()).containsAll(after.get());
        }
    }

    /** Returns the threads of this process at the lowest priority. */
    private static Set<Path> lowered() {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
            return tasks.filter(task -> nice(task) == 19).collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int nice(Path task) {
        try {
            String stat = Files.readString(task.resolve("stat"));
            return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[NICE]);
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            return ended(task, e);
        }
    }

    private static int ended(Path task, IOException e) {
        if (Files.exists(task)) {
            throw new UncheckedIOException(e);
        }
        return 0;
    }
}
