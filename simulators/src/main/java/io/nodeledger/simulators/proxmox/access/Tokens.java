package io.nodeledger.simulators.proxmox.access;

import io.nodeledger.simulators.proxmox.TokenSpec;
import io.nodeledger.simulators.proxmox.store.Journal;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The API tokens: one that may do everything, made once and kept, and those that were added. */
public final class Tokens {
    private static final String SCHEME = "PVEAPIToken=";

    private final TokenSpec root;
    private final Map<String, Rights> byCredentials = new ConcurrentHashMap<>();

    public Tokens(Journal journal) {
        String secret = journal.text("token-secret").orElseGet(() -> {
            String fresh = UUID.randomUUID().toString();
            journal.text("token-secret", fresh);
            return fresh;
        });
        this.root = new TokenSpec("root@pam!nodeledger", secret, TokenSpec.EVERYTHING);
        add(root);
    }

    public TokenSpec root() {
        return root;
    }

    public void add(TokenSpec token) {
        byCredentials.put(token.credentials(), new Rights(token));
    }

    /** The rights of whoever sent that Authorization header; empty when it names no token or a wrong secret. */
    public Optional<Rights> authenticate(String header) {
        return header.startsWith(SCHEME)
                ? Optional.ofNullable(byCredentials.get(header.substring(SCHEME.length())))
                : Optional.empty();
    }
}
