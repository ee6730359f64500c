package dev.tidegate.server.platform.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class LogOutputTest {
    private OutputStreamAppender<ILoggingEvent> appender;
    private Encoder<ILoggingEvent> before;

    @BeforeEach
    void remember() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        appender =
                (OutputStreamAppender<ILoggingEvent>)
                        context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("STDERR");
        before = appender.getEncoder();
    }

    @AfterEach
    void restore() {
        before.start();
        appender.setEncoder(before);
    }

    @Test
    void writesOneObjectALine() throws Exception {
        LogOutput.use(LogFormat.JSON);
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        appender.setOutputStream(lines);
        try {
            LoggerFactory.getLogger("dev.tidegate.some")
                    .atError()
                    .addKeyValue("prediction_id", "p-1")
                    .setCause(new IllegalStateException("two\nlines"))
                    .log("a {} \"happened\"", "thing");
        } finally {
            appender.setOutputStream(new Uncloseable());
        }
        String text = lines.toString(StandardCharsets.UTF_8);
        assertThat(text.lines()).hasSize(1);
        JsonNode line = JsonMapper.builder().build().readTree(text);
        assertThat(line.path("level").asText()).isEqualTo("ERROR");
        assertThat(line.path("loggerName").asText()).isEqualTo("dev.tidegate.some");
        assertThat(line.path("formattedMessage").asText()).isEqualTo("a thing \"happened\"");
        assertThat(line.path("kvpList").toString()).contains("p-1");
        assertThat(line.path("throwable").path("message").asText()).isEqualTo("two\nlines");
    }

    @Test
    void staysAsItIsForPeople() {
        LogOutput.use(LogFormat.TEXT);
        assertThat(appender.getEncoder()).isSameAs(before);
    }

    /** Standard error, which is not the appender's to close. */
    private static final class Uncloseable extends FilterOutputStream {
        Uncloseable() {
            super(System.err);
        }

        @Override
        public void close() {}
    }
}
