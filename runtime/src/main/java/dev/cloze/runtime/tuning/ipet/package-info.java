/** iPET: PET in generations, whose models learn from what others of the generation before said of texts without a label. */
@NullMarked
package dev.cloze.runtime.tuning.ipet;

import org.jspecify.annotations.NullMarked;
