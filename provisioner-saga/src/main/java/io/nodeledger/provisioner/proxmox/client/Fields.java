package io.nodeledger.provisioner.proxmox.client;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads an answer's fields leniently: Proxmox VE writes booleans as 0 and 1 and some numbers as strings. */
record Fields(JsonNode node) {
    @Nullable
    String text(String name) {
        JsonNode value = node.get(name);
        return value == null || value.isNull() || value.isContainer() ? null : value.asString();
    }

    String text(String name, String otherwise) {
        String value = text(name);
        return value == null ? otherwise : value;
    }

    long number(String name) {
        return (long) decimal(name);
    }

    double decimal(String name) {
        String value = text(name);
        if (value == null || value.isBlank()) {
            return 0;
        }
        try {
            return Double.parseDouble(value.strip());
        } catch (NumberFormatException e) {
            throw new ProxmoxFailure(ProxmoxFailure.Kind.RETRY, "'" + name + "' is no number: " + value, e);
        }
    }

    boolean flag(String name) {
        String value = text(name, "0");
        return value.equals("1") || value.equalsIgnoreCase("true");
    }
}
