package dev.tidegate.server.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ArtifactStoreTest {
    @TempDir private Path folder;

    @Test
    void removesWhatAKilledProcessLeftOfUploads() throws IOException {
        ArtifactStore store = new ArtifactStore(folder);
        store.start();
        store.begin().write(new byte[] {1, 2, 3});
        Path incoming = folder.resolve("incoming");
        assertThat(incoming).isNotEmptyDirectory();

        new ArtifactStore(folder).start();

        assertThat(incoming).isEmptyDirectory();
    }

    @Test
    void keepsAnArtifactOnce() {
        ArtifactStore store = new ArtifactStore(folder);
        assertThat(kept(store)).isTrue();
        assertThat(kept(store)).isFalse();
        assertThat(folder.resolve("incoming")).isEmptyDirectory();
    }

    private static boolean kept(ArtifactStore store) {
        try (ArtifactUpload upload = store.begin()) {
            upload.write(new byte[] {1, 2, 3});
            boolean kept = store.keep(upload);
            assertThat(store.verified(upload.digest())).hasBinaryContent(new byte[] {1, 2, 3});
            return kept;
        }
    }

    @Test
    void saysThatTheDiskIsFull() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("a.part"), Path.of("/dev/full"));
        try (ArtifactUpload upload = new ArtifactUpload(link)) {
            assertThatThrownBy(() -> upload.write(new byte[100]))
                    .isInstanceOfSatisfying(
                            TidegateException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.EXHAUSTED))
                    .hasMessageContaining("no room on the disk of " + link + " after 0 bytes");
        }
        assertThat(folder).isEmptyDirectory();
    }
}
