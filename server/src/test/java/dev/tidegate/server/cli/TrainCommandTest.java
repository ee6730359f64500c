package dev.tidegate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class TrainCommandTest {
    private static final String DATA = "src/main/dist/data/telco-churn.csv";

    @TempDir private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void printsOneDocumentOfTheAgreedFields() throws IOException {
        int code =
                train(
                        "--data",
                        DATA,
                        "--target",
                        "churn",
                        "--name",
                        "churn",
                        "--version",
                        "v1",
                        "--algorithm",
                        "logistic",
                        "--columns",
                        "tenure,monthly_charges",
                        "--out",
                        folder.toString(),
                        "--output",
                        "json");

        assertThat(code).isZero();
        JsonNode document = new ObjectMapper().readTree(out.toString());
        assertThat(document.path("run").asText()).hasSize(36);
        assertThat(document.path("model").asText()).isEqualTo("churn");
        assertThat(document.path("version").asText()).isEqualTo("v1");
        assertThat(document.path("metrics").path("auc").asDouble()).isBetween(0.75, 0.85);
        assertThat(document.path("champion").isNull()).isTrue();
        assertThat(document.path("verdict").asText()).isEqualTo("trained");
        assertThat(document.path("trials").asInt()).isEqualTo(1);
        assertThat(document.path("seconds").asDouble()).isPositive();
        assertThat(Path.of(document.path("artifact").asText())).isRegularFile();
        assertThat(new ObjectMapper().readTree(Files.readString(folder.resolve("metrics.json"))))
                .isEqualTo(document);
        assertThat(err.toString().lines())
                .isNotEmpty()
                .allSatisfy(
                        line ->
                                assertThat(new ObjectMapper().readTree(line).has("state"))
                                        .isTrue());
    }

    @Test
    void namesTheColumnThatIsMissingAndThoseThatAreThere() {
        int code =
                train(
                        "--data",
                        DATA,
                        "--target",
                        "churned",
                        "--name",
                        "churn",
                        "--algorithm",
                        "xgboost");

        assertThat(code).isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "telco-churn.csv has no column \"churned\"; its columns are churn, female, ");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void refusesWrongUseWithTwo() {
        assertThat(
                        train(
                                "--data",
                                "nowhere.csv",
                                "--target",
                                "y",
                                "--name",
                                "m",
                                "--algorithm",
                                "logistic"))
                .isEqualTo(2);
        assertThat(
                        train(
                                "--data",
                                DATA,
                                "--target",
                                "churn",
                                "--name",
                                "m",
                                "--algorithm",
                                "forest"))
                .isEqualTo(2);
        assertThat(
                        train(
                                "--data",
                                DATA,
                                "--target",
                                "churn",
                                "--name",
                                "m",
                                "--algorithm",
                                "logistic",
                                "--columns",
                                "tenure,churn"))
                .isEqualTo(2);
        assertThat(
                        train(
                                "--data",
                                DATA,
                                "--target",
                                "churn",
                                "--name",
                                "m",
                                "--algorithm",
                                "logistic",
                                "--budget",
                                "soon"))
                .isEqualTo(2);
        assertThat(
                        train(
                                "--data",
                                DATA,
                                "--target",
                                "churn",
                                "--name",
                                "m",
                                "--algorithm",
                                "logistic",
                                "--exclude",
                                "contract"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("there is no file nowhere.csv")
                .contains("[LOGISTIC, XGBOOST] (case-insensitive) but was 'forest'")
                .contains("the target churn cannot be one of the columns")
                .contains("expected a time such as 90s, 5m or 1h30m, got \"soon\"")
                .contains("expected COLUMN=VALUE, got \"contract\"");
    }

    @Test
    void failsWithOneWhenTheResultsCannotBeWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");

        int code =
                train(
                        "--data",
                        DATA,
                        "--target",
                        "churn",
                        "--name",
                        "churn",
                        "--algorithm",
                        "logistic",
                        "--columns",
                        "tenure",
                        "--out",
                        file.toString());

        assertThat(code).isEqualTo(1);
        assertThat(err.toString()).contains("the results cannot be written to " + file);
        assertThat(file).hasContent("in the way");
    }

    private int train(String... arguments) {
        return new CommandLine(new TrainCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(new CommandFailure())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
