/** One prompt for several tasks: what each alone learns first, and what they learn together. */
@NullMarked
package dev.cloze.runtime.multitask;

import org.jspecify.annotations.NullMarked;
