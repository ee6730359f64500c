package dev.tidegate.server.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidegate.server.platform.error.Excerpt;
import dev.tidegate.server.platform.error.TidegateException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Remote places as JSON. One place has one text, whose SHA-256 is its version's digest.
 *
 * <pre>{@code
 * {"addresses": ["grpc://10.0.0.7:8001"], "model": "churn", "version": "3", "deadline": "PT10S",
 *  "hedge": {"after": "p95", "share": 0.05}, "inFlight": 256}
 * }</pre>
 */
public final class RemotePlaceJson {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> FIELDS =
            Set.of("addresses", "model", "version", "deadline", "hedge", "inFlight");
    private static final Set<String> HEDGE = Set.of("after", "share");
    private static final String DEADLINE = "PT10S";
    private static final double SHARE = 0.05;
    private static final int IN_FLIGHT = 256;

    private RemotePlaceJson() {}

    /** Returns the place's one text, a line. */
    public static String write(RemotePlace place) {
        ObjectNode root = JSON.createObjectNode();
        place.addresses().forEach(a -> root.withArrayProperty("addresses").add(a.toString()));
        root.put("model", place.model());
        root.put("version", place.version());
        root.put("deadline", place.deadline().toString());
        root.putObject("hedge")
                .put("after", place.hedging().after().toString())
                .put("share", place.hedging().share());
        root.put("inFlight", place.inFlight());
        return root.toString();
    }

    /**
     * Returns the place that the text describes; all but addresses and model have defaults.
     *
     * @throws TidegateException INVALID_ARGUMENT when the text is no JSON, or a field is unknown,
     *     missing or wrong
     */
    public static RemotePlace read(String text) {
        JsonNode root = object("the remote place", parse(text), FIELDS);
        JsonNode hedge = root.path("hedge");
        if (!hedge.isMissingNode()) {
            object("its field \"hedge\"", hedge, HEDGE);
        }
        return new RemotePlace(
                addresses(root.path("addresses")),
                text(root, "model", ""),
                text(root, "version", ""),
                duration(text(root, "deadline", DEADLINE)),
                new Hedging(
                        Hedging.Start.parse(text(hedge, "after", "p95")),
                        number(hedge, "share", SHARE)),
                (int) Math.clamp(number(root, "inFlight", IN_FLIGHT), -1, Integer.MAX_VALUE));
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw TidegateException.invalid(
                    "the remote place is no JSON: " + e.getOriginalMessage());
        }
    }

    private static JsonNode object(String what, JsonNode node, Set<String> known) {
        if (!node.isObject()) {
            throw wrong(what, node, "an object");
        }
        node.fieldNames()
                .forEachRemaining(
                        name -> {
                            if (!known.contains(name)) {
                                throw TidegateException.invalid(
                                        "%s has the unknown field \"%s\", expected some of %s"
                                                .formatted(
                                                        what,
                                                        Excerpt.of(name),
                                                        new TreeSet<>(known)));
                            }
                        });
        return node;
    }

    private static List<RemoteAddress> addresses(JsonNode list) {
        if (!list.isArray()) {
            throw wrong("the remote place's field \"addresses\"", list, "a list of addresses");
        }
        return list.valueStream().map(node -> RemoteAddress.parse(node.asText())).toList();
    }

    private static String text(JsonNode node, String field, String missing) {
        JsonNode value = node.path(field);
        if (value.isMissingNode()) {
            return missing;
        }
        if (!value.isTextual()) {
            throw wrong("the remote place's field \"" + field + "\"", value, "a text");
        }
        return value.asText();
    }

    private static double number(JsonNode node, String field, double missing) {
        JsonNode value = node.path(field);
        if (value.isMissingNode()) {
            return missing;
        }
        if (!value.isNumber()) {
            throw wrong("the remote place's field \"" + field + "\"", value, "a number");
        }
        return value.asDouble();
    }

    private static Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw TidegateException.invalid(
                    "the remote place's deadline '%s' came, expected a time such as PT10S"
                            .formatted(Excerpt.of(text)));
        }
    }

    private static TidegateException wrong(String what, JsonNode came, String expected) {
        return TidegateException.invalid(
                "%s is %s, expected %s".formatted(what, Excerpt.of(came.toString()), expected));
    }
}
