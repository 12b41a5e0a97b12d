package io.nodeledger.simulators.control;

import io.nodeledger.simulators.fault.Faults;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Planning faults, for both simulators in one list. */
final class FaultRoutes {
    private final List<Faults> all;

    /** @param all those of each target */
    FaultRoutes(List<Faults> all) {
        this.all = all;
    }

    void mount(Router router) {
        router.post("/faults").handler(this::add);
        router.get("/faults").handler(context -> Replies.send(context, 200, list()));
        router.delete("/faults").handler(this::clear);
        router.delete("/faults/:id").handler(this::remove);
    }

    private void add(RoutingContext context) {
        FaultDocument.Order order = FaultDocument.read(Document.parse(context));
        String id = all.stream()
                .filter(faults -> faults.target() == order.target())
                .findFirst()
                .orElseThrow()
                .add(order.fault());
        Replies.send(context, 201, Map.of("id", id));
    }

    private List<Map<String, @Nullable Object>> list() {
        return all.stream()
                .flatMap(faults -> faults.all().stream().map(plan -> FaultDocument.write(faults.target(), plan)))
                .toList();
    }

    private void clear(RoutingContext context) {
        all.forEach(Faults::clear);
        Replies.nothing(context);
    }

    private void remove(RoutingContext context) {
        String id = context.pathParam("id");
        if (all.stream().noneMatch(faults -> faults.remove(id))) {
            throw Refusal.of(404, "There is no fault " + id + ", or it has happened as often as it was to");
        }
        Replies.nothing(context);
    }
}
