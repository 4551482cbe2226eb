/** Llama (Touvron et al. 2023, arXiv 2302.13971) and the decoders that are built like it: Qwen2, Qwen3, Mistral. */
@NullMarked
package dev.cloze.runtime.backbone.llama;

import org.jspecify.annotations.NullMarked;
