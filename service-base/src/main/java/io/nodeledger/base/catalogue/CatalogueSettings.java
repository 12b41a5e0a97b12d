package io.nodeledger.base.catalogue;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the plan catalogue is.
 *
 * @param file path of the operator's file; empty for the one that comes with the product
 */
@ConfigurationProperties("nodeledger.catalogue")
public record CatalogueSettings(@DefaultValue("") String file) {}
