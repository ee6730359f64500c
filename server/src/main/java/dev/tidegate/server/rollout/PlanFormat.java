package dev.tidegate.server.rollout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidegate.server.platform.error.TidegateException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** Plans as text: YAML from people, canonical JSON in the database and under the digest. */
final class PlanFormat {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private PlanFormat() {}

    /** Refuses a plan that cannot be, with the line and the reason. */
    static RolloutPlan parseYaml(String text) {
        try {
            PlanLines lines = PlanLines.of(yaml(), text);
            try {
                return PlanReader.plan(PlanTree.document(JSON, yaml().load(text)));
            } catch (PlanFault e) {
                throw TidegateException.invalid(
                        "line " + lines.of(e.place()) + " of the plan: " + e.getMessage());
            }
        } catch (MarkedYAMLException e) {
            throw TidegateException.invalid(
                    "line %d of the plan: %s"
                            .formatted(e.getProblemMark().getLine() + 1, e.getProblem()));
        } catch (YAMLException | PlanFault e) {
            throw TidegateException.invalid("the plan cannot be read: " + firstLines(e));
        }
    }

    private static Yaml yaml() {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        return new Yaml(new SafeConstructor(options));
    }

    static RolloutPlan parseJson(String json) {
        try {
            return PlanReader.plan(JSON.readValue(json, PlanDocument.class));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a stored plan cannot be read", e);
        }
    }

    static String json(RolloutPlan plan) {
        try {
            return JSON.writeValueAsString(PlanReader.document(plan));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a plan cannot be written", e);
        }
    }

    /** Returns the SHA-256 of the canonical JSON, hex. */
    static String digest(RolloutPlan plan) {
        return sha256(json(plan));
    }

    static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String firstLines(Exception e) {
        String message = String.valueOf(e.getMessage());
        return message.lines()
                .limit(4)
                .map(String::strip)
                .reduce((a, b) -> a + " " + b)
                .orElse(message);
    }
}
