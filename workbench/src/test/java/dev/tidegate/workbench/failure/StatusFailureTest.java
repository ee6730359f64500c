package dev.tidegate.workbench.failure;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class StatusFailureTest {
    @Test
    void namesTheFieldThatTheServerNamed() {
        BadRequest detail =
                BadRequest.newBuilder()
                        .addFieldViolations(
                                BadRequest.FieldViolation.newBuilder().setField("tenure"))
                        .build();
        var error =
                StatusProto.toStatusRuntimeException(
                        com.google.rpc.Status.newBuilder()
                                .setCode(Code.INVALID_ARGUMENT_VALUE)
                                .setMessage("too long")
                                .addDetails(Any.pack(detail))
                                .build());

        assertThat(StatusFailure.of(error))
                .isInstanceOfSatisfying(
                        ServiceFailure.Invalid.class,
                        invalid -> {
                            assertThat(invalid.field()).contains("tenure");
                            assertThat(invalid.message()).isEqualTo("too long");
                        });
    }

    @Test
    void takesAStaleApprovalForAConflict() {
        assertThat(
                        StatusFailure.of(
                                Status.FAILED_PRECONDITION
                                        .withDescription("evidence changed")
                                        .asRuntimeException()))
                .isEqualTo(new ServiceFailure.Conflict("evidence changed"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.Code.class,
            names = {"UNAUTHENTICATED", "PERMISSION_DENIED", "UNIMPLEMENTED"})
    void doesNotTryAgainWithoutAKeyARightOrTheCall(Status.Code code) {
        assertThat(StatusFailure.of(code.toStatus().asRuntimeException()).isFinal()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.Code.class,
            names = {"UNAVAILABLE", "INTERNAL", "RESOURCE_EXHAUSTED", "CANCELLED"})
    void triesAgainWhenTheServerMayRecover(Status.Code code) {
        assertThat(StatusFailure.of(code.toStatus().asRuntimeException()).isFinal()).isFalse();
    }
}
