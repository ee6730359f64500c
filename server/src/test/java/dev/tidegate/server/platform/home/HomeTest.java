package dev.tidegate.server.platform.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {
    @TempDir private Path folder;

    @Test
    void createsADirectoryThatOnlyItsOwnerEnters() throws IOException {
        Path root = folder.resolve("deep").resolve("home");
        try (Home home = new Home(new HomeConfig(root))) {
            assertThat(mode(home.root())).isEqualTo("rwx------");
            assertThat(mode(home.artifacts())).isEqualTo("rwx------");
            assertThat(mode(home.journal())).isEqualTo("rwx------");
        }
    }

    @Test
    void leavesTheModeOfADirectoryThatWasThere() throws IOException {
        Path root = shared();
        try (Home home = new Home(new HomeConfig(root))) {
            assertThat(mode(root)).isEqualTo("rwxrwxr-x");
            assertThat(mode(home.journal())).isEqualTo("rwx------");
        }
    }

    @Test
    void refusesSomebodyElsesDirectoryAndTouchesNothingInIt() throws IOException {
        Path root = shared();
        Files.writeString(root.resolve("thesis.tex"), "mine");

        assertThatThrownBy(() -> new Home(new HomeConfig(root)))
                .hasMessageContaining("home '" + root + "' is no home of Tidegate")
                .hasMessageContaining("'thesis.tex'");
        assertThat(mode(root)).isEqualTo("rwxrwxr-x");
        assertThat(root).isDirectoryNotContaining(file -> !file.endsWith("thesis.tex"));
    }

    @Test
    void takesADirectoryWithConfigurationAndAVolumesOwnEntry() throws IOException {
        Path root = shared();
        Files.createDirectories(root.resolve("demo"));
        Files.createSymbolicLink(
                root.resolve("artifacts"), Files.createDirectory(folder.resolve("volume")));
        Files.writeString(root.resolve("config.yaml"), "tidegate: {}");
        Files.createDirectory(root.resolve("lost+found"));
        new Home(new HomeConfig(root)).close();
        Files.writeString(root.resolve("notes.txt"), "of the operator");
        new Home(new HomeConfig(root)).close();
    }

    @Test
    void refusesASecondServerAndNamesTheFirst() throws IOException {
        HomeConfig config = new HomeConfig(folder.resolve("home"));
        Home first = new Home(config);
        assertThatThrownBy(() -> new Home(config))
                .hasMessageContaining(
                        "is in use by the server with process id " + ProcessHandle.current().pid());
        first.close();
        new Home(config).close();
    }

    @Test
    void refusesAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "text");
        assertThatThrownBy(() -> new Home(new HomeConfig(file)))
                .hasMessageContaining("home '" + file + "' is not a directory");
    }

    @Test
    void writesFilesThatOnlyTheirOwnerReads() throws IOException {
        Path file = folder.resolve("admin-key");
        OwnerOnly.write(file, "secret");
        assertThat(mode(file)).isEqualTo("rw-------");
        OwnerOnly.write(file, "another");
        assertThat(mode(file)).isEqualTo("rw-------");
        assertThat(file).hasContent("another");
    }

    private Path shared() throws IOException {
        Path root = Files.createDirectory(folder.resolve("shared"));
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxrwxr-x"));
        return root;
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
