/** Texts being written: their keys and values, kept from token to token, and which of them each new token sees. */
@NullMarked
package dev.cloze.runtime.backbone.cache;

import org.jspecify.annotations.NullMarked;
