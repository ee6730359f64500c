package dev.tidegate.server.retraining;

import dev.tidegate.proto.v1.TrainRequest;
import dev.tidegate.proto.v1.TrainResponse;
import dev.tidegate.proto.v1.TrainingServiceGrpc;
import dev.tidegate.server.identity.CurrentPrincipal;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;

/** Retrainings over gRPC. */
@Singleton
final class TrainingGrpcService extends TrainingServiceGrpc.TrainingServiceImplBase {
    private final TrainingRuns runs;
    private final RunFolders folders;

    TrainingGrpcService(TrainingRuns runs, RunFolders folders) {
        this.runs = runs;
        this.folders = folders;
    }

    @Override
    public StreamObserver<TrainRequest> train(StreamObserver<TrainResponse> observer) {
        return new TrainingCallGrpcService(
                runs,
                folders,
                CurrentPrincipal.get(),
                (ServerCallStreamObserver<TrainResponse>) observer);
    }
}
