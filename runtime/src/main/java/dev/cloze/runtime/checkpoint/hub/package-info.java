/**
 * Models of the Hugging Face hub and of its cache on disk: asked for, downloaded, kept and found again, as the hub's own
 * libraries do it, so that both share a cache.
 */
@NullMarked
package dev.cloze.runtime.checkpoint.hub;

import org.jspecify.annotations.NullMarked;
