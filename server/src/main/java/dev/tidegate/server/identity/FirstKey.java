package dev.tidegate.server.identity;

import dev.tidegate.server.platform.home.Home;
import dev.tidegate.server.platform.home.OwnerOnly;
import dev.tidegate.server.platform.lifecycle.Startup;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Leaves the first admin key in the home, for command line and workbench on the same machine. */
@Singleton
public final class FirstKey implements Startup {
    private final KeyStore keys;
    private final Home home;

    FirstKey(KeyStore keys, Home home) {
        this.keys = keys;
        this.home = home;
    }

    @Override
    public int getOrder() {
        return FIRST_KEY;
    }

    /** Makes the key when there is none at all. */
    @Override
    public void start() {
        keys.createFirst(this::keep);
    }

    private void keep(String secret) {
        try {
            OwnerOnly.write(home.adminKey(), secret + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the admin key cannot be written to " + home.adminKey(), e);
        }
    }
}
