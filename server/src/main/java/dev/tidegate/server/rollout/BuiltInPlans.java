package dev.tidegate.server.rollout;

import dev.tidegate.server.platform.error.TidegateException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Plans that come with the program. */
@Singleton
final class BuiltInPlans {
    private static final List<String> NAMES = List.of("default", "demo", "cheaper");

    RolloutPlan named(String name) {
        if (!NAMES.contains(name)) {
            throw TidegateException.notFound(
                    "plan '" + name + "' is unknown; expected one of " + NAMES + " or a file");
        }
        try (InputStream in = BuiltInPlans.class.getResourceAsStream("plans/" + name + ".yaml")) {
            if (in == null) {
                throw new IllegalStateException("plan " + name + " is missing in the program");
            }
            return PlanFormat.parseYaml(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("plan " + name + " cannot be read", e);
        }
    }
}
