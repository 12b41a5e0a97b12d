package io.nodeledger.provisioner.charging;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.commandhandling.gateway.CommandGateway;

/** A command gateway of an instance that dies right before or right after one of its commands. */
final class DyingGateway {
    /** The end of an instance, which nothing in it survives. */
    static final class Died extends Error {
        private static final long serialVersionUID = 1;
    }

    private DyingGateway() {}

    /**
     * The gateway until then.
     *
     * @param death twice the command's number from 0, and one more to die after it
     */
    static CommandGateway of(CommandGateway living, int death) {
        var sent = new AtomicInteger();
        return (CommandGateway) Proxy.newProxyInstance(
                CommandGateway.class.getClassLoader(),
                new Class<?>[] {CommandGateway.class},
                (_, method, arguments) -> {
                    int number = sent.getAndIncrement();
                    if (death == 2 * number) {
                        throw new Died();
                    }
                    Object answer;
                    try {
                        answer = method.invoke(living, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                    if (death == 2 * number + 1) {
                        throw new Died();
                    }
                    return answer;
                });
    }
}
