/** Long work as named steps, each of which is on disk when it is finished, so that it need not be done twice. */
@NullMarked
package dev.cloze.runtime.tuning.plan;

import org.jspecify.annotations.NullMarked;
