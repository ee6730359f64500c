package dev.tidegate.server.inference.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.registry.ExecutionProvider;
import dev.tidegate.server.registry.GraphOptimization;
import dev.tidegate.server.registry.ModelSignature;
import dev.tidegate.server.registry.VersionSettings;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Opens ONNX files. */
@Singleton
public final class OnnxRuntime {
    private final OrtEnvironment environment;
    private final TensorFactory tensors;
    private final OnnxConfig config;
    private final SessionCount sessions = new SessionCount();

    public OnnxRuntime(OnnxConfig config) {
        this.config = config;
        this.environment = library();
        this.tensors = new TensorFactory(environment);
    }

    /** Begins to load the library, which takes a while, before anybody needs it. */
    public static void preload() {
        RuntimeTelemetry.switchOff();
        Thread.ofPlatform().daemon().name("onnx-runtime-load").start(OnnxRuntime::library);
    }

    private static synchronized OrtEnvironment library() {
        RuntimeTelemetry.switchOff();
        return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "tidegate");
    }

    /** Returns the runtime's version. */
    public String version() {
        return environment.getVersion();
    }

    /** Returns how many sessions for runs are open. */
    public int openSessions() {
        return sessions.open();
    }

    int closedSessions() {
        return sessions.closed();
    }

    void trimMemory() {
        tensors.memory().trim();
    }

    /** Returns how much memory outside of the heap holds inputs and outputs. */
    public long bufferBytes() {
        return tensors.memory().bytes();
    }

    /** Returns whether the runtime was built with the provider. */
    public boolean offers(ExecutionProvider provider) {
        return SessionChoice.isOffered(provider);
    }

    /**
     * Returns what the file's graph takes and gives, having loaded it.
     *
     * @param name what to call the file in an error
     * @throws dev.tidegate.server.platform.error.TidegateException when the file is no ONNX graph
     *     that this runtime can run, with the runtime's reason
     */
    public OnnxGraph inspect(String name, Path file) {
        try (OrtSession session = load(name, file, VersionSettings.DEFAULT)) {
            return OnnxGraph.of(session);
        } catch (OrtException e) {
            throw refused(name, file, e);
        }
    }

    /** Returns a session that takes and gives what the signature says, which fits the graph. */
    public OnnxSession open(String name, Path file, ModelSignature signature) {
        return open(name, file, signature, VersionSettings.DEFAULT);
    }

    /**
     * Returns a session as above.
     *
     * @throws TidegateException precondition when the runtime lacks what the settings ask for
     */
    public OnnxSession open(
            String name, Path file, ModelSignature signature, VersionSettings settings) {
        List<OrtSession> sessions = new ArrayList<>();
        try {
            for (int i = 0; i < settings.instances().orElse(1); i++) {
                sessions.add(load(name, file, settings));
            }
        } catch (RuntimeException | Error e) {
            OnnxSession.close(sessions);
            throw e;
        }
        return new OnnxSession(
                tensors,
                sessions,
                new TensorNames(signature),
                config.scratchBytes(),
                threads(settings),
                this.sessions);
    }

    private int threads(VersionSettings settings) {
        return settings.intraOpThreads().orElse(config.intraOpThreads());
    }

    private OrtSession load(String name, Path file, VersionSettings settings) {
        if (!Files.isRegularFile(file)) {
            throw TidegateException.notFound("'%s' has no file at %s".formatted(name, file));
        }
        try (SessionOptions options = new SessionOptions()) {
            options.setIntraOpNumThreads(threads(settings));
            options.setInterOpNumThreads(1);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            options.setOptimizationLevel(
                    SessionChoice.level(settings.optimization().orElse(GraphOptimization.ALL)));
            SessionChoice.provide(options, name, settings.provider().orElse(ExecutionProvider.CPU));
            return environment.createSession(file.toString(), options);
        } catch (OrtException e) {
            throw refused(name, file, e);
        }
    }

    private static TidegateException refused(String name, Path file, OrtException failure) {
        return TidegateException.invalid(
                "'%s' is not an ONNX graph that ONNX Runtime can run: %s"
                        .formatted(name, OrtReason.of(failure, file)));
    }
}
