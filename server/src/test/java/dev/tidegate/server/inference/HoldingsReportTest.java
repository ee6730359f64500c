package dev.tidegate.server.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidegate.proto.v1.ListReplicaMemoryRequest;
import dev.tidegate.proto.v1.LogSettings;
import dev.tidegate.proto.v1.PredictionLogServiceGrpc;
import dev.tidegate.proto.v1.RegistryServiceGrpc;
import dev.tidegate.proto.v1.ReplicaMemory;
import dev.tidegate.proto.v1.SetLogSettingsRequest;
import dev.tidegate.proto.v1.VersionOnReplica;
import dev.tidegate.server.identity.FirstKey;
import dev.tidegate.server.inference.onnx.TestGraph;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.home.Home;
import dev.tidegate.server.platform.leader.Replica;
import dev.tidegate.server.platform.storage.Database;
import dev.tidegate.server.registry.RegisteredVersion;
import dev.tidegate.server.registry.VersionLoader;
import dev.tidegate.server.routing.ReplicaLease;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two replicas on one database, asked over gRPC what each has in memory. */
final class HoldingsReportTest {
    private static final Map<String, Object> SETTINGS =
            Map.of(
                    "tidegate.inference.warm-up",
                    "1ms",
                    "tidegate.inference.memory-bytes",
                    1L << 30,
                    "tidegate.routing.lease",
                    "10m");

    @TempDir private Path hereHome;
    @TempDir private Path thereHome;
    private InferenceServer here;
    private InferenceServer there;
    private Channel admin;

    @BeforeEach
    void start() throws IOException {
        here = InferenceServer.start(hereHome, SETTINGS);
        here.context.getBean(FirstKey.class).start();
        there = here.beside(thereHome, SETTINGS);
        Metadata key = new Metadata();
        key.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Bearer " + Files.readString(here.context.getBean(Home.class).adminKey()).strip());
        admin =
                ClientInterceptors.intercept(
                        here.channel, MetadataUtils.newAttachHeadersInterceptor(key));
    }

    @AfterEach
    void stop() {
        there.close();
        here.close();
    }

    @Test
    void saysWhatEachReplicaHas() throws IOException {
        RegisteredVersion one = registerOnBoth("1");
        RegisteredVersion two = registerOnBoth("2");
        load(here, one);
        load(there, one);
        load(there, two);
        tell();
        assertThat(memory()).hasSize(2).allMatch(ReplicaMemory::getLive);
        assertThat(of(here).getHere()).isTrue();
        assertThat(of(there).getHere()).isFalse();
        assertThat(words(here)).containsExactly("1 READY " + VersionSize.of(one));
        assertThat(words(there))
                .containsExactly(
                        "1 READY " + VersionSize.of(one), "2 READY " + VersionSize.of(two));
        assertThat(of(there).getBudgetBytes()).isEqualTo(1L << 30);
        assertThat(of(there).getTakenBytes()).isEqualTo(VersionSize.of(one) + VersionSize.of(two));
        assertThat(of(there).getVersions(0).hasSince()).isTrue();
    }

    @Test
    void forgetsWhatLeftMemoryAndKeepsSinceWhenTheRestIsThere() throws IOException {
        RegisteredVersion one = registerOnBoth("1");
        RegisteredVersion two = registerOnBoth("2");
        load(here, one);
        load(here, two);
        tell();
        VersionOnReplica before = of(here).getVersions(0);
        here.context.getBean(VersionLoader.class).unload(two.id());
        tell();
        assertThat(of(here).getVersionsList()).containsExactly(before);
        await().untilAsserted(
                        () -> {
                            tell();
                            assertThat(of(here).getTakenBytes()).isEqualTo(VersionSize.of(one));
                        });
    }

    @Test
    void writesOnlyWhatIsNew() throws IOException {
        load(here, registerOnBoth("1"));
        tell();
        database().transaction(tx -> tx.execute("delete from replica_memory"));
        tell();
        assertThat(memory()).isEmpty();
        load(here, registerOnBoth("2"));
        tell();
        assertThat(words(here)).hasSize(2);
    }

    @Test
    void saysWhyAVersionCouldNotBeLoadedUntilItIs() throws IOException {
        RegisteredVersion one = here.register("m", "1", TestGraph.plus(1));
        assertThatThrownBy(() -> load(there, one)).hasMessageContaining("cannot be read");
        tell();
        assertThat(words(there)).containsExactly("1 FAILED 0");
        assertThat(of(there).getVersions(0).getReason())
                .contains("the log of this replica")
                .doesNotContain(thereHome.toString());
        share(one);
        Files.write(
                there.context.getBean(Home.class).artifacts().resolve(file(one)), new byte[] {1});
        assertThatThrownBy(() -> load(there, one)).isInstanceOf(TidegateException.class);
        tell();
        assertThat(of(there).getVersions(0).getReason())
                .startsWith("artifact " + one.digest() + " is damaged");
        share(one);
        load(there, one);
        tell();
        assertThat(words(there)).containsExactly("1 READY " + VersionSize.of(one));
        assertThat(of(there).getVersions(0).getReason()).isEmpty();
        there.context.getBean(VersionLoader.class).unload(one.id());
        tell();
        assertThat(words(there)).isEmpty();
    }

    @Test
    void keepsNoReasonThatMayHoldARedactedValue() {
        RegisteredVersion one = here.register("m", "1", TestGraph.plus(1));
        PredictionLogServiceGrpc.newBlockingStub(admin)
                .setLogSettings(
                        SetLogSettingsRequest.newBuilder()
                                .setModel("m")
                                .setSettings(LogSettings.newBuilder().addRedacted("x"))
                                .build());
        here.context.getBean(FailedLoads.class).failed(one, TidegateException.invalid("4711"));
        tell();
        assertThat(of(here).getVersions(0).getReason()).contains("redacted").doesNotContain("4711");
    }

    @Test
    void tellsAReplicaThatIsNotHeardFromOneThatEnded() throws IOException {
        load(there, registerOnBoth("1"));
        tell();
        age(there, "1 minute");
        assertThat(of(there).getLive()).isFalse();
        assertThat(words(there)).hasSize(1);
        age(there, "11 minutes");
        assertThat(memory()).extracting(ReplicaMemory::getHere).containsExactly(true);
    }

    @Test
    void leavesNothingOfAReplicaThatEnds() throws IOException {
        load(there, registerOnBoth("1"));
        tell();
        there.context.getBean(HoldingsReport.class).start();
        there.context.getBean(HoldingsReport.class).close();
        assertThat(memory()).extracting(ReplicaMemory::getHere).containsExactly(true);
    }

    @Test
    void removesWhatReplicasSaidThatAreLongGone() throws IOException {
        load(there, registerOnBoth("1"));
        tell();
        age(there, "25 hours");
        here.context.getBean(HoldingsReport.class).start();
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void refusesAModelThatNobodyKnows() {
        assertThatThrownBy(() -> memory("nothing"))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND));
    }

    @Test
    void reportsByItself() throws IOException {
        there.context.getBean(HoldingsReport.class).start();
        load(there, registerOnBoth("1"));
        await().until(
                        () ->
                                memory().stream()
                                        .anyMatch(
                                                each ->
                                                        !each.getHere()
                                                                && each.getVersionsCount() == 1));
    }

    /** Has replicas of which each has the artifacts. */
    private RegisteredVersion registerOnBoth(String version) throws IOException {
        RegisteredVersion registered =
                here.register("m", version, TestGraph.plus(Float.parseFloat(version)));
        share(registered);
        return registered;
    }

    private void share(RegisteredVersion version) throws IOException {
        Path copy = there.context.getBean(Home.class).artifacts().resolve(file(version));
        Files.createDirectories(copy.getParent());
        Files.copy(
                here.context.getBean(Home.class).artifacts().resolve(file(version)),
                copy,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private static Path file(RegisteredVersion version) {
        return Path.of("sha256", version.digest().substring(0, 2), version.digest().substring(2));
    }

    private static void load(InferenceServer replica, RegisteredVersion version) {
        replica.context.getBean(VersionLoader.class).load(version);
    }

    private void tell() {
        here.context.getBean(HoldingsReport.class).tell();
        there.context.getBean(HoldingsReport.class).tell();
    }

    private Database database() {
        return here.context.getBean(Database.class);
    }

    private long rows() {
        return database()
                .read(
                        handle ->
                                handle.createQuery("select count(*) from replica_memory")
                                        .mapTo(Long.class)
                                        .one());
    }

    /** Makes a replica one that was heard last so long ago. */
    private void age(InferenceServer replica, String age) {
        replica.context.getBean(ReplicaLease.class).close();
        database()
                .transaction(
                        tx ->
                                tx.execute(
                                        "update replica set lease_until = clock_timestamp() - ?::interval"
                                                + " where boot = ?",
                                        age,
                                        replica.context.getBean(Replica.class).boot()));
    }

    private List<ReplicaMemory> memory() {
        return memory("m");
    }

    private List<ReplicaMemory> memory(String model) {
        return RegistryServiceGrpc.newBlockingStub(admin)
                .listReplicaMemory(ListReplicaMemoryRequest.newBuilder().setModel(model).build())
                .getReplicasList();
    }

    private ReplicaMemory of(InferenceServer replica) {
        return memory().stream()
                .filter(each -> each.getHere() == (replica == here))
                .findFirst()
                .orElseThrow();
    }

    private List<String> words(InferenceServer replica) {
        return of(replica).getVersionsList().stream()
                .map(
                        each ->
                                "%s %s %d"
                                        .formatted(
                                                each.getVersion(),
                                                each.getState(),
                                                each.getBytes()))
                .toList();
    }
}
