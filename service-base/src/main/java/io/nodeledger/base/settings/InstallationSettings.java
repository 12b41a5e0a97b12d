package io.nodeledger.base.settings;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What this instance may take for granted about the installation that it belongs to.
 *
 * @param soleInstance that no other instance of its services shares its database. Claims and leases that it finds at
 *     its start are then a dead process's, and their work goes on at once instead of after their time-out
 */
@ConfigurationProperties("nodeledger")
public record InstallationSettings(@DefaultValue("false") boolean soleInstance) {}
