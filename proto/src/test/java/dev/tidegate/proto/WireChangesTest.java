package dev.tidegate.proto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.TextFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Holds the protocols against {@code descriptors.txtpb}, which clients in the field stand for. */
final class WireChangesTest {
    private static final Path COMMITTED = Path.of("descriptors.txtpb");
    private static final Path CURRENT = Path.of("target", "descriptors.binpb");

    private static final String BEFORE =
            """
            file {
              name: "a.proto" package: "a" syntax: "proto3"
              message_type {
                name: "Ask"
                field { name: "model" number: 1 label: LABEL_OPTIONAL type: TYPE_STRING }
                field { name: "limit" number: 2 label: LABEL_OPTIONAL type: TYPE_INT32 }
                nested_type {
                  name: "Row"
                  field { name: "x" number: 1 label: LABEL_REPEATED type: TYPE_DOUBLE }
                }
              }
              enum_type { name: "Arm" value { name: "NONE" number: 0 } value { name: "LEFT" number: 1 } }
              service {
                name: "Oracle"
                method { name: "Answer" input_type: ".a.Ask" output_type: ".a.Ask" }
                method { name: "Watch" input_type: ".a.Ask" output_type: ".a.Ask" server_streaming: true }
              }
            }
            """;

    @Test
    void breaksNoClientInTheField() throws IOException {
        assertThat(WireChanges.between(committed(), current()))
                .as(
                        "what clients lose; if that is meant, run with -Dproto.accept=true and say so in the changelog")
                .isEmpty();
    }

    @Test
    void knowsTheProtocolsAsTheyAre() throws IOException {
        if (Boolean.getBoolean("proto.accept")) {
            Files.writeString(COMMITTED, TextFormat.printer().printToString(current()));
        }
        assertThat(committed())
                .as(
                        "proto/descriptors.txtpb; bring it up to date with ./mvnw -pl proto test -Dproto.accept=true")
                .isEqualTo(current());
    }

    @Test
    void findsWhatIsGone() throws IOException {
        assertBreaks(
                "field { name: \"limit\" number: 2 label: LABEL_OPTIONAL type: TYPE_INT32 }",
                "",
                "field a.Ask 2 is gone");
        assertBreaks("value { name: \"LEFT\" number: 1 }", "", "enum value a.Arm 1 is gone");
        assertBreaks(
                "method { name: \"Answer\" input_type: \".a.Ask\" output_type: \".a.Ask\" }",
                "",
                "method a.Oracle/Answer is gone");
        assertBreaks("name: \"Row\"", "name: \"Line\"", "message a.Ask.Row is gone");
    }

    @Test
    void findsWhatIsAnother() throws IOException {
        assertBreaks("number: 2", "number: 3", "field a.Ask 2 is gone");
        assertBreaks(
                "TYPE_INT32",
                "TYPE_INT64",
                "field a.Ask 2 was LABEL_OPTIONAL TYPE_INT32 limit and is");
        assertBreaks("\"limit\"", "\"most\"", "field a.Ask 2 was");
        assertBreaks("LABEL_REPEATED", "LABEL_OPTIONAL", "field a.Ask.Row 1 was LABEL_REPEATED");
        assertBreaks(
                " server_streaming: true",
                "",
                "method a.Oracle/Watch was .a.Ask -> stream .a.Ask and is");
    }

    @Test
    void findsNoHarmInWhatIsNew() throws IOException {
        assertThat(
                        WireChanges.between(
                                set(BEFORE),
                                set(
                                        BEFORE.replace(
                                                "nested_type",
                                                "field { name: \"new\" number: 9 label: LABEL_OPTIONAL type: TYPE_BOOL } nested_type"))))
                .isEmpty();
    }

    private static void assertBreaks(String part, String with, String expected) throws IOException {
        assertThat(BEFORE).contains(part);
        assertThat(WireChanges.between(set(BEFORE), set(BEFORE.replace(part, with))))
                .anySatisfy(change -> assertThat(change).startsWith(expected));
    }

    private static FileDescriptorSet committed() throws IOException {
        return set(Files.readString(COMMITTED));
    }

    private static FileDescriptorSet current() throws IOException {
        return FileDescriptorSet.parseFrom(Files.readAllBytes(CURRENT));
    }

    private static FileDescriptorSet set(String text) throws IOException {
        FileDescriptorSet.Builder set = FileDescriptorSet.newBuilder();
        TextFormat.merge(text, set);
        return set.build();
    }
}
