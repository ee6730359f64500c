package dev.tidegate.server.inference.onnx;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Switches off the runtime's own telemetry.
 *
 * <p>ONNX Runtime 1.29 for Linux sends usage data out by default, and while it starts to, it
 * crashes the process when the command line is longer than 4 kB. The only switch that it reads
 * before that is a variable of the environment, which the launcher sets; where there was none, it
 * is set in this process before the library loads.
 */
final class RuntimeTelemetry {
    private static final String VARIABLE = "ORT_DISABLE_TELEMETRY";

    private RuntimeTelemetry() {}

    /** While no other thread looks at the environment; the launcher has done it before. */
    static void switchOff() {
        if ("1".equals(System.getenv(VARIABLE))) {
            return;
        }
        Linker linker = Linker.nativeLinker();
        Optional<MemorySegment> setenv = linker.defaultLookup().find("setenv");
        if (setenv.isPresent()) {
            call(linker, setenv.get());
        }
    }

    /** Calling a function of the C library is what this class is for. */
    @SuppressWarnings("restricted")
    private static void call(Linker linker, MemorySegment setenv) {
        MethodHandle handle =
                linker.downcallHandle(
                        setenv,
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT,
                                ValueLayout.ADDRESS,
                                ValueLayout.ADDRESS,
                                ValueLayout.JAVA_INT));
        try (Arena arena = Arena.ofConfined()) {
            int failed =
                    (int)
                            handle.invokeExact(
                                    arena.allocateFrom(VARIABLE), arena.allocateFrom("1"), 1);
            if (failed != 0) {
                throw new IllegalStateException("cannot set " + VARIABLE + " in this process");
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("cannot set " + VARIABLE + " in this process", e);
        }
    }
}
