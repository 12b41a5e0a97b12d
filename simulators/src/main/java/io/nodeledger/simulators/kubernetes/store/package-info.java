/** The object store: revisions, history for watches, deletion with finalizers and grace, and the journal on disk. */
@NullMarked
package io.nodeledger.simulators.kubernetes.store;

import org.jspecify.annotations.NullMarked;
