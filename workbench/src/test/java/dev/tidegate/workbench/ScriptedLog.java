package dev.tidegate.workbench;

import com.google.protobuf.ByteString;
import dev.tidegate.proto.inference.InferTensorContents;
import dev.tidegate.proto.inference.ModelInferRequest;
import dev.tidegate.proto.v1.Entry;
import dev.tidegate.proto.v1.GetEntryRequest;
import dev.tidegate.proto.v1.GetEntryResponse;
import dev.tidegate.proto.v1.ListEntriesRequest;
import dev.tidegate.proto.v1.ListEntriesResponse;
import dev.tidegate.proto.v1.PredictionLogServiceGrpc;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;

/** A log of a failed request, of one with a redacted field, and of one that was not kept. */
public final class ScriptedLog extends PredictionLogServiceGrpc.PredictionLogServiceImplBase {
    public static final String ID = "0198c0de-2222-7000-8000-00000000beef";

    public static final String REDACTED = "0198c0de-3333-7000-8000-00000000beef";
    public static final String ABSENT = "0198c0de-4444-7000-8000-00000000beef";

    @Override
    public void listEntries(
            ListEntriesRequest request, StreamObserver<ListEntriesResponse> observer) {
        observer.onNext(ListEntriesResponse.newBuilder().addEntries(entry()).build());
        observer.onCompleted();
    }

    @Override
    public void getEntry(GetEntryRequest request, StreamObserver<GetEntryResponse> observer) {
        Entry kept = kept(request.getRequestId());
        if (kept.getId().isEmpty()) {
            observer.onError(
                    Status.NOT_FOUND
                            .withDescription("No entry " + request.getRequestId())
                            .asRuntimeException());
            return;
        }
        observer.onNext(GetEntryResponse.newBuilder().addEntries(kept).build());
        observer.onCompleted();
    }

    private static Entry kept(String id) {
        Entry.Builder entry = entry().toBuilder().setId(id).setRequest(request().toByteString());
        return switch (id) {
            case ID -> entry.build();
            case REDACTED -> entry.addRedacted("contract").addRedacted("tidegate_unit").build();
            case ABSENT ->
                    entry.clearRequest()
                            .setAbsent("not kept: this model's log is sampled at 10 %")
                            .build();
            default -> Entry.getDefaultInstance();
        };
    }

    private static Entry entry() {
        return Entry.newBuilder()
                .setId(ID)
                .setAt(ScriptedServer.timestamp(ScriptedFleet.START.plusSeconds(200)))
                .setModel("churn")
                .setRoutedVersion("v2")
                .setAnsweredVersion("v1")
                .setArm("candidate")
                .setReason("failover")
                .setOutcome("FAILED")
                .setError("category 'One year' is unknown to the graph")
                .setTotalMicros(2_310)
                .build();
    }

    /** One input typed, as most clients send it. */
    private static ModelInferRequest request() {
        return ModelInferRequest.newBuilder()
                .setModelName("churn")
                .addInputs(
                        input(
                                "tenure",
                                "FP32",
                                InferTensorContents.newBuilder().addFp32Contents(34)))
                .addInputs(
                        input(
                                "total_charges",
                                "FP32",
                                InferTensorContents.newBuilder().addFp32Contents(Float.NaN)))
                .addInputs(
                        input(
                                "contract",
                                "BYTES",
                                InferTensorContents.newBuilder()
                                        .addBytesContents(ByteString.copyFromUtf8("One year"))))
                .build();
    }

    private static ModelInferRequest.InferInputTensor.Builder input(
            String name, String datatype, InferTensorContents.Builder contents) {
        return ModelInferRequest.InferInputTensor.newBuilder()
                .setName(name)
                .setDatatype(datatype)
                .addShape(1)
                .addShape(1)
                .setContents(contents);
    }
}
