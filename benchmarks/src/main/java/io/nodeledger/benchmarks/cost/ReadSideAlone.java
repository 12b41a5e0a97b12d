package io.nodeledger.benchmarks.cost;

import io.nodeledger.query.QueryServiceApplication;
import io.nodeledger.standalone.instance.DataFolder;
import io.nodeledger.standalone.token.SigningKey;
import io.nodeledger.standalone.token.TokenRequest;
import io.nodeledger.testing.PostgresServer;
import io.nodeledger.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/** The query service by itself, so that nobody acts on the events that it is given. */
public final class ReadSideAlone implements AutoCloseable {
    private final ServletWebServerApplicationContext context;

    ReadSideAlone(DataFolder folder) throws Exception {
        this(folder, PostgresServer.newDatabase());
    }

    /** Starts it on a database. */
    public ReadSideAlone(DataFolder folder, TestDatabase database) throws Exception {
        SigningKey.ensure(folder.created());
        var arguments = new ArrayList<>(List.of(database.asArguments()));
        arguments.addAll(List.of(
                "--server.port=0",
                "--nodeledger.rate-limit.enabled=false",
                "--nodeledger.jwt.issuer=" + TokenRequest.ISSUER,
                "--nodeledger.jwt.audience=" + TokenRequest.AUDIENCE,
                "--nodeledger.jwt.jwks-url=" + folder.keySet().toUri(),
                "--spring.main.banner-mode=off",
                "--logging.level.root=WARN"));
        context = (ServletWebServerApplicationContext)
                new SpringApplication(QueryServiceApplication.class).run(arguments.toArray(String[]::new));
    }

    String url() {
        return "http://localhost:"
                + Objects.requireNonNull(context.getWebServer()).getPort();
    }

    /** One of its parts. */
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }
}
