package dev.tidegate.archsamples.beta;

import dev.tidegate.proto.inference.ServerLiveRequest;
import java.util.function.Supplier;

/** May see generated classes, in its nested classes too. */
record GrpcLiveGateway(ServerLiveRequest request) {
    record Call(Supplier<ServerLiveRequest> request) {}
}
