package io.nodeledger.base.denied;

import io.nodeledger.base.settings.SettingChecks;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much is written down of what is denied, {@code nodeledger.audit.*}.
 *
 * @param deniedPerDay attempts of one caller in one workspace that an instance writes down one by one on a day (UTC); of what
 *     is beyond it writes one row each time their number has doubled
 */
@ConfigurationProperties("nodeledger.audit")
public record DeniedSettings(@DefaultValue("1000") long deniedPerDay) {
    public DeniedSettings {
        new SettingChecks("nodeledger.audit")
                .positive("denied-per-day", deniedPerDay, "the number of denied attempts to keep of one caller a day");
    }
}
