package io.nodeledger.simulators.kubernetes.object;

import java.util.regex.Pattern;

/** Kubernetes' rules for names, label keys and label values. */
public final class Names {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern SUBDOMAIN =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final Pattern QUALIFIED = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?");

    private Names() {}

    /** RFC 1123 label, 63 characters. */
    public static boolean label(String name) {
        return name.length() <= 63 && LABEL.matcher(name).matches();
    }

    /** RFC 1123 subdomain, 253 characters. */
    public static boolean subdomain(String name) {
        return name.length() <= 253 && SUBDOMAIN.matcher(name).matches();
    }

    /** A label or taint key: an optional DNS prefix, a slash, and a name of at most 63 characters. */
    public static boolean qualified(String key) {
        int slash = key.indexOf('/');
        String name = key.substring(slash + 1);
        return (slash < 0 || (slash > 0 && subdomain(key.substring(0, slash))))
                && name.length() <= 63
                && QUALIFIED.matcher(name).matches();
    }

    /** A label or taint value: empty, or at most 63 characters. */
    public static boolean labelValue(String value) {
        return value.isEmpty()
                || (value.length() <= 63 && QUALIFIED.matcher(value).matches());
    }
}
