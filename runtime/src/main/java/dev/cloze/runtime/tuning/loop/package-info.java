/** How weights are trained, whatever the method and the loss. */
@NullMarked
package dev.cloze.runtime.tuning.loop;

import org.jspecify.annotations.NullMarked;
