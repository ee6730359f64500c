package dev.tidegate.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.tidegate.archsamples.Samples;
import org.junit.jupiter.api.Test;

/** Shows that each rule fires on a class that breaks it. */
final class ArchitectureRulesTest {
    private static final String ROOT = Samples.class.getPackageName();
    private static final JavaClasses SAMPLES = new ClassFileImporter().importPackages(ROOT);

    private final ArchitectureRules rules = new ArchitectureRules(ROOT);

    @Test
    void refusesFeaturesThatNeedEachOther() {
        assertThat(violations(rules.featuresHaveNoCycles()))
                .contains("Slice alpha")
                .contains("Slice beta");
    }

    @Test
    void refusesStatisticsThatReadFiles() {
        assertThat(violations(rules.statisticsImportOnlyMathematics()))
                .contains("java.nio.file.Path")
                .contains("alpha.ClockImpl");
    }

    @Test
    void refusesStatisticsThatDifferBetweenMachines() {
        assertThat(violations(rules.statisticsGiveTheSameBitsEverywhere()))
                .contains("Math.log(double)")
                .doesNotContain("Math.max");
    }

    @Test
    void refusesProtobufAwayFromTheEdge() {
        assertThat(violations(rules.protobufStaysAtTheEdge()))
                .contains("beta.Leak")
                .doesNotContain("GrpcLiveGateway");
    }

    @Test
    void refusesOnnxRuntimeOutsideItsPackage() {
        assertThat(violations(rules.hasOneDoor("ai.onnxruntime", "inference.onnx")))
                .contains("beta.Leak")
                .doesNotContain("inference.onnx.Door");
    }

    @Test
    void refusesDuckDbOutsideItsPackage() {
        assertThat(violations(rules.hasOneDoor("org.duckdb", "platform.duckdb")))
                .contains("beta.Leak");
    }

    @Test
    void refusesPackagesThatSayNothing() {
        assertThat(violations(rules.packagesAreFeatures())).contains("util.Words");
    }

    @Test
    void refusesNamesThatSayNothing() {
        assertThat(violations(rules.classesSayWhatTheyAre()))
                .contains("alpha.ClockImpl")
                .doesNotContain("util.Words");
    }

    @Test
    void refusesPackagesThatAreNotNullMarked() {
        assertThat(violations(rules.packagesAreNullMarked()))
                .contains("beta.Leak")
                .doesNotContain("alpha.ClockImpl");
    }

    private static String violations(ArchRule rule) {
        return String.join("\n", rule.evaluate(SAMPLES).getFailureReport().getDetails());
    }
}
