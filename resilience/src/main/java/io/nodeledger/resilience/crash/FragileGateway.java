package io.nodeledger.resilience.crash;

import io.nodeledger.events.workspace.WorkspaceCommand.ChargeWorkspace;
import io.nodeledger.events.workspace.WorkspaceCommand.ConfirmOverdue;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;

/**
 * Sends commands; those by which money moves are crash points, because between two of them the sender acts on what it has
 * read before.
 */
public final class FragileGateway implements InvocationHandler {
    private static final Set<Class<?>> POINTS = Set.of(ChargeWorkspace.class, ConfirmOverdue.class);

    private final CommandGateway target;
    private final CrashSwitch crashes;

    private FragileGateway(CommandGateway target, CrashSwitch crashes) {
        this.target = target;
        this.crashes = crashes;
    }

    /** The gateway of an instance that can crash. */
    public static CommandGateway around(CommandGateway target, CrashSwitch crashes) {
        return (CommandGateway) Proxy.newProxyInstance(
                CommandGateway.class.getClassLoader(),
                new Class<?>[] {CommandGateway.class},
                new FragileGateway(target, crashes));
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // a proxy equals itself and nothing else
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getName().equals("equals") && arguments != null) {
            return proxy == arguments[0];
        }
        if (arguments == null
                || !(arguments[0] instanceof CommandMessage<?> message)
                || !POINTS.contains(message.getPayloadType())) {
            return call(method, arguments);
        }
        String label = "command " + message.getPayloadType().getSimpleName();
        try {
            int occurrence = crashes.about(label);
            Object answer = call(method, arguments);
            crashes.happened(label, occurrence);
            return answer;
        } catch (CrashSwitch.Dead dead) {
            throw new IllegalStateException(dead);
        }
    }

    private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException failed) {
            throw failed.getTargetException();
        }
    }
}
