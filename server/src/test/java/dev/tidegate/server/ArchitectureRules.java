package dev.tidegate.server;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;

/**
 * The rules of the server's packages.
 *
 * @param root the package whose sub-packages are the features
 */
record ArchitectureRules(String root) {
    private static final Pattern EDGE =
            Pattern.compile(".*GrpcService|.*ProtoMapper|Grpc.*Gateway");

    private static final Pattern SAYS_NOTHING = Pattern.compile(".*(Impl|Utils?|Helper|Manager)");

    /** The methods of {@link Math} that give the same bits on every machine. */
    private static final Set<String> EXACT =
            Set.of(
                    "abs",
                    "addExact",
                    "ceil",
                    "ceilDiv",
                    "clamp",
                    "floor",
                    "floorDiv",
                    "floorMod",
                    "fma",
                    "getExponent",
                    "incrementExact",
                    "max",
                    "min",
                    "multiplyExact",
                    "multiplyHigh",
                    "negateExact",
                    "nextDown",
                    "nextUp",
                    "rint",
                    "round",
                    "scalb",
                    "signum",
                    "sqrt",
                    "subtractExact",
                    "toIntExact",
                    "ulp",
                    "unsignedMultiplyHigh");

    /** A feature is a package below the root; what is below {@code platform} is cut once more. */
    ArchRule featuresHaveNoCycles() {
        return slices().assignedFrom(features()).should().beFreeOfCycles().allowEmptyShould(true);
    }

    ArchRule statisticsImportOnlyMathematics() {
        return noClasses()
                .that()
                .resideInAPackage(root + ".stats..")
                .should()
                .dependOnClassesThat(
                        DescribedPredicate.not(
                                resideInAnyPackage(
                                                root + ".stats..",
                                                "java.lang..",
                                                "java.math..",
                                                "java.nio",
                                                "java.util..",
                                                "org.HdrHistogram..",
                                                "org.hipparchus..",
                                                "org.jspecify..")
                                        .or(equivalentTo(Duration.class))))
                .because("statistics do no input or output, know no clock and no framework")
                .allowEmptyShould(true);
    }

    ArchRule statisticsGiveTheSameBitsEverywhere() {
        return noClasses()
                .that()
                .resideInAPackage(root + ".stats..")
                .should()
                .callMethodWhere(
                        describe("is a method of Math that may differ", this::isInexactMath))
                .because("decisions are repeated bit by bit: use StrictMath or FastMath")
                .allowEmptyShould(true);
    }

    ArchRule protobufStaysAtTheEdge() {
        return noClasses()
                .that(
                        describe(
                                "are no *GrpcService, *ProtoMapper, Grpc*Gateway",
                                type -> !EDGE.matcher(outermost(type)).matches()))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.tidegate.proto..")
                .allowEmptyShould(true);
    }

    ArchRule hasOneDoor(String library, String door) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(root + "." + door + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library + "..")
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

    private SliceAssignment features() {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return feature(type.getPackageName());
            }

            @Override
            public String getDescription() {
                return "features";
            }
        };
    }

    private SliceIdentifier feature(String packageName) {
        if (!packageName.startsWith(root + ".")) {
            return SliceIdentifier.ignore();
        }
        String[] parts = packageName.substring(root.length() + 1).split("\\.", -1);
        return parts[0].equals("platform") && parts.length > 1
                ? SliceIdentifier.of("platform." + parts[1])
                : SliceIdentifier.of(parts[0]);
    }

    private boolean isInexactMath(JavaMethodCall call) {
        return call.getTargetOwner().isEquivalentTo(Math.class)
                && !EXACT.contains(call.getTarget().getName());
    }

    private static String outermost(JavaClass type) {
        return type.getEnclosingClass()
                .map(ArchitectureRules::outermost)
                .orElse(type.getSimpleName());
    }
}
