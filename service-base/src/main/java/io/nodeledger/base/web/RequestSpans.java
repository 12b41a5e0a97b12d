package io.nodeledger.base.web;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.nodeledger.base.tracing.Work;
import org.springframework.http.server.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.observation.ServerRequestObservationContext;

/** Requests as spans: with the id that their callers know them by. Metrics have only what there is little of. */
final class RequestSpans extends DefaultServerRequestObservationConvention {
    @Override
    public KeyValues getHighCardinalityKeyValues(ServerRequestObservationContext context) {
        var request = context.getCarrier();
        var values = super.getHighCardinalityKeyValues(context);
        return request == null ? values : values.and(KeyValue.of(Work.REQUEST_ID, RequestIds.of(request)));
    }
}
