/** Random lives of nodes, judged by rules that are written down here once more. */
@NullMarked
package io.nodeledger.model.life;

import org.jspecify.annotations.NullMarked;
