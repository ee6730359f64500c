package dev.tidegate.server.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.tidegate.proto.v1.Batch;
import dev.tidegate.proto.v1.BatchServiceGrpc;
import dev.tidegate.proto.v1.BatchState;
import dev.tidegate.proto.v1.GetBatchRequest;
import dev.tidegate.proto.v1.GetBatchResultRequest;
import dev.tidegate.proto.v1.Mutation;
import dev.tidegate.proto.v1.SubmitBatchRequest;
import dev.tidegate.proto.v1.SubmitBatchResponse;
import dev.tidegate.server.CommandRun;
import dev.tidegate.server.WholeServer;
import dev.tidegate.server.inference.onnx.TestGraph;
import dev.tidegate.server.platform.home.Home;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.BlockingClientCall;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BatchGrpcServiceTest {
    @TempDir private static Path folder;
    private static WholeServer server;
    private static ManagedChannel channel;
    private static Metadata credentials;

    @BeforeAll
    static void start() throws IOException {
        Path home = folder.resolve("home");
        server = WholeServer.start(home);
        Path graph = Files.write(folder.resolve("plus.onnx"), TestGraph.plus(1));
        assertThat(
                        CommandRun.of(
                                        "model",
                                        "register",
                                        "plus",
                                        graph.toString(),
                                        "--alias",
                                        "champion",
                                        "--home",
                                        home.toString())
                                .code())
                .isZero();
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
        credentials = new Metadata();
        credentials.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Bearer "
                        + Files.readString(server.context().getBean(Home.class).adminKey())
                                .strip());
    }

    @AfterAll
    static void stop() {
        channel.shutdownNow();
        server.close();
    }

    @Test
    void answersARepeatWithTheFirstJob() throws Exception {
        SubmitBatchRequest.Header once = header().setMutation(request("r-1")).build();

        String first = submit(once, "x\n1\n").getId();

        assertThat(submit(once, "x\n1\n").getId()).isEqualTo(first);
        assertThat(failure(once, "x\n2\n").getCode()).isEqualTo(Status.Code.ABORTED);
        assertThat(submit(header().build(), "x\n1\n").getId()).isNotEqualTo(first);
    }

    @Test
    void takesWhatAnotherJobHasReadOrWritten() throws Exception {
        String first = submit(header().setOutputForm("json").build(), "x\n1\n2\n").getId();
        Batch ended = ended(first);
        assertThat(result(first)).isEqualTo("{\"row\":1,\"y\":2.0}\n{\"row\":2,\"y\":3.0}\n");

        Batch again =
                ended(submit(header().setInputDigest(ended.getInputDigest()).build()).getId());

        assertThat(again.getRows()).isEqualTo(2);
        assertThat(result(again.getId())).isEqualTo("row,y,error\n1,2.0,\n2,3.0,\n");
        Status unknown = failure(header().setInputDigest("0".repeat(64)).build());
        assertThat(unknown.getCode()).isEqualTo(Status.Code.NOT_FOUND);
    }

    @Test
    void refusesAnInputThatIsTooLargeBeforeItComes() {
        Status refused = failure(header().setBytes((1L << 30) + 1).build());

        assertThat(refused.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(refused.getDescription()).contains("1073741825", "tidegate.batch.max-bytes");
    }

    @Test
    void refusesCallsThatAreNotWhole() {
        assertThat(failure(header().setBytes(99).build(), "x\n1\n").getDescription())
                .contains("4 bytes of input came, expected 99");
        assertThat(failure(header().setInputDigest("ABC").build()).getDescription())
                .contains("'ABC', expected 64 lower-case hex digits");
        assertThat(failure(header().setOutputForm("xml").build(), "x\n1\n").getDescription())
                .contains("output form 'xml' is unknown");
        assertThat(failure(null, "x\n1\n").getDescription()).contains("a chunk came first");
        assertThat(failure(header().build(), "").getDescription()).contains("rows.csv is empty");
        await().untilAsserted(
                        () ->
                                assertThat(folder.resolve("home/artifacts/incoming"))
                                        .isEmptyDirectory());
    }

    private static SubmitBatchRequest.Header.Builder header() {
        return SubmitBatchRequest.Header.newBuilder().setModel("plus").setInputName("rows.csv");
    }

    private static Mutation request(String id) {
        return Mutation.newBuilder().setRequestId(id).build();
    }

    private static Batch ended(String id) {
        await().until(() -> get(id).hasEndedAt());
        assertThat(get(id).getState())
                .as(get(id).getMessage())
                .isEqualTo(BatchState.BATCH_STATE_SUCCEEDED);
        return get(id);
    }

    private static Batch get(String id) {
        return BatchServiceGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(credentials))
                .getBatch(GetBatchRequest.newBuilder().setId(id).build())
                .getBatch();
    }

    private static String result(String id) {
        StringBuilder text = new StringBuilder();
        BatchServiceGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(credentials))
                .getBatchResult(GetBatchResultRequest.newBuilder().setId(id).build())
                .forEachRemaining(piece -> text.append(piece.getChunk().toStringUtf8()));
        return text.toString();
    }

    private static Status failure(
            SubmitBatchRequest.@org.jspecify.annotations.Nullable Header header, String... chunks) {
        try {
            submit(header, chunks);
        } catch (StatusException e) {
            return e.getStatus();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        throw new AssertionError("the job was taken");
    }

    private static Batch submit(
            SubmitBatchRequest.@org.jspecify.annotations.Nullable Header header, String... chunks)
            throws StatusException, InterruptedException {
        BlockingClientCall<SubmitBatchRequest, SubmitBatchResponse> call =
                BatchServiceGrpc.newBlockingV2Stub(channel)
                        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(credentials))
                        .submitBatch();
        Stream.concat(
                        Stream.ofNullable(header)
                                .map(h -> SubmitBatchRequest.newBuilder().setHeader(h).build()),
                        Stream.of(chunks)
                                .map(
                                        chunk ->
                                                SubmitBatchRequest.newBuilder()
                                                        .setChunk(ByteString.copyFromUtf8(chunk))
                                                        .build()))
                .forEach(part -> write(call, part));
        call.halfClose();
        SubmitBatchResponse answer = call.read();
        assertThat(answer).isNotNull();
        return answer.getBatch();
    }

    private static void write(
            BlockingClientCall<SubmitBatchRequest, SubmitBatchResponse> call,
            SubmitBatchRequest part) {
        try {
            call.write(part);
        } catch (InterruptedException | StatusException e) {
            assertThat(e).isInstanceOf(StatusException.class);
        }
    }
}
