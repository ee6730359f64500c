package dev.tidegate.server.retraining;

import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * Brings GNU OpenMP into this process, which XGBoost's native library needs on Linux and which a
 * bare system lacks.
 *
 * <p>The system's own is taken where there is one, else the one that Leptonica's jar carries. Once
 * loaded, the dynamic linker finds it by its name, {@code libgomp.so.1}, when it loads XGBoost.
 */
final class OpenMpRuntime {
    private static final String NAME = "libgomp.so.1";

    private final String system;
    private final String architecture;

    OpenMpRuntime() {
        this(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    OpenMpRuntime(String system, String architecture) {
        this.system = system;
        this.architecture = architecture;
    }

    void load() {
        if (system.equals("Linux") && !isInstalled()) {
            loadBundled();
        }
    }

    /** Opens the library that is bundled for this machine; null where none is. */
    @Nullable InputStream bundled() {
        String platform = architecture.equals("aarch64") ? "linux-arm64" : "linux-x86_64";
        return OpenMpRuntime.class.getResourceAsStream(
                "/org/bytedeco/leptonica/%s/%s".formatted(platform, NAME));
    }

    @SuppressWarnings("restricted")
    private static boolean isInstalled() {
        try {
            SymbolLookup.libraryLookup(NAME, Arena.global());
            return true;
        } catch (IllegalArgumentException notFound) {
            return false;
        }
    }

    @SuppressWarnings("restricted")
    private void loadBundled() {
        try (InputStream bundled = bundled()) {
            if (bundled == null) {
                return;
            }
            Path file = Files.createTempFile("libgomp-", ".so.1");
            try {
                Files.copy(bundled, file, StandardCopyOption.REPLACE_EXISTING);
                System.load(file.toString());
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new TidegateException(
                    ErrorCode.INTERNAL, "the OpenMP runtime cannot be unpacked: " + e, e);
        }
    }
}
