package dev.tidegate.server.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.server.platform.error.TidegateException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class VerifiedStreamTest {
    private static final byte[] CONTENT = {1, 2, 3, 4, 5};

    @Test
    void givesWhatIsThereWhenTheDigestHolds() throws IOException {
        try (VerifiedStream stream = stream(CONTENT)) {
            assertThat(stream.readNBytes(2)).containsExactly(1, 2);
            assertThat(stream.read()).isEqualTo(3);
            assertThat(stream.readAllBytes()).containsExactly(4, 5);
            assertThat(stream.read()).isEqualTo(-1);
        }
    }

    @Test
    void endsInAnErrorWhenTheFileIsDamaged() throws IOException {
        byte[] damaged = CONTENT.clone();
        damaged[4] ^= 1;
        try (VerifiedStream stream = stream(damaged)) {
            assertThat(stream.read(new byte[9])).isEqualTo(5);
            assertThatThrownBy(stream::read)
                    .isInstanceOf(TidegateException.class)
                    .hasMessageContaining("is damaged")
                    .hasMessageContaining(Sha256.of(damaged));
        }
    }

    @Test
    void endsInAnErrorWhenTheFileIsCut() throws IOException {
        try (VerifiedStream stream = stream(new byte[] {1, 2, 3})) {
            assertThatThrownBy(stream::readAllBytes).hasMessageContaining("is damaged");
        }
    }

    private static VerifiedStream stream(byte[] content) {
        return new VerifiedStream(new ByteArrayInputStream(content), Sha256.of(CONTENT));
    }
}
