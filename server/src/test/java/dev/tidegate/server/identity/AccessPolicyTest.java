package dev.tidegate.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.server.TestContext;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.grpc.DataPlane;
import io.grpc.BindableService;
import io.grpc.ServerMethodDefinition;
import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessPolicyTest {
    /**
     * The first letters of the roles that may call: Admin, Engineer, aPprover, Viewer, Inference.
     */
    private static final String TABLE =
            """
            IdentityService/WhoAmI AEPVI
            IdentityService/CreateKey A
            IdentityService/ListKeys A
            IdentityService/RevokeKey A
            RegistryService/RegisterVersion AE
            RegistryService/ListModels AEPV
            RegistryService/GetModel AEPV
            RegistryService/SetAlias AE
            RegistryService/LoadVersion AE
            RegistryService/UnloadVersion AE
            RegistryService/SetVersionSettings AE
            RegistryService/ListReplicaMemory AEPV
            RouteService/GetRoute AEPV
            RouteService/SetFallback AE
            RolloutService/StartRollout AE
            RolloutService/GetRollout AEPV
            RolloutService/ListRollouts AEPV
            RolloutService/WatchRollout AEPV
            RolloutService/ApproveRollout AP
            RolloutService/HoldRollout AEP
            RolloutService/ResumeRollout AEP
            RolloutService/RollBackRollout AEP
            FleetService/WatchFleet AEPV
            FleetService/GetServer AEPV
            PredictionLogService/GetEntry AEPV
            PredictionLogService/CountEntries AEPV
            PredictionLogService/ListEntries AEPV
            PredictionLogService/GetLogSettings AEPV
            PredictionLogService/SetLogSettings AE
            AuditService/VerifyAudit AEPV
            AuditService/ListAuditEvents AEPV
            TrainingService/Train AE
            BatchService/SubmitBatch AE
            BatchService/GetBatch AEPV
            BatchService/ListBatches AEPV
            BatchService/WatchBatch AEPV
            BatchService/CancelBatch AEP
            BatchService/GetBatchResult AEPV
            """;

    private static final Map<Role, String> LETTERS =
            Map.of(
                    Role.ADMIN, "A",
                    Role.ENGINEER, "E",
                    Role.APPROVER, "P",
                    Role.VIEWER, "V",
                    Role.INFERENCE, "I");

    @Test
    void letsEachRoleCallWhatItIsFor() {
        Map<String, String> found = new TreeMap<>();
        expected()
                .keySet()
                .forEach(
                        method ->
                                found.put(
                                        method,
                                        Stream.of(Role.values())
                                                .filter(role -> mayCall(method, role))
                                                .map(LETTERS::get)
                                                .collect(Collectors.joining())));
        assertThat(found).isEqualTo(expected());
    }

    @Test
    void hasAnEntryForEachCallOfTheControlProtocol(@TempDir Path home) {
        try (ApplicationContext context = TestContext.start(home)) {
            Set<String> served =
                    context.getBeansOfType(BindableService.class).stream()
                            .flatMap(service -> service.bindService().getMethods().stream())
                            .map(ServerMethodDefinition::getMethodDescriptor)
                            .filter(method -> !DataPlane.serves(method))
                            .map(method -> method.getFullMethodName())
                            .collect(Collectors.toSet());
            assertThat(served)
                    .isEqualTo(
                            expected().keySet().stream()
                                    .map(method -> "tidegate.v1." + method)
                                    .collect(Collectors.toSet()));
        }
    }

    @Test
    void letsOnlyThoseWhoMayChangeLoadThroughTheDataPlane() {
        for (String call : List.of("RepositoryModelLoad", "RepositoryModelUnload")) {
            String method = "inference.GRPCInferenceService/" + call;
            assertThat(AccessPolicy.needsKey(method)).isTrue();
            AccessPolicy.check(method, principal(Role.ENGINEER));
            AccessPolicy.check(method, principal(Role.ADMIN));
            for (Role role : List.of(Role.APPROVER, Role.VIEWER, Role.INFERENCE)) {
                assertThatThrownBy(() -> AccessPolicy.check(method, principal(role)))
                        .isInstanceOf(TidegateException.class);
            }
        }
        assertThat(AccessPolicy.needsKey("inference.GRPCInferenceService/RepositoryIndex"))
                .isFalse();
    }

    @Test
    void refusesACallThatHasNoEntry() {
        assertThatThrownBy(
                        () ->
                                AccessPolicy.check(
                                        "tidegate.v1.KeyService/Steal", principal(Role.ADMIN)))
                .hasMessageContaining("'tidegate.v1.KeyService/Steal' has no entry");
    }

    private static Map<String, String> expected() {
        return TABLE.lines()
                .map(line -> line.split(" "))
                .collect(
                        Collectors.toMap(
                                line -> line[0], line -> line[1], (a, b) -> a, TreeMap::new));
    }

    private static boolean mayCall(String method, Role role) {
        try {
            AccessPolicy.check("tidegate.v1." + method, principal(role));
            return true;
        } catch (TidegateException e) {
            return false;
        }
    }

    private static Principal principal(Role role) {
        return new Principal("id", "ada", Set.of(role));
    }
}
