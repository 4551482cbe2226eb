/** PET: models of several templates label texts without a label, and one classifier learns from these labels. */
@NullMarked
package dev.cloze.runtime.tuning.pet;

import org.jspecify.annotations.NullMarked;
