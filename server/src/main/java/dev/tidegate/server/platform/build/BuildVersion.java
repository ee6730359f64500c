package dev.tidegate.server.platform.build;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Properties;

/** The version that the build wrote into the jar. */
public final class BuildVersion {
    /** Returns the Maven version of this build, such as {@code 0.1.0}. */
    public String number() throws IOException {
        try (InputStream file =
                Objects.requireNonNull(
                        BuildVersion.class.getResourceAsStream("build.properties"),
                        "build.properties is missing beside " + BuildVersion.class.getName())) {
            Properties build = new Properties();
            build.load(file);
            return Objects.requireNonNull(
                    build.getProperty("version"), "build.properties has no version");
        }
    }
}
