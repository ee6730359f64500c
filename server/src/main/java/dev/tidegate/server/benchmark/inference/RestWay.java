package dev.tidegate.server.benchmark.inference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** How a REST client may ask, and where its answer has the score. */
enum RestWay {
    BINARY("REST, binary tensors", "/v2/models/" + FixedRequestProtoMapper.MODEL + "/infer") {
        @Override
        byte[] body(RestBodies bodies) {
            return bodies.binary();
        }

        @Override
        String[] headers(RestBodies bodies) {
            return new String[] {
                "content-type: application/octet-stream",
                "inference-header-content-length: " + bodies.binaryHead().length
            };
        }

        /** Behind the JSON lie the bytes of the only output. */
        @Override
        float score(byte[] answer) {
            return ByteBuffer.wrap(answer)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .getFloat(answer.length - Float.BYTES);
        }
    },
    JSON("REST, JSON", "/v2/models/" + FixedRequestProtoMapper.MODEL + "/infer") {
        @Override
        byte[] body(RestBodies bodies) {
            return bodies.json();
        }

        @Override
        float score(byte[] answer) throws IOException {
            return tree(answer).at("/outputs/0/data/0").floatValue();
        }
    },
    PREDICT("`/api/v1/predict`", "/api/v1/predict") {
        @Override
        byte[] body(RestBodies bodies) {
            return bodies.predict();
        }

        @Override
        float score(byte[] answer) throws IOException {
            return tree(answer).at("/outputs/" + TreeGraph.OUTPUT).floatValue();
        }
    };

    private final String label;
    private final String path;

    RestWay(String label, String path) {
        this.label = label;
        this.path = path;
    }

    /** Returns its name for the table. */
    String label() {
        return label;
    }

    /** Returns where and what to ask; the body is written into the folder. */
    Target.Rest target(TidegateSubject tidegate, BenchFolder folder) throws IOException {
        RestBodies bodies = new RestBodies(new FixedRow());
        Path body = Files.write(folder.resolve(name() + ".body"), body(bodies));
        return tidegate.rest(path, body, headers(bodies));
    }

    /** Asks once, and refuses another answer than expected. */
    void requireScore(Target.Rest target, float expected) throws IOException {
        float score = score(new RestProbe(target).answer());
        if (Math.abs(score - expected) > 1e-6f) {
            throw new IllegalStateException(
                    "%s answers %s, expected %s".formatted(label, score, expected));
        }
    }

    abstract byte[] body(RestBodies bodies);

    String[] headers(RestBodies bodies) {
        return new String[] {"content-type: application/json"};
    }

    abstract float score(byte[] answer) throws IOException;

    private static JsonNode tree(byte[] answer) throws IOException {
        return JsonMapper.builder().build().readTree(answer);
    }
}
