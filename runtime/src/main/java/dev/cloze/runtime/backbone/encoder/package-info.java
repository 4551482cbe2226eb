/** Encoders with masked-LM heads: the kernel they share, and what their families fill in. */
@NullMarked
package dev.cloze.runtime.backbone.encoder;

import org.jspecify.annotations.NullMarked;
