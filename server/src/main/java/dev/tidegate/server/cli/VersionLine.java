package dev.tidegate.server.cli;

import dev.tidegate.server.platform.build.BuildVersion;
import java.io.IOException;
import picocli.CommandLine.IVersionProvider;

/** The answer to {@code --version}. */
public final class VersionLine implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
        return new String[] {"tidegate " + new BuildVersion().number()};
    }
}
