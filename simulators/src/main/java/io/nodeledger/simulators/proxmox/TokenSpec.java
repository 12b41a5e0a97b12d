package io.nodeledger.simulators.proxmox;

import java.util.Map;
import java.util.Set;

/**
 * An API token and its rights.
 *
 * @param id {@code user@realm!name}
 * @param secret the part behind the equals sign
 * @param privileges privileges by access-control path; rights on a path hold below it too, {@code *} means all
 */
public record TokenSpec(String id, String secret, Map<String, Set<String>> privileges) {
    /** The right to everything, on {@code /}. */
    public static final Map<String, Set<String>> EVERYTHING = Map.of("/", Set.of("*"));

    public TokenSpec {
        privileges = Map.copyOf(privileges);
    }

    /** What a client sends after {@code PVEAPIToken=}. */
    public String credentials() {
        return id + "=" + secret;
    }
}
