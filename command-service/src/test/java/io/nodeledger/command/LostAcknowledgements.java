package io.nodeledger.command;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;

/** Lets a commit happen and its acknowledgement get lost with the connection, as often as it is told to. */
final class LostAcknowledgements implements BeanPostProcessor {
    private final AtomicBoolean next = new AtomicBoolean();

    /** The next commit's. */
    void loseNext() {
        next.set(true);
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof LazyConnectionDataSourceProxy lazy) {
            lazy.setTargetDataSource(new Losing(Objects.requireNonNull(lazy.getTargetDataSource())));
        }
        return bean;
    }

    private final class Losing extends DelegatingDataSource {
        Losing(DataSource target) {
            super(target);
        }

        @Override
        public Connection getConnection() throws SQLException {
            var real = super.getConnection();
            return (Connection) Proxy.newProxyInstance(
                    Connection.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, method, arguments) -> {
                        try {
                            Object result = method.invoke(real, arguments);
                            if (method.getName().equals("commit") && next.getAndSet(false)) {
                                throw new SQLException("the connection was lost", "08006");
                            }
                            return result;
                        } catch (InvocationTargetException failed) {
                            throw failed.getCause();
                        }
                    });
        }
    }
}
