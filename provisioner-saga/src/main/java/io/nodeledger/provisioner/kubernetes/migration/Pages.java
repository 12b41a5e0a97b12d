package io.nodeledger.provisioner.kubernetes.migration;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Long lists, read page by page. */
final class Pages {
    private static final long PAGE = 500;

    private Pages() {}

    /** All objects, as they are now; whole at once when the cluster changes faster than pages can be turned. */
    static <T extends HasMetadata> List<T> all(Function<ListOptions, ? extends KubernetesResourceList<T>> list) {
        var all = new ArrayList<T>();
        String next = null;
        do {
            var page =
                    new ListOptionsBuilder().withLimit(PAGE).withContinue(next).build();
            try {
                var read = list.apply(page);
                all.addAll(read.getItems());
                next = read.getMetadata().getContinue();
            } catch (KubernetesClientException expired) {
                if (expired.getCode() != HttpURLConnection.HTTP_GONE || next == null) {
                    throw expired;
                }
                return new ArrayList<>(list.apply(new ListOptions()).getItems());
            }
        } while (next != null && !next.isEmpty());
        return all;
    }
}
