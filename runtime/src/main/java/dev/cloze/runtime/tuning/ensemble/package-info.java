/** Products that answer together: the mean of what each says, weighted. It knows no method. */
@NullMarked
package dev.cloze.runtime.tuning.ensemble;

import org.jspecify.annotations.NullMarked;
