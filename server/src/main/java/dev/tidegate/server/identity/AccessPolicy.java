package dev.tidegate.server.identity;

import static dev.tidegate.server.identity.Role.ADMIN;
import static dev.tidegate.server.identity.Role.APPROVER;
import static dev.tidegate.server.identity.Role.ENGINEER;
import static dev.tidegate.server.identity.Role.INFERENCE;
import static dev.tidegate.server.identity.Role.VIEWER;

import dev.tidegate.server.platform.error.TidegateException;
import java.util.Map;
import java.util.Set;

/** Which roles may call which control method. A method that is not listed is refused. */
final class AccessPolicy {
    private static final Role[] EVERYBODY = {ADMIN, ENGINEER, APPROVER, VIEWER, INFERENCE};
    private static final Role[] LOOK = {ADMIN, ENGINEER, APPROVER, VIEWER};
    private static final Role[] CHANGE = {ADMIN, ENGINEER};
    private static final Role[] APPROVE = {ADMIN, APPROVER};
    private static final Role[] STOP = {ADMIN, ENGINEER, APPROVER};
    private static final Role[] ADMINISTER = {ADMIN};

    private static final Map<String, Role[]> METHODS =
            Map.ofEntries(
                    Map.entry("IdentityService/WhoAmI", EVERYBODY),
                    Map.entry("IdentityService/CreateKey", ADMINISTER),
                    Map.entry("IdentityService/ListKeys", ADMINISTER),
                    Map.entry("IdentityService/RevokeKey", ADMINISTER),
                    Map.entry("RegistryService/RegisterVersion", CHANGE),
                    Map.entry("RegistryService/ListModels", LOOK),
                    Map.entry("RegistryService/GetModel", LOOK),
                    Map.entry("RegistryService/SetAlias", CHANGE),
                    Map.entry("RegistryService/LoadVersion", CHANGE),
                    Map.entry("RegistryService/UnloadVersion", CHANGE),
                    Map.entry("RegistryService/SetVersionSettings", CHANGE),
                    Map.entry("RegistryService/ListReplicaMemory", LOOK),
                    Map.entry("RouteService/GetRoute", LOOK),
                    Map.entry("RouteService/SetFallback", CHANGE),
                    Map.entry("RolloutService/StartRollout", CHANGE),
                    Map.entry("RolloutService/GetRollout", LOOK),
                    Map.entry("RolloutService/ListRollouts", LOOK),
                    Map.entry("RolloutService/WatchRollout", LOOK),
                    Map.entry("RolloutService/ApproveRollout", APPROVE),
                    Map.entry("RolloutService/HoldRollout", STOP),
                    Map.entry("RolloutService/ResumeRollout", STOP),
                    Map.entry("RolloutService/RollBackRollout", STOP),
                    Map.entry("FleetService/WatchFleet", LOOK),
                    Map.entry("FleetService/GetServer", LOOK),
                    Map.entry("PredictionLogService/GetEntry", LOOK),
                    Map.entry("PredictionLogService/CountEntries", LOOK),
                    Map.entry("PredictionLogService/ListEntries", LOOK),
                    Map.entry("PredictionLogService/GetLogSettings", LOOK),
                    Map.entry("PredictionLogService/SetLogSettings", CHANGE),
                    Map.entry("AuditService/VerifyAudit", LOOK),
                    Map.entry("AuditService/ListAuditEvents", LOOK),
                    Map.entry("TrainingService/Train", CHANGE),
                    Map.entry("BatchService/SubmitBatch", CHANGE),
                    Map.entry("BatchService/GetBatch", LOOK),
                    Map.entry("BatchService/ListBatches", LOOK),
                    Map.entry("BatchService/WatchBatch", LOOK),
                    Map.entry("BatchService/CancelBatch", STOP),
                    Map.entry("BatchService/GetBatchResult", LOOK));

    /** Calls of the data plane that need a key even on loopback, by their full names. */
    private static final Map<String, Role[]> DATA_PLANE =
            Map.of(
                    "inference.GRPCInferenceService/RepositoryModelLoad", CHANGE,
                    "inference.GRPCInferenceService/RepositoryModelUnload", CHANGE);

    /** What probes and foreign clients call before they have a key, by their full names. */
    private static final Set<String> OPEN =
            Set.of(
                    "inference.GRPCInferenceService/ServerLive",
                    "inference.GRPCInferenceService/ServerReady",
                    "grpc.health.v1.Health/Check",
                    "grpc.health.v1.Health/Watch",
                    "grpc.health.v1.Health/List",
                    "grpc.reflection.v1.ServerReflection/ServerReflectionInfo");

    /** Calls that tell of models without asking one, by their full names. */
    private static final Set<String> ABOUT_MODELS =
            Set.of(
                    "inference.GRPCInferenceService/ServerMetadata",
                    "inference.GRPCInferenceService/ModelMetadata",
                    "inference.GRPCInferenceService/ModelReady",
                    "inference.GRPCInferenceService/ModelConfig",
                    "inference.GRPCInferenceService/ModelStatistics",
                    "inference.GRPCInferenceService/RepositoryIndex");

    private AccessPolicy() {}

    /** Returns whether a call of the data plane only asks about models. */
    static boolean isAboutModels(String fullMethodName) {
        return ABOUT_MODELS.contains(fullMethodName);
    }

    /** Returns whether everybody may call the method, wherever the server listens. */
    static boolean isOpen(String fullMethodName) {
        return OPEN.contains(fullMethodName);
    }

    /** Returns whether the method is for those who ask models. */
    static boolean asksModels(String fullMethodName) {
        return fullMethodName.startsWith("inference.") && !needsKey(fullMethodName);
    }

    /** Returns whether the method may not be called without a key, wherever the server listens. */
    static boolean needsKey(String fullMethodName) {
        return DATA_PLANE.containsKey(fullMethodName);
    }

    /** Refuses a principal without a role that the method asks for. */
    static void check(String fullMethodName, Principal principal) {
        Role[] guarded = DATA_PLANE.get(fullMethodName);
        if (guarded != null) {
            principal.require(guarded);
        }
        if (!fullMethodName.startsWith("tidegate.v1.")) {
            return;
        }
        Role[] roles = METHODS.get(fullMethodName.substring("tidegate.v1.".length()));
        if (roles == null) {
            throw TidegateException.notAllowed(
                    "method '" + fullMethodName + "' has no entry in the access policy");
        }
        principal.require(roles);
    }
}
