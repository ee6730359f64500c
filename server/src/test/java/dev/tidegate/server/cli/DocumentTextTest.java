package dev.tidegate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DocumentTextTest {

    @Test
    void roundsNumbersAndTimesForPeople() {
        Document document =
                new Document()
                        .with("weight", 0.05)
                        .with("rate", 0.0123456789)
                        .with("tiny", 7.2e-7)
                        .with("rows", List.of(1.0, Double.NaN, 123456.0))
                        .with("at", Instant.parse("2026-01-31T08:00:05.123456789Z"));

        assertThat(DocumentText.of(document).lines().map(line -> line.replaceAll(" +", " ")))
                .containsExactly(
                        "weight 0.05",
                        "rate 0.01235",
                        "tiny 7.2E-7",
                        "rows 1,NaN,123456",
                        "at 2026-01-31T08:00:05Z");
    }

    @Test
    void showsADocumentInATableByItsWords() {
        Document document =
                new Document()
                        .with(
                                "versions",
                                List.of(
                                        new Document()
                                                .with("version", "v1")
                                                .with(
                                                        "cost",
                                                        new Document()
                                                                .inWords("0.4 core-s/1000")
                                                                .with("inferences", 12))
                                                .with("settings", new Document().with("a", 1)),
                                        new Document().with("version", "v2").with("cost", null)));

        assertThat(DocumentText.of(document).lines())
                .containsExactly("VERSION  COST", "v1       0.4 core-s/1000", "v2       -");
    }

    @Test
    void keepsJsonExact() {
        Document document =
                new Document()
                        .with("rate", 0.0123456789)
                        .with("at", Instant.parse("2026-01-31T08:00:05.123456Z"));

        assertThat(Printer.json(document))
                .isEqualTo("{\"rate\":0.0123456789,\"at\":\"2026-01-31T08:00:05.123456Z\"}");
    }
}
