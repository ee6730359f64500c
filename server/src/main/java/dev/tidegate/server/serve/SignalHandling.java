package dev.tidegate.server.serve;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * A signal of the operating system that this process answers itself.
 *
 * <p>Java offers it in {@code sun.misc.Signal} alone, and its compiler's warning of that class
 * cannot be suppressed; so the class is reached by reflection.
 *
 * @param signal a {@code sun.misc.Signal}
 * @param former the {@code sun.misc.SignalHandler} that answered before
 */
record SignalHandling(Object signal, Object former) {

    /**
     * Answers the signal from now on; empty where the platform has no such signal, or the virtual
     * machine keeps it ({@code -Xrs}).
     *
     * @param name such as {@code TERM}
     * @param answer gets the signal's number
     */
    static Optional<SignalHandling> install(String name, IntConsumer answer) {
        try {
            Object signal =
                    Class.forName("sun.misc.Signal").getConstructor(String.class).newInstance(name);
            int number = (int) signal.getClass().getMethod("getNumber").invoke(signal);
            Object handler =
                    Proxy.newProxyInstance(
                            SignalHandling.class.getClassLoader(),
                            new Class<?>[] {handlerType()},
                            (proxy, method, arguments) -> {
                                answer.accept(number);
                                return null;
                            });
            return Optional.of(new SignalHandling(signal, handle(signal, handler)));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException) {
                return Optional.empty();
            }
            throw unreachable(e);
        } catch (ReflectiveOperationException e) {
            throw unreachable(e);
        }
    }

    /** Lets the former handler answer again. */
    void restore() {
        try {
            handle(signal, former);
        } catch (ReflectiveOperationException e) {
            throw unreachable(e);
        }
    }

    private static Object handle(Object signal, Object handler)
            throws ReflectiveOperationException {
        return signal.getClass()
                .getMethod("handle", signal.getClass(), handlerType())
                .invoke(null, signal, handler);
    }

    private static Class<?> handlerType() throws ClassNotFoundException {
        return Class.forName("sun.misc.SignalHandler");
    }

    private static IllegalStateException unreachable(ReflectiveOperationException e) {
        return new IllegalStateException("sun.misc.Signal is not as every JDK has it", e);
    }
}
