package dev.tidegate.server.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RemotePlaceJsonTest {
    private static final String SHORT =
            "{\"addresses\": [\"grpc://[::1]:8001\", \"grpc://a.example:1\"], \"model\": \"m\"}";

    @Test
    void writesOnePlaceAsOneText() {
        RemotePlace place = RemotePlaceJson.read(SHORT);
        String text = RemotePlaceJson.write(place);
        assertThat(text)
                .isEqualTo(
                        "{\"addresses\":[\"grpc://[::1]:8001\",\"grpc://a.example:1\"],\"model\":\"m\",\"version\":\"\","
                                + "\"deadline\":\"PT10S\",\"hedge\":{\"after\":\"p95\",\"share\":0.05},\"inFlight\":256}");
        assertThat(RemotePlaceJson.read(text)).isEqualTo(place);
    }

    @Test
    void readsEveryField() {
        RemotePlace place =
                RemotePlaceJson.read(
                        "{\"addresses\": [\"grpcs://h:2\"], \"model\": \"m\", \"version\": \"3\", \"deadline\": \"PT1S\","
                                + " \"hedge\": {\"after\": \"PT0.03S\", \"share\": 1}, \"inFlight\": 4}");
        assertThat(place)
                .isEqualTo(
                        new RemotePlace(
                                List.of(new RemoteAddress("h", 2, true)),
                                "m",
                                "3",
                                Duration.ofSeconds(1),
                                new Hedging(new Hedging.Start.After(Duration.ofMillis(30)), 1),
                                4));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{ | the remote place is no JSON",
                "[] | the remote place is [], expected an object",
                "{\"model\": \"m\"} | the remote place's field \"addresses\" is , expected a list of addresses",
                "{\"addresses\": [], \"model\": \"m\"} | 0 addresses came, expected 1 to 16",
                "{\"addresses\": [\"http://h:1\"], \"model\": \"m\"} | 'http://h:1' came, expected grpc://HOST:PORT",
                "{\"addresses\": [\"grpc://h\"], \"model\": \"m\"} | 'grpc://h' came, expected grpc://HOST:PORT",
                "{\"addresses\": [\"grpc://h:1/x\"], \"model\": \"m\"} | 'grpc://h:1/x' came, expected grpc://HOST:PORT",
                "{\"addresses\": [\"grpc://u@h:1\"], \"model\": \"m\"} | 'grpc://u@h:1' came, expected grpc://HOST:PORT",
                "{\"addresses\": [\"grpc://h:70000\"], \"model\": \"m\"} | 'grpc://h:70000' came, expected grpc://HOST:PORT",
                "{\"addresses\": [\"grpc://h:1\", \"grpc://h:1\"], \"model\": \"m\"} | expected each one once",
                "{\"addresses\": [\"grpc://h:1\", \"grpcs://i:1\"], \"model\": \"m\"} | expected all with grpc:// or all with grpcs://",
                "{\"addresses\": [\"grpc://h:1\"]} | the remote model has 0 characters",
                "{\"addresses\": [\"grpc://h:1\"], \"model\": \"m\", \"tls\": true} | has the unknown field \"tls\"",
                "{\"addresses\": [\"grpc://h:1\"], \"model\": \"m\", \"deadline\": \"1s\"} | deadline '1s' came, expected a time such as PT10S",
                "{\"addresses\": [\"grpc://h:1\"], \"model\": \"m\", \"deadline\": \"PT0S\"} | deadline PT0S came, expected more than none",
                "{\"addresses\": [\"grpc://h:1\"], \"model\": \"m\", \"inFlight\": 0} | 0 requests in flight came",
                "{\"addresses\": [\"grpc://h:1\"], \"model\": \"m\", \"hedge\": {\"share\": 2}} | a share of 2.0 hedged requests came, expected 0 to 1",
                "{\"addresses\": [\"grpc://h:1\"], \"model\": \"m\", \"hedge\": {\"after\": \"soon\"}} | hedging after 'soon' came, expected p95, off",
                "{\"addresses\": [\"grpc://h:1\"], \"model\": \"m\", \"hedge\": 1} | its field \"hedge\" is 1, expected an object"
            })
    void refusesWhatIsNoPlace(String json, String reason) {
        assertThatThrownBy(() -> RemotePlaceJson.read(json)).hasMessageContaining(reason);
    }
}
