package dev.tidegate.server;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the rules for the server's own classes. */
final class ArchitectureTest {
    private static final JavaClasses SERVER =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .withImportOption(location -> !location.contains("$Definition"))
                    .importPackages("dev.tidegate.server");

    static Stream<ArchRule> rules() {
        ArchitectureRules rules = new ArchitectureRules("dev.tidegate.server");
        return Stream.of(
                rules.featuresHaveNoCycles(),
                rules.statisticsImportOnlyMathematics(),
                rules.statisticsGiveTheSameBitsEverywhere(),
                rules.protobufStaysAtTheEdge(),
                rules.hasOneDoor("ai.onnxruntime", "inference.onnx"),
                rules.hasOneDoor("org.duckdb", "platform.duckdb"),
                rules.hasOneDoor("io.opentelemetry", "platform.tracing"),
                rules.packagesAreFeatures(),
                rules.classesSayWhatTheyAre(),
                rules.packagesAreNullMarked());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void holds(ArchRule rule) {
        rule.check(SERVER);
    }
}
