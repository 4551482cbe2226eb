/** Decoders with language-model heads: the kernel they share, and what their families fill in. */
@NullMarked
package dev.cloze.runtime.backbone.decoder;

import org.jspecify.annotations.NullMarked;
