package dev.tidegate.server.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;

/** Settings as the JSON object that the database keeps. */
final class SettingsJson {
    private static final TypeReference<Map<String, String>> VALUES = new TypeReference<>() {};

    private final JsonMapper json = JsonMapper.builder().build();

    VersionSettings read(String text) {
        try {
            return VersionSettings.of(json.readValue(text, VALUES));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("settings '%s' are no object".formatted(text), e);
        }
    }

    String write(VersionSettings settings) {
        try {
            return json.writeValueAsString(settings.values());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("settings cannot be written", e);
        }
    }
}
