/** One running installation: its folder, its parts, its start and its stop. */
@NullMarked
package io.nodeledger.standalone.instance;

import org.jspecify.annotations.NullMarked;
