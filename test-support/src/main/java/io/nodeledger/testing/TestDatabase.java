package io.nodeledger.testing;

import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database that one test has for itself.
 *
 * @param url JDBC address
 * @param user its owner
 * @param password that owner's password; the server trusts local connections, so any will do
 */
public record TestDatabase(String url, String user, String password) {

    /** A data source without a pool: every call opens a connection. */
    public DataSource dataSource() {
        var source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(user);
        source.setPassword(password);
        return source;
    }

    /** A data source that uses its connections again, for tests of many statements. What a session is told stays with it. */
    public DataSource keptConnections() {
        return new KeptConnections(this);
    }

    /** The properties by which a service finds this database, as command-line arguments. */
    public String[] asArguments() {
        return new String[] {
            "--nodeledger.datasource.url=" + url,
            "--nodeledger.datasource.username=" + user,
            "--nodeledger.datasource.password=" + password
        };
    }
}
