package dev.tidegate.server.retraining;

import dev.tidegate.proto.v1.TrainRequest;
import dev.tidegate.proto.v1.TrainResponse;
import dev.tidegate.server.identity.Principal;
import dev.tidegate.server.platform.error.TidegateException;
import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One retraining on its way: a header, then the data set in pieces, then progress and result. */
final class TrainingCallGrpcService implements StreamObserver<TrainRequest> {
    private final TrainingRuns runs;
    private final RunFolders folders;
    private final Principal principal;
    private final ServerCallStreamObserver<TrainResponse> observer;
    private TrainRequest.@Nullable Header header;
    private @Nullable RunFolder folder;

    TrainingCallGrpcService(
            TrainingRuns runs,
            RunFolders folders,
            Principal principal,
            ServerCallStreamObserver<TrainResponse> observer) {
        this.runs = runs;
        this.folders = folders;
        this.principal = principal;
        this.observer = observer;
        observer.setOnCancelHandler(this::discard);
    }

    @Override
    public void onNext(TrainRequest request) {
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

    @Override
    public void onError(Throwable cause) {
        discard();
    }

    @Override
    public void onCompleted() {
        TrainingReport report;
        try {
            report = train();
        } finally {
            discard();
        }
        observer.onNext(TrainingProtoMapper.result(report));
        observer.onCompleted();
    }

    private void begin(TrainRequest.Header first) {
        if (header != null) {
            throw TidegateException.invalid(
                    "a second header came, expected chunks only after the first");
        }
        header = first;
        folder = folders.begin(UUID.randomUUID());
    }

    private RunFolder begun() {
        RunFolder begun = folder;
        if (begun == null) {
            throw TidegateException.invalid("a chunk came first, expected a header");
        }
        return begun;
    }

    private TrainingReport train() {
        TrainRequest.Header first = header;
        if (first == null) {
            throw TidegateException.invalid("no header came, expected one before the chunks");
        }
        RunFolder data = begun();
        data.complete();
        return interruptibly(TrainingProtoMapper.order(first, data));
    }

    /** The call's other callbacks wait for this one, so its end is heard from its context. */
    private TrainingReport interruptibly(TrainingOrder order) {
        Thread self = Thread.currentThread();
        Context call = Context.current();
        Context.CancellationListener stop = context -> self.interrupt();
        call.addListener(stop, Runnable::run);
        try {
            return runs.run(order, principal, this::report);
        } catch (InterruptedException e) {
            self.interrupt();
            throw TidegateException.unavailable("the training was stopped: its caller has gone");
        } finally {
            call.removeListener(stop);
        }
    }

    private void report(TrainingProgress progress) {
        if (!observer.isCancelled()) {
            observer.onNext(TrainingProtoMapper.progress(progress));
        }
    }

    private void discard() {
        RunFolder begun = folder;
        folder = null;
        if (begun != null) {
            begun.close();
        }
    }
}
