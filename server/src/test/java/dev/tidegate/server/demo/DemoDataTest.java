package dev.tidegate.server.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoDataTest {
    @TempDir private Path folder;

    @Test
    void keepsAFifthOfTheRowsApart() throws IOException {
        List<String> rows = IntStream.range(0, 103).mapToObj(i -> i + ",x").toList();
        Path source = folder.resolve("all.csv");
        Files.write(source, Stream.concat(Stream.of("n,c"), rows.stream()).toList());

        DemoData data = DemoData.split(source, folder);

        assertThat(data.trafficRows()).isEqualTo(20);
        assertThat(data.trainingRows()).isEqualTo(83);
        List<String> training = Files.readAllLines(data.training());
        List<String> traffic = Files.readAllLines(data.traffic());
        assertThat(training.removeFirst()).isEqualTo("n,c");
        assertThat(traffic.removeFirst()).isEqualTo("n,c");
        assertThat(Stream.concat(training.stream(), traffic.stream()))
                .containsExactlyInAnyOrderElementsOf(rows);
        DemoData.split(source, folder);
        assertThat(Files.readAllLines(data.traffic())).endsWith(traffic.getLast());
    }

    @Test
    void wantsAHomeOfItsOwn() throws IOException {
        Files.createFile(folder.resolve("something"));
        assertThatThrownBy(() -> DemoHome.of(folder)).hasMessageContaining("is not empty");
    }

    @Test
    void leavesNothingOfATemporaryHome() throws IOException {
        DemoHome home = DemoHome.of(null);
        Files.writeString(home.serverLog(), "told");
        home.discard();
        assertThat(home.root()).doesNotExist();

        DemoHome asked = DemoHome.of(folder.resolve("asked"));
        asked.discard();
        assertThat(asked.folder()).isDirectory();
    }
}
