package io.nodeledger.simulators.proxmox.api;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One parameter of a route, as the API schema declares it.
 *
 * @param name its name; {@code [n]} at the end stands for a number
 * @param optional whether it may be left out
 * @param check what its text must look like
 */
public record Parameter(String name, boolean optional, Check check) {
    private static final Pattern DNS_NAME = Pattern.compile(
            "[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(\\.[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*");

    /** Says what is wrong with a text, if anything is. */
    @FunctionalInterface
    interface Check {
        Optional<String> error(String text);
    }

    static Parameter text(String name) {
        return new Parameter(name, false, text -> Optional.empty());
    }

    static Parameter flag(String name) {
        return new Parameter(
                name,
                false,
                text -> List.of("0", "1").contains(text)
                        ? Optional.empty()
                        : Optional.of("type check ('boolean') failed - got '" + text + "'"));
    }

    static Parameter integer(String name, long least, long most) {
        return new Parameter(name, false, text -> {
            if (!text.matches("-?\\d{1,18}")) {
                return Optional.of("type check ('integer') failed - got '" + text + "'");
            }
            long value = Long.parseLong(text);
            if (value < least) {
                return Optional.of("value must have a minimum value of " + least);
            }
            return value > most ? Optional.of("value must have a maximum value of " + most) : Optional.empty();
        });
    }

    static Parameter vmId(String name) {
        return integer(name, 100, 999_999_999);
    }

    static Parameter oneOf(String name, String... values) {
        return new Parameter(
                name,
                false,
                text -> List.of(values).contains(text)
                        ? Optional.empty()
                        : Optional.of("value '" + text + "' does not have a value in the enumeration '"
                                + String.join(", ", values) + "'"));
    }

    static Parameter pattern(String name, String regex, String error) {
        Pattern pattern = Pattern.compile(regex);
        return new Parameter(
                name, false, text -> pattern.matcher(text).matches() ? Optional.empty() : Optional.of(error));
    }

    static Parameter dnsName(String name) {
        return new Parameter(
                name,
                false,
                text -> DNS_NAME.matcher(text).matches()
                        ? Optional.empty()
                        : Optional.of("invalid format - value does not look like a valid DNS name\n"));
    }

    Parameter orNone() {
        return new Parameter(name, true, check);
    }

    boolean names(String given) {
        if (!name.endsWith("[n]")) {
            return name.equals(given);
        }
        String prefix = name.substring(0, name.length() - 3);
        return given.startsWith(prefix) && given.substring(prefix.length()).matches("\\d{1,3}");
    }
}
