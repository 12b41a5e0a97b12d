package io.nodeledger.standalone.token;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a token is to say.
 *
 * @param subject who calls
 * @param workspace the workspace that the role is held in, absent for none
 * @param role the role there
 * @param platformAdmin whether the caller operates the platform
 * @param lifetime how long the token is good for; not positive makes one that has expired
 */
public record TokenRequest(
        String subject,
        @Nullable String workspace,
        @Nullable String role,
        boolean platformAdmin,
        Duration lifetime) {
    /** {@code iss} of the installation's own tokens. */
    public static final String ISSUER = "https://nodeledger.local";

    /** {@code aud} of the installation's own tokens. */
    public static final String AUDIENCE = "nodeledger";

    /** A short-lived token for the platform's own calls. */
    public static TokenRequest operator(String subject) {
        return new TokenRequest(subject, null, null, true, Duration.ofHours(1));
    }

    String claims(Instant now) {
        var claims = new StringBuilder("{\"iss\":")
                .append(quoted(ISSUER))
                .append(",\"aud\":")
                .append(quoted(AUDIENCE))
                .append(",\"sub\":")
                .append(quoted(subject))
                .append(",\"iat\":")
                .append(now.getEpochSecond())
                .append(",\"exp\":")
                .append(now.plus(lifetime).getEpochSecond());
        if (workspace != null && role != null) {
            claims.append(",\"workspaces\":{")
                    .append(quoted(workspace))
                    .append(':')
                    .append(quoted(role))
                    .append('}');
        }
        if (platformAdmin) {
            claims.append(",\"platform_admin\":true");
        }
        return claims.append('}').toString();
    }

    /** A JSON string; a JSON library would take longer to load than all the rest of the command. */
    private static String quoted(String text) {
        var json = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\' || c < ' ') {
                json.append(String.format("\\u%04x", c));
            } else {
                json.append((char) c);
            }
        });
        return json.append('"').toString();
    }
}
