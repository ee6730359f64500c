package dev.tidegate.server.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.server.TestContext;
import dev.tidegate.server.inference.onnx.TestGraph;
import dev.tidegate.server.platform.storage.StorageLocation;
import dev.tidegate.server.platform.storage.TestDatabase;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelRepositoryTest {
    @TempDir private Path folder;
    private final StorageLocation database = TestDatabase.createEmpty();

    @Test
    void registersWhatIsNewAndGivesTheHighestVersionTheTraffic() throws IOException {
        lay("plus", "9", TestGraph.plus(9));
        lay("plus", "10", TestGraph.plus(10));
        lay("plus", "drafts", TestGraph.plus(11));
        lay("twin", "1", TestGraph.plus(9));
        try (ApplicationContext context = context()) {
            context.getBean(ModelRepository.class).start();
            ModelRegistry registry = context.getBean(ModelRegistry.class);
            assertThat(registry.model("plus").versions())
                    .extracting(RegisteredVersion::version)
                    .containsExactly("9", "10");
            assertThat(registry.champion("plus").orElseThrow().version()).isEqualTo("10");
            assertThat(registry.champion("twin").orElseThrow().version()).isEqualTo("1");
        }
    }

    @Test
    void leavesAChampionAndRegisteredFilesAsTheyAre() throws IOException {
        lay("plus", "1", TestGraph.plus(1));
        try (ApplicationContext context = context()) {
            context.getBean(ModelRepository.class).start();
        }
        lay("plus", "2", TestGraph.plus(2));
        lay("plus", "3", TestGraph.plus(1));
        try (ApplicationContext context = context()) {
            context.getBean(ModelRepository.class).start();
            ModelRegistry registry = context.getBean(ModelRegistry.class);
            assertThat(registry.model("plus").versions())
                    .extracting(RegisteredVersion::version)
                    .containsExactly("1", "2");
            assertThat(registry.champion("plus").orElseThrow().version()).isEqualTo("1");
        }
    }

    @Test
    void leavesOutWhatCannotBeRegistered() throws IOException {
        lay("plus", "1", TestGraph.plus(1));
        lay("broken", "1", new byte[] {1, 2, 3});
        try (ApplicationContext context = context()) {
            context.getBean(ModelRepository.class).start();
            assertThat(context.getBean(ModelRegistry.class).list())
                    .extracting(RegisteredModel::name)
                    .containsExactly("plus");
        }
    }

    @Test
    void refusesADirectoryOfWhichNothingCanBeRead() throws IOException {
        lay("broken", "1", new byte[] {1, 2, 3});
        try (ApplicationContext context = context()) {
            assertThatThrownBy(context.getBean(ModelRepository.class)::start)
                    .hasMessageContaining("nothing in model repository '" + repository() + "'");
        }
    }

    @Test
    void refusesADirectoryThatIsNotThere() {
        try (ApplicationContext context = context()) {
            assertThatThrownBy(context.getBean(ModelRepository.class)::start)
                    .hasMessageContaining("model repository '" + repository() + "' cannot be read")
                    .hasMessageContaining("MODEL/VERSION/model.onnx");
        }
    }

    private Path repository() {
        return folder.resolve("models");
    }

    private void lay(String model, String version, byte[] graph) throws IOException {
        Path directory = repository().resolve(model).resolve(version);
        Files.write(Files.createDirectories(directory).resolve("model.onnx"), graph);
    }

    private ApplicationContext context() {
        return TestContext.start(
                folder.resolve("home"),
                database,
                Map.of("tidegate.registry.model-repository", repository().toString()));
    }
}
