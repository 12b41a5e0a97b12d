/** Typed settings, validated at start, and the defaults under which every service runs. */
@NullMarked
package io.nodeledger.base.settings;

import org.jspecify.annotations.NullMarked;
