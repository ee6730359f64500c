package dev.tidegate.server.inference.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidegate.proto.inference.ModelMetadataResponse;
import dev.tidegate.proto.inference.ModelMetadataResponse.TensorMetadata;
import dev.tidegate.server.inference.MetadataProtoMapper;
import dev.tidegate.server.registry.RegisteredVersion;
import dev.tidegate.server.registry.SignatureJson;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What gRPC clients learn of a model, as JSON. */
final class MetadataJsonProtoMapper {
    private final MetadataProtoMapper metadata;

    MetadataJsonProtoMapper(SignatureJson signatures) {
        this.metadata = new MetadataProtoMapper(signatures);
    }

    void write(JsonGenerator json, RegisteredVersion version, List<String> versions)
            throws IOException {
        ModelMetadataResponse model = metadata.metadata(version, versions);
        json.writeStartObject();
        json.writeStringField("name", model.getName());
        json.writeArrayFieldStart("versions");
        for (String known : model.getVersionsList()) {
            json.writeString(known);
        }
        json.writeEndArray();
        json.writeStringField("platform", model.getPlatform());
        tensors(json, "inputs", model.getInputsList());
        tensors(json, "outputs", model.getOutputsList());
        json.writeObjectFieldStart("properties");
        for (Map.Entry<String, String> property :
                new TreeMap<>(model.getPropertiesMap()).entrySet()) {
            json.writeStringField(property.getKey(), property.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void tensors(JsonGenerator json, String field, List<TensorMetadata> tensors)
            throws IOException {
        json.writeArrayFieldStart(field);
        for (TensorMetadata tensor : tensors) {
            json.writeStartObject();
            json.writeStringField("name", tensor.getName());
            json.writeStringField("datatype", tensor.getDatatype());
            json.writeArrayFieldStart("shape");
            for (long dimension : tensor.getShapeList()) {
                json.writeNumber(dimension);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
