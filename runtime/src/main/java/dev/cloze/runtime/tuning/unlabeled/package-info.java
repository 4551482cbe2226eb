/** Texts without labels and what models say of them: on disk, read a stretch at a time. It knows no method. */
@NullMarked
package dev.cloze.runtime.tuning.unlabeled;

import org.jspecify.annotations.NullMarked;
