package dev.tidegate.server.batch;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lowers the calling thread's share of the processors.
 *
 * <p>The JVM ignores Java's priorities on Linux. There a thread has a nice value of its own, which
 * {@code setpriority} sets for the caller when it names process 0; elsewhere that would be the
 * whole process, so that nothing is set.
 */
final class ThreadNiceness {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadNiceness.class);
    private static final int PRIO_PROCESS = 0;
    private static final int CALLING_THREAD = 0;

    /** The nicest there is: what is left over by everybody else. */
    private static final int NICEST = 19;

    private ThreadNiceness() {}

    static void lower() {
        if (System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("linux")) {
            Linker linker = Linker.nativeLinker();
            Optional<MemorySegment> setpriority = linker.defaultLookup().find("setpriority");
            setpriority.ifPresent(address -> call(linker, address));
        }
    }

    /** Calling a function of the C library is what this class is for. */
    @SuppressWarnings("restricted")
    private static void call(Linker linker, MemorySegment setpriority) {
        MethodHandle handle =
                linker.downcallHandle(
                        setpriority,
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT));
        try {
            int failed = (int) handle.invokeExact(PRIO_PROCESS, CALLING_THREAD, NICEST);
            if (failed != 0) {
                LOG.warn("batch jobs run at normal priority: setpriority was refused");
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("setpriority cannot be called", e);
        }
    }
}
