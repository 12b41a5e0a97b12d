package io.nodeledger.simulators.control;

import io.nodeledger.simulators.fault.Fault;
import io.nodeledger.simulators.fault.FaultKind;
import io.nodeledger.simulators.fault.PlannedFault;
import io.nodeledger.simulators.request.Target;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** A fault as JSON. */
final class FaultDocument {
    private static final int DAY_MILLIS = 86_400_000;
    private static final int INTERNAL_ERROR = 500;

    /** What to add, and to whom. */
    record Order(Target target, Fault fault) {}

    private FaultDocument() {}

    static Order read(Document document) {
        Optional<Target> target = document.choice("target", Target.values(), Target::word);
        Optional<FaultKind> kind = document.choice("fault", FaultKind.values(), FaultKind::word);
        if (target.isEmpty()) {
            document.wrong("target", "is required");
        }
        if (kind.isEmpty()) {
            document.wrong("fault", "is required");
        }
        target.filter(to -> kind.isPresent() && !kind.get().happensTo(to))
                .ifPresent(to -> document.wrong("fault", "cannot happen to " + to.word()));
        Document match = document.object("match");
        Optional<String> method = match.text("method").map(text -> text.toUpperCase(Locale.ROOT));
        method.filter(text -> !text.matches("[A-Z]+")).ifPresent(text -> match.wrong("method", "is no HTTP method"));
        Pattern path = pattern(match);
        match.close();
        int status = document.number("status", 400, 599).orElse(INTERNAL_ERROR);
        Optional<String> reason = document.text("reason");
        int times = document.number("times", 0, Integer.MAX_VALUE).orElse(0);
        int delay = document.number("delay_ms", 0, DAY_MILLIS).orElse(0);
        document.requireGood();
        return new Order(
                target.orElseThrow(),
                new Fault(
                        kind.orElseThrow(),
                        method.orElse(null),
                        path,
                        status,
                        reason.orElse(null),
                        times,
                        Duration.ofMillis(delay)));
    }

    private static Pattern pattern(Document match) {
        try {
            return Pattern.compile(match.text("path_regex").orElse(""));
        } catch (PatternSyntaxException malformed) {
            match.wrong("path_regex", "is no regular expression: " + malformed.getDescription());
            return Pattern.compile("");
        }
    }

    static Map<String, @Nullable Object> write(Target target, PlannedFault plan) {
        Fault fault = plan.fault();
        Map<String, @Nullable Object> match = new LinkedHashMap<>();
        match.put("method", fault.method());
        match.put("path_regex", fault.path().pattern());
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", plan.id());
        json.put("target", target.word());
        json.put("match", match);
        json.put("fault", fault.kind().word());
        json.put("status", fault.kind() == FaultKind.STATUS ? fault.status() : null);
        json.put("reason", fault.reason());
        json.put("times", fault.times());
        json.put("delay_ms", fault.delay().toMillis());
        json.put("happened", plan.happened());
        return json;
    }
}
