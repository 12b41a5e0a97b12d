package io.nodeledger.base.settings;

import java.time.Duration;

/**
 * Checks of the settings under a prefix, when the service starts. What is wrong is an {@link IllegalArgumentException} that
 * names the setting and says what it has to be.
 */
public record SettingChecks(String prefix) {
    /**
     * Refuses a time that does not pass.
     *
     * @param remedy what to set instead: "for example 15s"
     */
    public void positive(String name, Duration value, String remedy) {
        require(value.isPositive(), name, remedy, value);
    }

    /**
     * Refuses a number that counts nothing.
     *
     * @param remedy what to set instead: "for example 100"
     */
    public void positive(String name, long value, String remedy) {
        require(value > 0, name, remedy, value);
    }

    private void require(boolean positive, String name, String remedy, Object value) {
        if (!positive) {
            throw new IllegalArgumentException(
                    prefix + "." + name + " must be positive, " + remedy + ", but is " + value);
        }
    }
}
