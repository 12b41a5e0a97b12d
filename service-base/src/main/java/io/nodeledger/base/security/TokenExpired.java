package io.nodeledger.base.security;

import org.springframework.security.oauth2.jwt.BadJwtException;

/** The token was good once. */
final class TokenExpired extends BadJwtException {
    TokenExpired() {
        super("the token has expired");
    }
}
