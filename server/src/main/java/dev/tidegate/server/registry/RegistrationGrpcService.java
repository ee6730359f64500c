package dev.tidegate.server.registry;

import dev.tidegate.proto.v1.RegisterVersionRequest;
import dev.tidegate.proto.v1.RegisterVersionResponse;
import dev.tidegate.proto.v1.Version;
import dev.tidegate.server.identity.Principal;
import dev.tidegate.server.platform.error.TidegateException;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One version on its way in: a header, then the artifact in pieces. */
final class RegistrationGrpcService implements StreamObserver<RegisterVersionRequest> {
    private final ArtifactStore artifacts;
    private final VersionRegistration registration;
    private final Principal principal;
    private final Function<RegisteredVersion, Version> messages;
    private final StreamObserver<RegisterVersionResponse> observer;
    private @Nullable NewVersion version;
    private long announced;
    private Optional<RemotePlace> remote = Optional.empty();
    private @Nullable ArtifactUpload upload;

    RegistrationGrpcService(
            ArtifactStore artifacts,
            VersionRegistration registration,
            Principal principal,
            Function<RegisteredVersion, Version> messages,
            StreamObserver<RegisterVersionResponse> observer) {
        this.artifacts = artifacts;
        this.registration = registration;
        this.principal = principal;
        this.messages = messages;
        this.observer = observer;
    }

    @Override
    public void onNext(RegisterVersionRequest request) {
        try {
            switch (request.getPartCase()) {
                case HEADER -> begin(request.getHeader());
                case CHUNK -> begun().write(request.getChunk().toByteArray());
                case PART_NOT_SET ->
                        throw TidegateException.invalid(
                                "an empty part came, expected a header or a chunk");
            }
        } catch (RuntimeException e) {
            discard();
            throw e;
        }
    }

    private void begin(RegisterVersionRequest.Header header) {
        if (version != null) {
            throw TidegateException.invalid(
                    "a second header came, expected chunks only after the first");
        }
        version = RegistryProtoMapper.newVersion(header);
        remote = RegistryProtoMapper.remote(header);
        announced = header.getBytes();
        if (remote.isEmpty()) {
            upload = artifacts.begin();
        }
    }

    private ArtifactUpload begun() {
        ArtifactUpload begun = upload;
        if (begun == null) {
            throw TidegateException.invalid(
                    remote.isPresent()
                            ? "a chunk came after a header with a remote place, expected none"
                            : "a chunk came first, expected a header");
        }
        return begun;
    }

    @Override
    public void onError(Throwable cause) {
        discard();
    }

    @Override
    public void onCompleted() {
        try {
            observer.onNext(
                    RegisterVersionResponse.newBuilder()
                            .setVersion(messages.apply(register()))
                            .build());
            observer.onCompleted();
        } finally {
            discard();
        }
    }

    private RegisteredVersion register() {
        NewVersion header = version;
        if (header == null) {
            throw TidegateException.invalid("no header came, expected one before the chunks");
        }
        return remote.isPresent()
                ? registration.register(header, remote.get(), principal)
                : register(header, begun());
    }

    private RegisteredVersion register(NewVersion header, ArtifactUpload whole) {
        if (announced != 0 && announced != whole.bytes()) {
            throw TidegateException.invalid(
                    "%d bytes of artifact came, expected %d as the header says"
                            .formatted(whole.bytes(), announced));
        }
        return registration.register(header, whole, principal);
    }

    private void discard() {
        ArtifactUpload begun = upload;
        upload = null;
        if (begun != null) {
            begun.close();
        }
    }
}
