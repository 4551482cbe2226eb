/** How progress is shown to whoever started the process: what training and downloads have in common. */
@NullMarked
package dev.cloze.runtime.progress;

import org.jspecify.annotations.NullMarked;
