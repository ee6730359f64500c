package dev.tidegate.workbench;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.regex.Pattern;
import javafx.application.Platform;
import org.jspecify.annotations.NullMarked;

/**
 * The rules of the workbench's packages.
 *
 * @param root the package whose sub-packages are the features
 */
record ArchitectureRules(String root) {
    private static final Pattern EDGE = Pattern.compile(".*ProtoMapper|Grpc.*Gateway");

    private static final Pattern SAYS_NOTHING = Pattern.compile(".*(Impl|Utils?|Helper|Manager)");

    ArchRule featuresHaveNoCycles() {
        return slices().matching(root + ".(*)..").should().beFreeOfCycles().allowEmptyShould(true);
    }

    ArchRule protobufStaysAtTheEdge() {
        return noClasses()
                .that(
                        describe(
                                "are no *ProtoMapper, Grpc*Gateway",
                                type -> !EDGE.matcher(outermost(type)).matches()))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.tidegate.proto..")
                .allowEmptyShould(true);
    }

    ArchRule theFxThreadHasOneDoor() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(root + ".fx..")
                .should()
                .callMethod(Platform.class, "runLater", Runnable.class)
                .allowEmptyShould(true);
    }

    ArchRule viewModelsKnowNoScene() {
        return noClasses()
                .that(describe("are a *ViewModel", type -> outermost(type).endsWith("ViewModel")))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javafx.scene..", "javafx.stage..")
                .allowEmptyShould(true);
    }

    ArchRule packagesAreFeatures() {
        return noClasses()
                .should()
                .resideInAnyPackage(
                        "..util..",
                        "..utils..",
                        "..impl..",
                        "..dto..",
                        "..helper..",
                        "..helpers..",
                        "..manager..",
                        "..common..",
                        "..misc..");
    }

    ArchRule classesSayWhatTheyAre() {
        return noClasses()
                .should(
                        be(
                                describe(
                                        "named " + SAYS_NOTHING,
                                        type ->
                                                SAYS_NOTHING
                                                        .matcher(type.getSimpleName())
                                                        .matches())));
    }

    ArchRule packagesAreNullMarked() {
        return classes()
                .should(
                        be(
                                describe(
                                        "in a package with @NullMarked in its package-info",
                                        type ->
                                                type.getPackage()
                                                        .isAnnotatedWith(NullMarked.class))));
    }

    private static String outermost(JavaClass type) {
        return type.getEnclosingClass()
                .map(ArchitectureRules::outermost)
                .orElse(type.getSimpleName());
    }
}
