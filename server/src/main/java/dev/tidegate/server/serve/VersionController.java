package dev.tidegate.server.serve;

import dev.tidegate.server.platform.build.BuildVersion;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import java.io.IOException;
import java.util.Map;

/** Says over HTTP which build runs. */
@Controller("/version")
final class VersionController {
    private final String version;

    VersionController() throws IOException {
        this.version = new BuildVersion().number();
    }

    @Get
    Map<String, String> version() {
        return Map.of("version", version);
    }
}
