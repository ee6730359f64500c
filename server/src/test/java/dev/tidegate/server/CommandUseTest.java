package dev.tidegate.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

final class CommandUseTest {
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|([^\\s()]+)");

    @TempDir private Path folder;

    @Test
    void suggestsTheWordThatWasMeant() {
        CommandRun run = CommandRun.of("rolout", "list");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("Unmatched argument").contains("tidegate rollout");

        assertThat(CommandRun.of("model", "lst").err()).contains("model list");
    }

    @Test
    void saysWhatIsWrongWithAnOptionInTwoLines() {
        CommandRun run =
                CommandRun.of(
                        "train", "--data", "d", "--target", "t", "--name", "m", "--seed", "two");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("tidegate train: ")
                .endsWith("Try 'tidegate train --help'\n")
                .hasLineCount(2);
        assertThat(CommandRun.of("predict", "m", "--rwo", "a=1").err())
                .contains("Unknown option")
                .endsWith("Try 'tidegate predict --help'\n");
    }

    @Test
    void refusesARoleThatNobodyHas() {
        CommandRun run = CommandRun.of("key", "create", "eve", "--role", "approver,wizard");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .contains("role 'wizard' is unknown; expected one of [admin, engineer,")
                .hasLineCount(2);
    }

    @Test
    void asksForACommand() {
        assertThat(CommandRun.of().code()).isEqualTo(2);
        assertThat(CommandRun.of("model").code()).isEqualTo(2);
        assertThat(CommandRun.of("model").err()).contains("Missing required subcommand");
    }

    static Stream<Arguments> commands() {
        return withSubcommands(TidegateCommand.commandLine())
                .filter(command -> !command.getCommandSpec().usageMessage().hidden())
                .map(command -> Arguments.of(command.getCommandSpec().qualifiedName(), command));
    }

    private static Stream<CommandLine> withSubcommands(CommandLine command) {
        return Stream.concat(
                Stream.of(command),
                command.getSubcommands().values().stream()
                        .flatMap(CommandUseTest::withSubcommands));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("commands")
    void showsAnExampleThatWorks(String name, CommandLine command) {
        String[] footer = command.getCommandSpec().usageMessage().footer();
        List<String> examples =
                Stream.of(footer).filter(line -> line.contains("tidegate ")).toList();
        assertThat(examples).isNotEmpty();
        for (String example : examples) {
            String[] words =
                    WORD.matcher(example.substring(example.indexOf("tidegate ") + 9))
                            .results()
                            .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
                            .toArray(String[]::new);
            assertThat(TidegateCommand.commandLine().parseArgs(words).errors()).isEmpty();
        }
        assertThat(CommandRun.of((name + " --help").substring("tidegate ".length()).split(" ")))
                .satisfies(run -> assertThat(run.code()).isZero())
                .satisfies(run -> assertThat(run.out()).contains("Usage: " + name, "Example:"));
    }

    @ParameterizedTest
    @CsvSource({
        "nowhere, server 'nowhere' is no address",
        "host:0, server 'host:0' is no address",
        "host:70000, server 'host:70000' is no address",
        "a b:1, server 'a b:1' is no address",
        "host:1/x, server 'host:1/x' is no address"
    })
    void refusesAnAddressThatIsNone(String address, String message) {
        CommandRun run = CommandRun.of("model", "list", "--server", address);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("tidegate model list: " + message)
                .contains("expected HOST:PORT such as 127.0.0.1:8001")
                .hasLineCount(1);
    }

    @Test
    void saysInOneLineThatNoServerAnswers() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        CommandRun run = CommandRun.of("route", "show", "churn", "--server", "127.0.0.1:" + port);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("tidegate route show: no server answers: ")
                .contains(Integer.toString(port))
                .hasLineCount(1);
    }

    @Test
    void saysThatNoServerRunsOnTheHome() {
        CommandRun run = CommandRun.of("key", "list", "--home", folder.toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .isEqualToIgnoringNewLines(
                        "tidegate key list: no server runs on home %s: it has no server.json"
                                .formatted(folder));
    }

    @ParameterizedTest
    @CsvSource({"tenure", "=3", "'tenure=3,tenure=4'", "'tenure=3,,x=1'", "''"})
    void refusesARowThatIsNone(String row) {
        CommandRun run = CommandRun.of("predict", "churn", "--row", row);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("Invalid value for option '--row'");
    }

    @Test
    void wantsRowsFromOnePlace() {
        assertThat(CommandRun.of("predict", "churn").code()).isEqualTo(2);
        assertThat(CommandRun.of("predict", "churn", "--row", "a=1", "--in", "x.csv").code())
                .isEqualTo(2);
    }

    @Test
    void refusesFilesThatCannotBeRead() throws IOException {
        Path text = Files.writeString(folder.resolve("rows.txt"), "a\n1\n");
        Path broken = Files.writeString(folder.resolve("rows.json"), "[{\"a\":");
        Path uneven = Files.writeString(folder.resolve("rows.csv"), "a,b\n1\n");
        assertThat(CommandRun.of("predict", "m", "--in", folder + "/none.csv").err())
                .contains("there is no file");
        assertThat(CommandRun.of("predict", "m", "--in", text.toString()).err())
                .contains(
                        "expected a name that ends with .csv, .json, .jsonl, .ndjson or .parquet");
        assertThat(CommandRun.of("predict", "m", "--in", broken.toString()).err())
                .contains("rows.json cannot be read");
        assertThat(CommandRun.of("predict", "m", "--in", uneven.toString()).err())
                .contains("row 1 of ");
        assertThat(CommandRun.of("model", "register", "m", folder + "/none.onnx").code())
                .isEqualTo(2);
        assertThat(
                        CommandRun.of(
                                        "rollout",
                                        "start",
                                        "m",
                                        "--candidate",
                                        "2",
                                        "--plan",
                                        folder + "/none.yaml")
                                .code())
                .isEqualTo(2);
    }

    @Test
    void keepsTrainingAloneAndThroughAServerApart() {
        String[] alone = {"train", "--data", "d", "--target", "t", "--name", "m"};
        CommandRun alias =
                CommandRun.of(
                        Stream.of(alone, new String[] {"--algorithm", "xgboost", "--alias", "a"})
                                .flatMap(Stream::of)
                                .toArray(String[]::new));
        assertThat(alias.code()).isEqualTo(2);
        assertThat(alias.err()).contains("--alias needs --server or --home");
    }

    @Test
    void writesCompletionsForEachCommand() {
        for (String shell : List.of("bash", "zsh")) {
            CommandRun run = CommandRun.of("completion", shell);
            assertThat(run.code()).isZero();
            assertThat(run.out()).contains("complete -F", "rollout", "--candidate");
        }
        assertThat(CommandRun.of("completion", "tcsh").code()).isEqualTo(2);
    }

    @Test
    void saysItsVersion() {
        assertThat(CommandRun.of("version").json().path("version").asText()).isNotEmpty();
        assertThat(CommandRun.of("--version").out()).startsWith("tidegate ");
    }
}
