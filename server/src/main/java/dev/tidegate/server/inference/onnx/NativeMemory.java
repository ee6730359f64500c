package dev.tidegate.server.inference.onnx;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Memory outside of the heap from the C library, given back at once.
 *
 * <p>That of a direct buffer comes back when the collector finds the buffer, which on a quiet heap
 * takes hours; and closing a shared arena stops every thread for a moment.
 */
final class NativeMemory {
    private static final Logger LOG = LoggerFactory.getLogger(NativeMemory.class);

    private final MethodHandle calloc;
    private final MethodHandle free;

    /** Of the GNU C library only. */
    private final Optional<MethodHandle> trim;

    private final AtomicLong bytes = new AtomicLong();

    NativeMemory() {
        this.calloc =
                required(
                        "calloc",
                        FunctionDescriptor.of(
                                ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
        this.free = required("free", FunctionDescriptor.ofVoid(ValueLayout.ADDRESS));
        this.trim =
                function(
                        "malloc_trim",
                        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG));
    }

    /** Calling functions of the C library is what this class is for. */
    @SuppressWarnings("restricted")
    private static Optional<MethodHandle> function(String name, FunctionDescriptor type) {
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup()
                .find(name)
                .map(address -> linker.downcallHandle(address, type));
    }

    private static MethodHandle required(String name, FunctionDescriptor type) {
        return function(name, type).orElseThrow();
    }

    /** Returns zeros, which the caller frees. */
    @SuppressWarnings("restricted")
    MemorySegment allocate(int size) {
        MemorySegment memory;
        try {
            memory = (MemorySegment) calloc.invokeExact(1L, Math.max(1L, size));
        } catch (Throwable e) {
            throw impossible("calloc", e);
        }
        if (memory.address() == 0) {
            throw new OutOfMemoryError("the machine has no %d bytes for a tensor".formatted(size));
        }
        bytes.addAndGet(size);
        return memory.reinterpret(size);
    }

    /** Frees what {@link #allocate} returned, of which nothing is used any more. */
    void free(MemorySegment memory) {
        bytes.addAndGet(-memory.byteSize());
        try {
            free.invokeExact(memory);
        } catch (Throwable e) {
            throw impossible("free", e);
        }
    }

    /** Hands what the C library keeps of freed memory back to the machine, where it can. */
    void trim() {
        trim.ifPresent(NativeMemory::trim);
    }

    private static void trim(MethodHandle trim) {
        try {
            int handedBack = (int) trim.invokeExact(0L);
            LOG.debug("memory of closed sessions was handed back: {}", handedBack == 1);
        } catch (Throwable e) {
            throw impossible("malloc_trim", e);
        }
    }

    /** Returns how many bytes are not freed. */
    long bytes() {
        return bytes.get();
    }

    private static RuntimeException impossible(String function, Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return new IllegalStateException(function + " cannot be called", e);
    }
}
