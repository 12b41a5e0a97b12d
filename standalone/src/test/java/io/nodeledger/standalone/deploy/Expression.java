package io.nodeledger.standalone.deploy;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** An expression in Prometheus' language, as far as the names of metrics in it go. */
record Expression(String text) {
    private static final Pattern TEXTS = Pattern.compile("\"[^\"]*\"");
    private static final Pattern MATCHERS = Pattern.compile("\\{[^}]*}");
    private static final Pattern RANGES = Pattern.compile("\\[[^\\]]*]");
    private static final Pattern LABELS =
            Pattern.compile("\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");
    private static final Pattern NAME = Pattern.compile("\\b[a-zA-Z_:][a-zA-Z0-9_:]*\\b(?!\\s*\\()");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset");

    Set<String> metrics() {
        String bare = text;
        for (Pattern noName : List.of(TEXTS, MATCHERS, RANGES, LABELS)) {
            bare = noName.matcher(bare).replaceAll(" ");
        }
        var names = new TreeSet<String>();
        NAME.matcher(bare).results().map(found -> found.group()).forEach(names::add);
        names.removeAll(WORDS);
        return names;
    }
}
