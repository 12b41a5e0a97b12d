package io.nodeledger.resilience.crash;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A connection whose commits are crash points, and that is cut at the crash: PostgreSQL rolls back what was open. */
final class FragileConnection implements InvocationHandler {
    private static final Set<String> ALLOWED_WHEN_DEAD = Set.of("close", "abort", "isClosed", "toString", "hashCode");

    private final Connection target;
    private final CrashSwitch crashes;
    private final Runnable cut;
    private final Written written = new Written();

    private FragileConnection(Connection target, CrashSwitch crashes) {
        this.target = target;
        this.crashes = crashes;
        this.cut = () -> abort(target);
        crashes.cutAtCrash(cut);
    }

    static Connection around(Connection target, CrashSwitch crashes) {
        return proxy(Connection.class, new FragileConnection(target, crashes));
    }

    static void requireAlive(CrashSwitch crashes) throws SQLException {
        try {
            crashes.requireAlive();
        } catch (CrashSwitch.Dead dead) {
            throw gone(dead);
        }
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // a proxy equals itself and nothing else
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (!ALLOWED_WHEN_DEAD.contains(method.getName())) {
            requireAlive(crashes);
        }
        return switch (method.getName()) {
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            case "commit" -> effect(() -> call(target, method, arguments));
            case "close" -> {
                crashes.forget(cut);
                yield call(target, method, arguments);
            }
            case "rollback" -> {
                written.clear();
                yield call(target, method, arguments);
            }
            case "prepareStatement" -> {
                String sql = String.valueOf(arguments == null ? "" : arguments[0]);
                yield statement(PreparedStatement.class, call(target, method, arguments), sql);
            }
            case "createStatement" -> statement(Statement.class, call(target, method, arguments), null);
            default -> call(target, method, arguments);
        };
    }

    private <S extends Statement> S statement(Class<S> type, @Nullable Object made, @Nullable String sql) {
        return proxy(type, (proxy, method, arguments) -> onStatement(made, sql, method, arguments));
    }

    private @Nullable Object onStatement(
            @Nullable Object statement, @Nullable String sql, Method method, Object @Nullable [] arguments)
            throws Throwable {
        String name = method.getName();
        if (!ALLOWED_WHEN_DEAD.contains(name)) {
            requireAlive(crashes);
        }
        if (name.startsWith("set") && arguments != null && arguments.length > 1 && arguments[1] != null) {
            written.parameter(arguments[1]);
        }
        if (!name.startsWith("execute")) {
            return call(statement, method, arguments);
        }
        written.statement(sql != null ? sql : String.valueOf(arguments == null ? "" : arguments[0]));
        return target.getAutoCommit()
                ? effect(() -> call(statement, method, arguments))
                : call(statement, method, arguments);
    }

    private @Nullable Object effect(Effect effect) throws Throwable {
        var label = written.label();
        written.clear();
        if (label.isEmpty()) {
            return effect.take();
        }
        try {
            int occurrence = crashes.about(label.get());
            Object result = effect.take();
            crashes.happened(label.get(), occurrence);
            return result;
        } catch (CrashSwitch.Dead dead) {
            throw gone(dead);
        }
    }

    @FunctionalInterface
    private interface Effect {
        @Nullable
        Object take() throws Throwable;
    }

    private static @Nullable Object call(@Nullable Object target, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException failed) {
            throw failed.getTargetException();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException alreadyGone) {
            throw new IllegalStateException("A connection can't be cut", alreadyGone);
        }
    }

    /** Class 08: the connection is gone, and with it the answer. */
    private static SQLException gone(CrashSwitch.Dead dead) {
        return new SQLException(dead.getMessage(), "08006", dead);
    }
}
