package dev.tidegate.workbench;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the rules for the workbench's own classes. */
final class ArchitectureTest {
    private static final JavaClasses WORKBENCH =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.tidegate.workbench");

    static Stream<ArchRule> rules() {
        ArchitectureRules rules = new ArchitectureRules("dev.tidegate.workbench");
        return Stream.of(
                rules.featuresHaveNoCycles(),
                rules.protobufStaysAtTheEdge(),
                rules.theFxThreadHasOneDoor(),
                rules.viewModelsKnowNoScene(),
                rules.packagesAreFeatures(),
                rules.classesSayWhatTheyAre(),
                rules.packagesAreNullMarked());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void holds(ArchRule rule) {
        rule.check(WORKBENCH);
    }
}
