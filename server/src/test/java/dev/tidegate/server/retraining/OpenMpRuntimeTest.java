package dev.tidegate.server.retraining;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OpenMpRuntimeTest {
    /** The eighteenth byte of an ELF file is its machine: 62 for x86-64, 183 for AArch64. */
    @ParameterizedTest
    @CsvSource({"amd64, 62", "aarch64, 183"})
    void bundlesALibraryForEachMachine(String architecture, int machine) throws IOException {
        OpenMpRuntime runtime = new OpenMpRuntime("Linux", architecture);

        try (InputStream library = Objects.requireNonNull(runtime.bundled())) {
            byte[] header = library.readNBytes(20);
            assertThat(header).startsWith(0x7F, 'E', 'L', 'F');
            assertThat(header[18] & 0xFF).isEqualTo(machine);
        }
    }
}
