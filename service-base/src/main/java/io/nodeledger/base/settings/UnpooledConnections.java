package io.nodeledger.base.settings;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;

/**
 * Connections outside of the pools, each with the credentials of the moment that it is made.
 *
 * @param settings as they are now
 * @param name what PostgreSQL lists them as
 * @param driver more properties of the driver
 */
public record UnpooledConnections(Supplier<DatabaseSettings> settings, String name, Map<String, String> driver) {

    public UnpooledConnections {
        driver = Map.copyOf(driver);
    }

    /** Makes one. */
    public Connection open() throws SQLException {
        var database = settings.get();
        var properties = new Properties();
        properties.setProperty("user", database.username());
        properties.setProperty("password", database.password());
        properties.setProperty("ApplicationName", name);
        driver.forEach(properties::setProperty);
        return DriverManager.getConnection(database.url(), properties);
    }
}
