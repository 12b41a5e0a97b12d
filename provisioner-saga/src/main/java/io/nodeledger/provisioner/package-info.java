/** The write door for machines: sagas decide, activities act at the providers. */
@NullMarked
package io.nodeledger.provisioner;

import org.jspecify.annotations.NullMarked;
