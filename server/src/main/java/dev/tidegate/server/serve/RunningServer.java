package dev.tidegate.server.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidegate.server.inference.onnx.OnnxRuntime;
import dev.tidegate.server.platform.build.BuildVersion;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.grpc.EdgeConfig;
import dev.tidegate.server.platform.grpc.GrpcEdge;
import dev.tidegate.server.platform.home.Home;
import dev.tidegate.server.platform.home.OwnerOnly;
import dev.tidegate.server.platform.http.HttpEdge;
import dev.tidegate.server.platform.lifecycle.Startup;
import dev.tidegate.server.platform.logging.LogConfig;
import dev.tidegate.server.platform.logging.LogOutput;
import dev.tidegate.server.platform.tls.ServerTls;
import dev.tidegate.server.platform.tls.TlsConfig;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.exceptions.BeanInstantiationException;
import io.micronaut.core.order.OrderUtil;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A server from its start to its end. */
public final class RunningServer implements AutoCloseable {
    private final ApplicationContext context;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final String readyLine;

    private RunningServer(ApplicationContext context, Ports ports) {
        this.context = context;
        this.readyLine = readyLine(ports, context.getBean(TlsConfig.class).certificate());
    }

    /**
     * Starts everything; returns when calls are taken, or throws and leaves nothing running.
     *
     * @param stop is given when the process exits by any other way than a signal
     */
    static RunningServer start(ServeFlags flags, StopSignal stop) {
        ApplicationContext context = context(flags);
        try {
            Ports ports = bring(context);
            RunningServer server = new RunningServer(context, ports);
            OwnerOnly.write(context.getBean(Home.class).serverFile(), server.readyLine + "\n");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> server.awaitEnd(stop), "stop"));
            return server;
        } catch (IOException e) {
            context.close();
            throw new UncheckedIOException("the server's ports cannot be written to its home", e);
        } catch (RuntimeException e) {
            context.close();
            throw rootCause(e);
        }
    }

    private static ApplicationContext context(ServeFlags flags) {
        Map<String, Object> file =
                flags.config() == null ? Map.of() : ConfigFile.read(flags.config());
        ApplicationContextBuilder builder =
                ApplicationContext.builder()
                        .banner(false)
                        .deduceEnvironment(false)
                        .properties(
                                Map.of(
                                        "endpoints.all.enabled", false,
                                        "endpoints.health.enabled", true))
                        .propertySources(
                                PropertySource.of("file", file, -400),
                                PropertySource.of("flags", flags.settings(), 1000));
        ApplicationContext context = builder.start();
        try {
            KnownSettings.check(context, file.keySet());
            KnownSettings.checkEnvironment(context, System.getenv());
            SettingValues.check(context);
            LogOutput.use(context.getBean(LogConfig.class).format());
            OnnxRuntime.preload();
            return context;
        } catch (RuntimeException e) {
            context.close();
            throw e;
        }
    }

    private static Ports bring(ApplicationContext context) {
        EdgeConfig edge = context.getBean(EdgeConfig.class);
        ServerTls tls = context.getBean(ServerTls.class);
        edge.checkBind(tls.isOn());
        context.getBean(Home.class);
        Ports ports = Ports.reserve(edge);
        List<Startup> steps = new ArrayList<>(context.getBeansOfType(Startup.class));
        OrderUtil.sort(steps);
        steps.forEach(Startup::start);
        GrpcEdge grpc = context.getBean(GrpcEdge.class);
        grpc.start(ports.grpc());
        startManagement(context, edge, ports);
        context.getBean(HttpEdge.class).start(ports.http());
        grpc.serving(true);
        return ports;
    }

    private static void startManagement(ApplicationContext context, EdgeConfig edge, Ports ports) {
        Map<String, Object> listeners = new LinkedHashMap<>();
        listeners.put("micronaut.server.netty.listeners.management.host", edge.managementAddress());
        listeners.put("micronaut.server.netty.listeners.management.port", ports.management());
        context.getEnvironment().addPropertySource(PropertySource.of("listeners", listeners, 2000));
        context.getBean(EmbeddedServer.class).start();
    }

    private static RuntimeException rootCause(RuntimeException failure) {
        Throwable cause = failure;
        while (cause instanceof BeanInstantiationException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof RuntimeException runtime ? runtime : failure;
    }

    private static String readyLine(Ports ports, @Nullable String certificate) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("ready", true);
        line.put("http", ports.http());
        line.put("grpc", ports.grpc());
        line.put("management", ports.management());
        if (certificate != null) {
            line.put("tls", Path.of(certificate).toAbsolutePath().toString());
        }
        try {
            line.put("version", new BuildVersion().number());
            return JsonMapper.builder().build().writeValueAsString(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the ready line cannot be written", e);
        } catch (IOException e) {
            throw TidegateException.unavailable(
                    "the build's version cannot be read: " + e.getMessage());
        }
    }

    String readyLine() {
        return readyLine;
    }

    ServerTls tls() {
        return context.getBean(ServerTls.class);
    }

    private void awaitEnd(StopSignal stop) {
        stop.give();
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Drains the edge, then stops the rest. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(context.getBean(Home.class).serverFile());
            HttpEdge http = context.getBean(HttpEdge.class);
            http.drain();
            context.getBean(GrpcEdge.class).close();
            http.close();
            context.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the file with the server's ports cannot be deleted", e);
        } finally {
            stopped.countDown();
        }
    }
}
